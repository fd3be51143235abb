"""The simulator against three vendor co-simulations and two measurements, none of which it was fitted to."""

from dataclasses import replace

import pytest

from engine.boards import board
from engine.dataflow import simulate, sizing
from engine.design import Design, Target
from engine.flows.hls4ml.config import apply_config
from engine.flows.registry import flow
from engine.readers.read import read_model
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


def test_ad08_takes_as_long_as_on_the_board(store):
    """Its shell, which moves value by value, takes more than half of it."""
    network = read_model(MODELS / "ad08.h5", store).network
    target = Target(board("pynq-z2"), 10.0, "vivado_accelerator", "io_stream")
    text = (MODELS / "ad08_hls4ml_config.yml").read_text()
    design = replace(apply_config(Design("ad08", network, target), text).design, target=target)
    run = simulate(streams_of(design))
    assert run.latency * 10e-9 == pytest.approx(1 / 53_365, rel=0.05)
    ip = simulate(flow("vivado").streams(replace(design, target=replace(target, flow="vivado"))))
    assert ip.latency < run.latency / 2
