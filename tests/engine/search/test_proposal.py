"""Fit to board and meet the rate: never worse than one rule for all layers, and nothing else is touched."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import resources
from engine.boards import board
from engine.design import PE, REUSE_FACTOR, SIMD, Settings, set_on_layers
from engine.estimate import Axis, Totals
from engine.flows.registry import flow
from engine.flows.reuse import reuse_of
from engine.network import Layer, Network
from engine.network.kinds import Activation, Input
from engine.project import load_project
from engine.scoreboard.finn_designs import cnv_w1a1, kws_w3a3
from engine.search import NothingToFoldError, by_rule, fit_to_board, meet_rate
from engine.search.climb import search
from engine.search.goal import Goal, better
from engine.search.measured import thinned
from tests.samples import jet_tagger, small_resnet

RESNET = replace(small_resnet(), target=replace(small_resnet().target, board=board("zcu104")))
SHARED = replace(jet_tagger(), defaults=Settings((("strategy", "resource"),)))


def fitting(estimate):
    target = estimate.target.board
    shares = Goal(target).shares(_totals(estimate))
    return shares.max() <= 1


def _totals(estimate):
    cost = estimate.total
    column = [*(cost.resource(name).value for name in ("LUT", "FF", "DSP", "BRAM18", "URAM")), 0, 0]
    return Totals(*[np.array([column]).T] * 3)


@pytest.mark.parametrize("design", [SHARED, RESNET], ids=["jet tagger", "resnet"])
def test_reuse_factors_for_the_lowest_latency_that_fits(design):
    vitis = flow("vitis")
    found = fit_to_board(design, vitis, None)
    assert found.fits
    assert {each.key for each in found.changes} <= {REUSE_FACTOR}
    for factor in (1, 2, 4, 8, 16, 32, 64):
        uniform = design
        for layer, settings in vitis.folded_by_rule(design, factor).items():
            uniform = set_on_layers(uniform, (layer,), REUSE_FACTOR, settings.get(REUSE_FACTOR))
        estimate = vitis.estimate(uniform, None)
        assert not fitting(estimate) or found.after.total.latency.value <= estimate.total.latency.value


@pytest.mark.parametrize("rate", [1_000, 100_000, 2_000_000])
def test_the_least_hardware_for_a_rate(rate):
    found = meet_rate(SHARED, flow("vitis"), None, rate)
    assert found.met
    assert found.after.rate.value >= rate * (1 - 1e-9)
    ruled = by_rule(SHARED, flow("vitis"), None, rate)
    if ruled.met:
        assert max(Goal(board("pynq-z2")).shares(_totals(found.after))) <= max(
            Goal(board("pynq-z2")).shares(_totals(ruled.after))
        )


@pytest.mark.parametrize("design", [cnv_w1a1(board("pynq-z2")), kws_w3a3(board("pynq-z2"))], ids=["cnv", "kws"])
def test_foldings_are_never_slower_than_finns(design):
    finn = flow("finn")
    found = fit_to_board(design, finn, None)
    assert found.fits
    for rate in np.geomspace(300, 1e6, 6):
        ruled = by_rule(design, finn, None, float(rate))
        assert not ruled.fits or found.after.total.interval.value <= ruled.after.total.interval.value
    assert {each.key for each in found.changes} <= {PE, SIMD, "window_simd", "multipliers", "ram_style"}


def test_a_rate_out_of_reach_is_said():
    found = meet_rate(cnv_w1a1(board("pynq-z2")), flow("finn"), None, 1e6)
    assert not found.met


def test_kws_folds_as_submitted_by_finns_rule():
    ruled = by_rule(kws_w3a3(board("pynq-z2")), flow("finn"), None, 200_000)
    assert ruled.changes == ()


def test_nothing_to_fold():
    layers = (Layer("x", Input(shape=(4,))), Layer("y", Activation(), ("x",)))
    design = replace(jet_tagger(), network=Network(layers), layers=())
    with pytest.raises(NothingToFoldError, match="No layer"):
        fit_to_board(design, flow("vitis"), None)


def test_the_open_flow_is_tried_layer_by_layer():
    design = replace(SHARED, target=replace(SHARED.target, flow="rtl"))
    design = set_on_layers(design, ("fc1", "fc2", "fc3", "fc4"), REUSE_FACTOR, 32)
    found = meet_rate(design, flow("rtl"), None, 50_000)
    assert found.met
    assert found.fits


class Cells:
    """Three layers whose candidates take what they take, and a board of 100."""

    hardware = np.array([[60, 30, 10], [60, 30, 10], [60, 30, 10]])
    cycles = np.array([[1, 2, 6], [1, 2, 6], [1, 2, 6]])

    def totals(self, picks):
        rows = np.arange(3)
        found = np.zeros((7, len(picks)))
        found[0] = self.hardware[rows, picks].sum(axis=1) * 532
        found[5] = self.cycles[rows, picks].sum(axis=1)
        found[6] = self.cycles[rows, picks].max(axis=1)
        return Totals(found, found, found)


def test_the_search_finds_the_best_of_all_combinations():
    axes = [Axis(name, tuple(Settings(((REUSE_FACTOR, n),)) for n in (1, 2, 6))) for name in "abc"]
    known = np.zeros((1, 3), np.intp)
    by_latency = search(Cells(), axes, Goal(board("pynq-z2"), "latency"), known)
    assert sorted(by_latency.tolist()) == [1, 1, 1]
    by_rate = search(Cells(), axes, Goal(board("pynq-z2")), known)
    assert sorted(by_rate.tolist()) == [1, 1, 1]
    least = search(Cells(), axes, Goal(board("pynq-z2"), cycles=6), known)
    assert least.tolist() == [2, 2, 2]


def test_no_layer_of_the_open_flow_is_better_a_step_more_or_less_folded(store):
    design = load_project(Path(resources.__file__).parent / "examples/digits_resnet.codesign", store).design
    design = replace(design, target=replace(design.target, flow="rtl"))
    its_flow = flow("rtl")
    found = fit_to_board(design, its_flow, store)

    def key(each):
        estimate = its_flow.estimate(each, store)
        totals = _totals(estimate)
        totals.value[-2:, 0] = estimate.total.latency.value, estimate.total.interval.value
        return found.goal.keys(totals)[:, 0].tolist()

    best, tried = key(found.design), 0
    axes = thinned(its_flow.foldings(design))
    for axis in axes:
        factors = [reuse_of(candidate) for candidate in axis.candidates]
        place = factors.index(its_flow.resolve(found.design, axis.layer, REUSE_FACTOR).value)
        for factor in factors[max(place - 1, 0) : place + 2]:
            assert not better(key(set_on_layers(found.design, (axis.layer,), REUSE_FACTOR, factor)), best)
            tried += 1
    assert tried > len(axes)
