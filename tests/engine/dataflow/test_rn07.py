"""The simulator against three vendor co-simulations and one measurement, none of which it was fitted to."""

import pytest

from engine.dataflow import simulate, sizing
from tests.engine.dataflow.rn07 import MODELS, RUNS, published, rn07, streams_of

pytestmark = pytest.mark.skipif(not MODELS.is_dir(), reason="the shared models are not here")


@pytest.mark.parametrize("file", RUNS)
def test_fifo_occupancies_are_those_of_the_co_simulation(file, store):
    run = sizing(streams_of(rn07(store, RUNS[file]))).run
    found = [fifo.counted for fifo in run.fifos][:-1]
    expected = published(file)
    assert len(found) == len(expected)
    for ours, theirs in zip(found, expected, strict=True):
        assert ours == pytest.approx(theirs, rel=0.01)
        assert theirs > 71 or ours == theirs


def test_a_run_takes_as_long_as_on_the_board(store):
    run = simulate(streams_of(rn07(store, RUNS["rn07_max_depth_rf16384.json"])))
    assert run.latency * 10e-9 == pytest.approx(1 / 36.596, rel=0.05)
