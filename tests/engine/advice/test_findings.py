"""Findings are true, and their fixes mend them."""

from dataclasses import replace

import pytest

from engine.advice import Severity, findings, first_changes, misses, quicker, suggestions
from engine.boards import board
from engine.design import (
    ACCUM,
    RESULT,
    REUSE_FACTOR,
    STRATEGY,
    WEIGHT,
    Design,
    Requirement,
    Target,
    set_default,
    set_on_layers,
    with_network,
)
from engine.estimate import Level
from engine.flows.registry import flow
from engine.flows.reuse import higher_reuse, legal_reuse_factors
from engine.network import Layer, Network, edits
from engine.network.kinds import Activation, Conv2D, Dense, DepthwiseConv2D, GlobalPool, Input, SeparableConv2D
from engine.precision import FixedType, parse
from tests.engine.flows.hls4ml.quantised import KERNELS
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


@pytest.fixture
def bounded(tight, store):
    """A design that may become slower, but not by as much as every suggestion makes it."""
    design = set_on_layers(tight, ("fc4",), REUSE_FACTOR, 2)
    found = suggestions(design, FLOW.estimate(design, store), FLOW, store, "DSP", 8)
    latencies = [FLOW.estimate(each.fix.edit(design), store).latency_us.value for each in found]
    assert min(latencies) < max(latencies)
    return replace(design, requirement=Requirement(max_latency_us=(min(latencies) + max(latencies)) / 2))


def test_suggestions_that_break_the_requirement_come_last_and_say_so(bounded, store):
    estimate, wanted = FLOW.estimate(bounded, store), bounded.requirement.max_latency_us
    found = suggestions(bounded, estimate, FLOW, store, "DSP", 8)
    late = [FLOW.estimate(each.fix.edit(bounded), store).latency_us.value > wanted for each in found]
    assert late == sorted(late)
    assert {*late} == {False, True}
    assert late == [bool(each.breaks) for each in found]
    for each, too_late in zip(found, late, strict=True):
        assert ("too slow: " in each.detail) is too_late
    kept = [each.saving for each in found if not each.breaks]
    assert kept == sorted(kept, reverse=True)


def test_without_a_requirement_nothing_breaks_it(tight, store):
    found = suggestions(tight, FLOW.estimate(tight, store), FLOW, store, "DSP", 8)
    assert {each.breaks for each in found} == {""}


def test_a_rate_that_is_missed_already_is_not_made_worse_in_silence(tight, store):
    estimate = FLOW.estimate(tight, store)
    slow = replace(tight, requirement=Requirement(min_rate=estimate.rate.value * 2))
    for each in suggestions(slow, estimate, FLOW, store, "DSP", 8):
        after = FLOW.estimate(each.fix.edit(slow), store).rate.value
        assert bool(each.breaks) is (after < estimate.rate.value)


@pytest.mark.parametrize("wanted", ["latency", "rate"])
def test_what_to_change_first_makes_a_design_that_is_too_slow_quicker(store, wanted):
    design = jet_tagger(store)
    design = replace(design, target=replace(design.target, board=board("alveo-u250")))
    design = set_default(set_default(design, STRATEGY, "resource"), REUSE_FACTOR, 4)
    design = set_on_layers(design, ("fc2",), REUSE_FACTOR, 64)
    before = FLOW.estimate(design, store)
    bounds = {"latency": Requirement(max_latency_us=0.8 * before.latency_us.value)}
    slow = replace(design, requirement=bounds.get(wanted, Requirement(min_rate=2 * before.rate.value)))
    first = first_changes(slow, before, FLOW, store)[0]
    after = FLOW.estimate(first.fix.edit(slow), store)
    assert first.resource == wanted
    assert first.layer == "fc2"
    assert first.detail == "quick enough"
    assert not misses(slow.requirement, after)
    gained = before.latency_us.value - after.latency_us.value
    assert first.saving == pytest.approx(gained if wanted == "latency" else after.rate.value - before.rate.value)
    # What is slower than it has to be takes the least hardware.
    lower = [each for each in legal_reuse_factors(slow, "fc2", FLOW) if each < 64]
    quick = [each for each in lower if not misses(slow.requirement, _with_reuse(slow, each, store))]
    assert f"reuse 64 to {max(quick)}" == first.change


def _with_reuse(design, value, store):
    return FLOW.estimate(set_on_layers(design, ("fc2",), REUSE_FACTOR, value), store)


def test_where_nothing_is_shared_nothing_makes_it_quicker(store):
    design = set_default(jet_tagger(store), REUSE_FACTOR, 1)
    slow = replace(design, requirement=Requirement(max_latency_us=0.01))
    assert quicker(slow, FLOW.estimate(slow, store), FLOW, store) == ()


def test_what_would_make_a_slow_design_slower_is_no_first_change(bounded, store):
    estimate = FLOW.estimate(bounded, store)
    slow = replace(bounded, requirement=Requirement(max_latency_us=0.9 * estimate.latency_us.value))
    for each in first_changes(slow, estimate, FLOW, store, 8):
        assert FLOW.estimate(each.fix.edit(slow), store).latency_us.value <= estimate.latency_us.value
        assert bool(each.breaks) is each.detail.startswith("too large: ")


def test_a_fix_that_breaks_the_requirement_says_so(bounded, store):
    (finding,) = [each for each in _found(bounded, store) if each.resource == "DSP"]
    late = FLOW.estimate(finding.fix.edit(bounded), store).latency_us.value > bounded.requirement.max_latency_us
    assert late
    assert "but too slow: " in finding.detail


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
    (finding,) = _about(set_on_layers(design, ("l",), REUSE_FACTOR, 5), "reuse factor 5 cannot be built")
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


def test_a_softmax_over_a_wide_type_takes_scores_for_equal(store):
    design = set_on_layers(jet_tagger(store), ("fc4",), RESULT, FixedType(24, 14))
    (finding,) = _about(design, "softmax", store)
    assert finding.severity is Severity.RISK
    assert finding.title == "softmax takes scores for equal that differ by 16"
    assert "softmax" not in finding.fix.edit(design).network


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


def test_of_the_reuse_factors_that_keep_the_rate_the_one_that_saves_most_is_suggested(tight, store):
    estimate = FLOW.estimate(tight, store)
    for each in suggestions(tight, estimate, FLOW, store, "LUT", 8):
        free = [
            change.saving(estimate, "LUT")
            for change in higher_reuse(tight, each.layer, FLOW, store)
            if change.estimate.total.interval.value <= estimate.total.interval.value
        ]
        assert each.saving >= max(free, default=0.0)


def test_the_fix_of_an_overrun_looks_at_high_reuse_factors_too():
    network = Network((Layer("x", Input(shape=(400,))), Layer("wide", Dense(units=10), ("x",))))
    design = set_default(with_network(small_resnet(), network), STRATEGY, "resource")
    every = [change.new for change in higher_reuse(design, "wide", FLOW, None)]
    tried = [change.new for change in higher_reuse(design, "wide", FLOW, None, 5)]
    assert len(every) > 5
    assert len(tried) == 5
    assert (tried[0], tried[-1]) == (every[0], every[-1])
    assert set(tried) <= set(every)


@pytest.mark.parametrize(("level", "said"), [(Level.C_SYNTHESIS, True), (Level.LOGIC_SYNTHESIS, False)])
def test_an_overrun_that_no_reuse_mends_says_what_is_left(level, said):
    network = Network((Layer("x", Input(shape=(4000,))), Layer("act", Activation(), ("x",))))
    design = with_network(small_resnet(), network)
    design = replace(design, target=replace(design.target, io_type="io_parallel"))
    flow_at = FLOW.at(level)
    found = findings(design, flow_at.estimate(design, None), flow_at, None, 0.8)
    (finding,) = [each for each in found if each.resource == "LUT"]
    assert finding.fix is None
    assert "act uses most of it: more reuse frees nothing, narrower types do." in finding.detail
    assert ("Logic synthesis takes fewer." in finding.detail) is said


def test_results_that_outgrow_every_compiler_are_named_and_mended(store):
    layers = [Layer("x", Input(shape=(4,)))]
    while len(layers) < 60:
        layers.append(Layer(f"d{len(layers)}", Dense(units=4), (layers[-1].name,)))
    design = Design("deep", Network(tuple(layers)), Target(board("pynq-z2"), 10.0))
    vitis = flow("vitis")

    def grown(design):
        found = findings(design, vitis.estimate(design, store), vitis, store, 0.8)
        return [each for each in found if "outgrows 1,024 bits" in each.title]

    (finding,) = grown(design)
    assert finding.severity is Severity.OVER
    assert not grown(finding.fix.edit(design))


@pytest.mark.parametrize(("kernel", "channels", "low"), [("binary", 3, "18 below"), ("binary", 1, ""), ("bits", 3, "")])
def test_a_depthwise_layer_that_counts_bits_of_all_channels_is_said(kernel, channels, low):
    layers = (
        Layer("x", Input(shape=(4, 4, channels))),
        Layer("bit", Activation(function="binary_tanh"), ("x",)),
        Layer("layer", DepthwiseConv2D(), ("bit",), (), (("kernel", KERNELS[kernel]),)),
    )
    design = Design("bits", Network(layers), Target(board("pynq-z2"), 10.0))
    design = set_on_layers(design, ("bit",), "result", parse("ap_uint<1>"))
    found = _about(design, "layer counts too little")
    assert len(found) == bool(low)
    assert all(low in each.detail for each in found)
