"""Estimates that own runs took part in: what changes, what does not, and that they say so."""

from dataclasses import replace

import pytest

from engine.calibration import NO_RUNS, own_runs, records_of
from engine.design import REUSE_FACTOR, set_on_layers
from engine.estimate import RESOURCES, Level
from engine.flows.hls4ml.backends import BACKENDS
from engine.flows.hls4ml.flow import Hls4mlFlow
from engine.flows.registry import flow
from engine.project import DONE, Run, design_digest
from tests.samples import jet_tagger, small_resnet

VITIS = flow("vitis")


def report(design, factor, tier=3, tool="Vitis HLS 2024.1"):
    """A record of a run that reported so much more than was estimated."""
    estimates = {level: VITIS.at(level).estimate(design, None) for level in Level}
    total = estimates[Level.LOGIC_SYNTHESIS if tier == 4 else Level.C_SYNTHESIS].total
    said = tuple((name, factor * total.resource(name).value) for name in RESOURCES)
    said += (("latency", factor * total.latency.value), ("interval", total.interval.value))
    run = Run("synthesise", DONE, "2026-01-05T10:20:30+00:00", 1.0, design_digest(design), "vitis", tool, tier)
    (record,) = records_of([replace(run, totals=said)], design, estimates, VITIS.estimator)
    return record


@pytest.fixture
def taught():
    return own_runs([report(jet_tagger(), 1.5)])


@pytest.mark.parametrize("design", [jet_tagger(), small_resnet()], ids=["parallel", "stream"])
def test_layers_still_add_up_to_the_total(design, taught):
    plain, own = VITIS.estimate(design, None), VITIS.at(Level.C_SYNTHESIS, taught).estimate(design, None)
    for name in RESOURCES:
        parts = sum(layer.cost.resource(name).value for layer in own.layers)
        assert parts == pytest.approx(own.total.resource(name).value)
    assert own.total.lut.value == pytest.approx(plain.total.lut.value * 1.5 ** (1 / 3), rel=1e-3)
    assert sum(amount for _, amount in own.layers[1].cost.lut.terms) == pytest.approx(own.layers[1].cost.lut.value)
    assert own.total.latency.value == round(own.total.latency.value)
    assert own.total.interval == replace(plain.total.interval, reason=own.total.interval.reason)


def test_the_reason_names_networks_and_version(taught):
    own = VITIS.at(Level.C_SYNTHESIS, taught).estimate(jet_tagger(), None)
    assert own.own_runs == "own runs of 1 network with Vitis HLS 2024.1"
    assert own.total.lut.reason.endswith("By own runs of 1 network with Vitis HLS 2024.1: times 1.14.")
    assert "Sum of all layers." in own.total.lut.reason
    assert VITIS.estimate(jet_tagger(), None).own_runs == ""


def test_other_levels_flows_and_families_stay_as_shipped(taught):
    design = jet_tagger()
    for name, level in (("vitis", Level.LOGIC_SYNTHESIS), ("vivado", Level.C_SYNTHESIS)):
        moved = replace(design, target=replace(design.target, flow=name))
        assert flow(name).at(level, taught).estimate(moved, None) == flow(name).at(level).estimate(moved, None)


def test_a_level_has_its_own_runs():
    taught = own_runs([report(jet_tagger(), 1.5), report(jet_tagger(), 0.5, tier=4, tool="Vivado 2024.1")])
    logic = VITIS.at(Level.LOGIC_SYNTHESIS, taught).estimate(jet_tagger(), None)
    assert logic.own_runs == "own runs of 1 network with Vivado 2024.1"
    assert logic.total.lut.value < VITIS.at(Level.LOGIC_SYNTHESIS).estimate(jet_tagger(), None).total.lut.value


def test_an_edit_corrects_only_its_own_layer_anew(taught):
    calibrated, design = VITIS.at(Level.C_SYNTHESIS, taught), small_resnet()
    before = calibrated.estimate(design, None)
    after = calibrated.estimate(set_on_layers(design, ("conv1",), REUSE_FACTOR, 9), None)
    same = [one is other for one, other in zip(before.layers, after.layers, strict=True)]
    assert same.count(False) <= 2
    assert after.of("conv1") != before.of("conv1")
    fresh = Hls4mlFlow(BACKENDS["vitis"]).at(Level.C_SYNTHESIS, taught)
    assert after == fresh.estimate(set_on_layers(design, ("conv1",), REUSE_FACTOR, 9), None)


def test_nothing_is_left_once_own_runs_are_gone(taught):
    design = jet_tagger()
    plain = VITIS.estimate(design, None)
    VITIS.at(Level.C_SYNTHESIS, taught).estimate(design, None)
    assert VITIS.at(Level.C_SYNTHESIS, NO_RUNS).estimate(design, None) == plain
    assert VITIS.at(Level.C_SYNTHESIS, own_runs([])).estimate(design, None) == plain


def test_a_refusal_stays_one(taught):
    design = jet_tagger()
    refused = replace(design, target=replace(design.target, flow="quartus"))
    assert flow("quartus").at(Level.C_SYNTHESIS, taught).estimate(refused, None).refusal
