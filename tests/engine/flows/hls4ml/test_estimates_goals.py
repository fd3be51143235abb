"""What the benchmark says of its goals: met or not, by whom, and what the table itself leaves open."""

import json
from dataclasses import replace

import numpy as np
import pytest

from engine.estimate import Quantity
from engine.network import Layer, TensorStore
from engine.network.kinds import Activation, Dense
from tests.benchmarks.estimates.floor import floors
from tests.benchmarks.estimates.goals import NETWORKS, goal_lines
from tests.benchmarks.estimates.measures import Pair
from tests.benchmarks.estimates.pruned import on_read_ways
from tests.benchmarks.estimates.reports import Report
from tests.engine.flows.hls4ml.test_estimates_benchmark import DENSE, ROW


def pair(id, repository, value, said, *, inside):
    low, high = (0, 1000) if inside else (value, value)
    return Pair(id, repository, id, "mlp", "C synthesis", "LUT", Quantity(value, low, high), said)


def test_goals_are_of_known_weights_and_intervals_of_all_rows():
    pairs = [
        pair("exact", "one", 100, 100, inside=True),
        pair("off", "two", 100, 140, inside=True),
        pair("unknown", "three", 100, 900, inside=False),
    ]
    (line,) = goal_lines(NETWORKS, pairs, frozenset({"exact", "off"}))
    assert (line.target, line.goal, line.met) == ("LUT", 8, False)
    assert line.known.n == 2
    assert line.all.smape > line.known.smape
    assert line.holds
    assert not replace(line, all=replace(line.all, inside=20)).holds


@pytest.mark.parametrize(("layer", "known"), [(DENSE, True), ({"fn": "dense", "n_in": 4, "n_out": 2}, False)])
def test_weights_are_known_where_the_table_counts_them(layer, known):
    assert Report({"layers_json": json.dumps([layer, {"fn": "relu", "n_in": 8}])}).weights_known is known


def test_reports_that_differ_of_designs_described_alike_are_a_floor():
    rows = [{**ROW, "id": f"F{n}", "layers_json": json.dumps([DENSE]), "LUT": luts} for n, luts in enumerate((90, 110))]
    found = {each.target: each for each in floors([Report(row) for row in rows])}
    assert (found["LUT"].alike, found["DSP"].alike) == (2, 2)
    assert found["LUT"].unlike_reports == pytest.approx(10, abs=0.5)
    assert found["DSP"].unlike_reports == 0


def test_weights_of_a_pruned_network_stand_where_they_are_read(tmp_path):
    store, random = TensorStore(tmp_path), np.random.default_rng(3)
    last = np.zeros((10, 1))
    last[[2, 7]] = 0.5
    first = np.where(random.random((6, 10)) < 0.2, 0.75, 0)
    layers = [
        Layer("first", Dense(units=10), ("in",), weights=(("kernel", store.put(first)),)),
        Layer("relu", Activation("relu"), ("first",)),
        Layer("last", Dense(units=1), ("relu",), weights=(("kernel", store.put(last)),)),
    ]
    moved = on_read_ways(layers, {}, store)
    behind, front = (np.asarray(store.get(layer.weight("kernel"))) for layer in (moved[2], moved[0]))
    assert np.count_nonzero(front) == np.count_nonzero(first)
    assert set(np.flatnonzero(front.any(axis=0))) >= set(np.flatnonzero(behind))
    assert np.count_nonzero(front[:, np.flatnonzero(behind)]) == min(np.count_nonzero(first), 12)
