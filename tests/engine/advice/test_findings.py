"""Findings are true, and their fixes mend them."""

from dataclasses import replace

import pytest

from engine.advice import Severity, findings, suggestions
from engine.boards import board
from engine.design import ACCUM, REUSE_FACTOR, STRATEGY, WEIGHT, Requirement, set_default, set_on_layers, with_network
from engine.flows.registry import flow
from engine.network import Layer, Network, edits
from engine.network.kinds import Conv2D, Dense, GlobalPool, Input, SeparableConv2D
from engine.precision import FixedType
from tests.samples import jet_tagger, small_resnet

FLOW = flow("vitis")


def _found(design, store=None, safe_share=0.8):
    return findings(design, FLOW.estimate(design, store), FLOW, store, safe_share)


def _about(design, words, store=None):
    return [finding for finding in _found(design, store) if words in finding.title]


@pytest.fixture
def tight(store):
    """A jet tagger with wide weights on the smallest board: too many DSPs."""
    design = jet_tagger(store)
    design = replace(design, target=replace(design.target, board=board("cora-z7-07s")))
    design = set_default(set_default(design, STRATEGY, "resource"), REUSE_FACTOR, 4)
    return set_on_layers(design, ("fc1", "fc2", "fc3", "fc4"), WEIGHT, FixedType(16, 6))


def test_an_overrun_names_its_cause_and_the_fix_frees_what_it_says(tight, store):
    (finding,) = [each for each in _found(tight, store) if each.resource == "DSP"]
    assert finding.severity is Severity.OVER
    before = FLOW.estimate(tight, store).total.dsp.value
    after = FLOW.estimate(finding.fix.edit(tight), store).total.dsp.value
    assert f"frees {before - after:,.0f}" in finding.detail
    assert finding.layers[0] in finding.detail


def test_suggestions_are_ranked_by_what_they_really_save(tight, store):
    estimate = FLOW.estimate(tight, store)
    found = suggestions(tight, estimate, FLOW, store, "DSP", 5)
    assert found
    assert [each.saving for each in found] == sorted((each.saving for each in found), reverse=True)
    for each in found:
        saved = estimate.total.dsp.value - FLOW.estimate(each.fix.edit(tight), store).total.dsp.value
        assert saved == pytest.approx(each.saving)


def test_an_illegal_reuse_factor_is_named_with_its_replacement(store):
    design = set_default(jet_tagger(store), STRATEGY, "resource")
    design = set_on_layers(design, ("fc1",), REUSE_FACTOR, 7)
    (finding,) = _about(design, "reuse 7 becomes", store)
    mended = finding.fix.edit(design)
    assert not _about(mended, "becomes", store)


POINTWISE = {
    "conv": Conv2D(filters=4, kernel=(1, 1)),
    "dense": Dense(units=4),
    "separable": SeparableConv2D(filters=4, kernel=(3, 3)),
}


@pytest.mark.parametrize("name", POINTWISE)
def test_a_reuse_factor_that_hls4ml_passes_on_unchecked_is_over(name):
    network = Network((Layer("x", Input(shape=(4, 4, 6))), Layer("l", POINTWISE[name], ("x",))))
    design = with_network(set_default(small_resnet(), STRATEGY, "resource"), network)
    assert not _about(set_default(design, REUSE_FACTOR, 5), "cannot be built")
    (finding,) = _about(set_on_layers(design, ("l",), REUSE_FACTOR, 5), "reuse factor '5' cannot be built")
    assert finding.severity is Severity.OVER
    assert "does not check" in finding.detail
    mended = finding.fix.edit(design)
    assert not _about(mended, "cannot be built")
    assert not _about(mended, "becomes")
    assert FLOW.resolve(mended, "l", REUSE_FACTOR).value == 6
    free = set_on_layers(set_on_layers(design, ("l",), STRATEGY, "latency"), ("l",), REUSE_FACTOR, 5)
    assert not _about(free, "cannot be built")


def test_a_missed_requirement_is_over(store):
    design = replace(jet_tagger(store), requirement=Requirement(max_latency_us=1e-6, min_rate=1e15))
    titles = [finding.title for finding in _found(design, store) if finding.severity is Severity.OVER]
    assert any("Latency" in title for title in titles)
    assert any("Rate" in title for title in titles)


def test_the_softmax_can_go(store):
    design = jet_tagger(store)
    (finding,) = _about(design, "softmax", store)
    assert "softmax" not in finding.fix.edit(design).network


def test_open_inputs_and_missing_weights_are_found(store):
    design = jet_tagger(store)
    design = with_network(design, edits.disconnect(design.network, "fc2", 0))
    assert _about(design, "fc2 has an open input")
    assert _about(jet_tagger(None), "without trained weights")


def test_weights_beyond_their_type_are_found_and_the_fix_holds_them(store):
    design = set_on_layers(jet_tagger(store), ("fc1",), WEIGHT, FixedType(6, -2))
    (finding,) = [each for each in _about(design, "weights reach", store) if each.layers == ("fc1",)]
    assert not [e for e in _about(finding.fix.edit(design), "weights reach", store) if e.layers == ("fc1",)]


def test_a_global_average_that_wraps_is_found_and_mended(store):
    network = Network((Layer("image", Input(shape=(8, 8, 4))), Layer("pool", GlobalPool(), ("image",))))
    design = replace(small_resnet(None), network=network, layers=())
    (finding,) = _about(design, "pool may overflow")
    assert "sum of 64 values needs 6 more integer bits" in finding.detail
    mended = finding.fix.edit(design)
    assert mended.of_layer("pool").get(ACCUM) == FixedType(22, 12)
    assert not _about(mended, "may overflow")


def test_a_design_that_fits_says_so_by_silence(store):
    design = with_network(jet_tagger(store), edits.remove_layers(jet_tagger(store).network, ["softmax"]))
    design = replace(design, target=replace(design.target, board=board("alveo-u250")))
    design = set_on_layers(design, ("fc1", "fc2", "fc3", "fc4"), WEIGHT, FixedType(8, 3))
    assert [finding for finding in _found(design, store) if finding.severity >= Severity.RISK] == []
