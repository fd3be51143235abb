"""Searches: legal candidates only, and a front that a look at every single setting confirms."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.boards import board
from engine.design import REUSE_FACTOR, STRATEGY, WEIGHT, Design, Settings, set_on_layers
from engine.estimate import QUANTITIES, Axis, Totals, picked
from engine.flows.registry import flow
from engine.network import Layer, Network
from engine.network.kinds import Dense, Input
from engine.precision import FixedType
from engine.search import COSTS, SPEEDS, TooManyError, front, legal_candidates
from tests.samples import jet_tagger, small_resnet, with_random_weights

DENSE = ("fc1", "fc2", "fc3", "fc4")
BOARD = board("pynq-z2")


class Given:
    """A sweep with totals as given, one candidate of a single axis each."""

    def __init__(self, value):
        self.value = np.asarray(value, float).T

    def totals(self, picks):
        chosen = self.value[:, picks[:, 0]]
        return Totals(chosen, chosen, chosen)


POINTS = st.lists(st.tuples(*(st.integers(0, 60_000) for _ in QUANTITIES)), min_size=1, max_size=30)


@given(POINTS, st.sampled_from(SPEEDS), st.sampled_from(COSTS))
def test_the_front_is_what_fits_and_nothing_beats(points, speed, cost):
    axes = [Axis("x", (Settings(),) * len(points))]
    found = front(Given(points), axes, BOARD, speed=speed, cost=cost)
    limits = {"LUT": 53_200, "FF": 106_400, "DSP": 220, "BRAM18": 280}
    shares = [max(row[QUANTITIES.index(name)] / most for name, most in limits.items()) for row in points]
    compared = {
        (row[QUANTITIES.index(speed)], share if cost == "share" else row[QUANTITIES.index(cost)])
        for row, share in zip(points, shares, strict=True)
        if share <= 1
    }
    best = {
        one
        for one in compared
        if not any(other != one and other[0] <= one[0] and other[1] <= one[1] for other in compared)
    }
    assert [
        (each.totals[speed], each.share if cost == "share" else each.totals[cost]) for each in found.settings
    ] == sorted(best)
    assert found.fitting == sum(share <= 1 for share in shares)
    assert found.nearest.share == pytest.approx(min(shares))


def test_settings_of_the_front_cost_what_estimates_say(store):
    design = jet_tagger(store)
    axes = legal_candidates(design, flow("vitis"), store, DENSE, (1, 2, 8), (4, 6))
    found = front(flow("vitis").sweep(design, axes, store), axes, BOARD, speed="latency", cost="LUT")
    assert found.evaluated == 6**4
    for each in found.settings:
        total = flow("vitis").estimate(picked(design, axes, each.picks), store).total
        assert each.totals["LUT"] == pytest.approx(total.lut.value)
        assert each.totals["latency"] == total.latency.value


def test_only_legal_reuse_factors_become_candidates():
    design = set_on_layers(jet_tagger(), DENSE, STRATEGY, "resource")
    axes = legal_candidates(design, flow("vitis"), None, [*DENSE, "relu1", "softmax"], (1, 3, 160), ())
    assert [axis.layer for axis in axes] == list(DENSE)
    taken = {axis.layer: [each.get(REUSE_FACTOR) for each in axis.candidates] for axis in axes}
    assert taken["fc1"] == [1]
    assert taken["fc4"] == [1, 160]
    only = legal_candidates(design, flow("vitis"), None, ["fc1"], (3,), ())
    assert only == (Axis("fc1", (Settings(),)),)


def test_widths_keep_as_many_integer_bits_as_the_weights_need(store):
    network = Network((Layer("x", Input(shape=(8,))), Layer("fc", Dense(units=8), ("x",))))
    network = with_random_weights(network, store)
    design = Design("one", network, jet_tagger().target)
    largest = float(np.abs(store.get(network["fc"].weight("kernel"))).max())
    assert 0.5 < largest < 1
    (axis,) = legal_candidates(design, flow("vitis"), store, ["fc"], (), (6, 8))
    assert [each.get(WEIGHT) for each in axis.candidates] == [FixedType(6, 1), FixedType(8, 1)]
    (unknown,) = legal_candidates(design, flow("vitis"), None, ["fc"], (), (8,))
    assert unknown.candidates[0].get(WEIGHT) == FixedType(8, 6)


def test_too_many_combinations_are_refused_before_any_work():
    names = [layer.name for layer in small_resnet().network.layers]
    with pytest.raises(TooManyError, match="combinations, limit 5,000,000"):
        legal_candidates(small_resnet(), flow("vitis"), None, names, range(1, 40), range(2, 16))
