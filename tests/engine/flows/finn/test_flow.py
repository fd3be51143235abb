"""FINN as a flow: what networks become, how settings fold them, and what is refused."""

from dataclasses import replace

import pytest

from engine.advice import limit, suggestions
from engine.boards import all_boards, board
from engine.design import Origin, set_on_layers
from engine.flows.finn.planner import Planner
from engine.flows.registry import flow
from engine.network import Layer, Network
from engine.network.edits import insert_on_edge
from engine.network.kinds import (
    LSTM,
    Activation,
    BatchNorm,
    Concatenate,
    Conv1D,
    Conv2D,
    Dense,
    DepthwiseConv2D,
    GlobalPool,
    Input,
    Merge,
    Pool2D,
    Reshape,
    SeparableConv2D,
    Softmax,
)
from engine.precision import FixedType
from engine.scoreboard.finn_designs import cnv_w1a1, kws_w3a3
from tests.samples import jet_tagger, small_resnet

FINN = flow("finn")
EIGHT = FixedType(8, 3, signed=False)


def for_finn(design, type_=EIGHT):
    """With results of eight bits, so that every activation is made of thresholds."""
    activations = tuple(layer.name for layer in design.network.layers if isinstance(layer.op, Activation))
    design = replace(design, target=replace(design.target, flow="finn", io_type="io_stream"))
    return set_on_layers(design, activations, "result", type_)


def chain(*ops, shape=(8, 8, 4)):
    """Layers one behind the other, called by their place."""
    layers = [Layer("l0", Input(shape=shape))]
    for place, op in enumerate(ops, start=1):
        layers.append(Layer(f"l{place}", op, (layers[-1].name,)))
    return for_finn(replace(jet_tagger(), network=Network(tuple(layers)), layers=()))


def kinds(design):
    return [each.kind for each in FINN.lower(design) if each.kind != "StreamingDataWidthConverter"]


def cycles(design):
    return [each.cost.interval.value for each in FINN.estimate(design, None).layers]


def test_it_builds_for_amds_parts():
    refused = {each.id for each in all_boards() if FINN.refuses(each)}
    assert refused == {each.id for each in all_boards() if not each.is_amd}
    assert "part of ULX3S-85F is ECP5" in FINN.refuses(board("ulx3s-85f"))


def test_cnv_w1a1_as_submitted_has_its_published_cycles():
    design = cnv_w1a1(board("pynq-z2"))
    built = Planner().build(design)
    found = [matrix for unit in built.plan.units if (matrix := unit.matrix) is not None]
    assert sum(each.weights for each in found) == 1_542_848
    costs = FINN.estimate(design, None)
    slowest = [each.interval.value for each in (costs.of(name) for name in ("fc1", "fc2", "fc3"))]
    assert slowest == [32_768, 32_768, 1_024]
    assert costs.total.interval.value == 32_768
    assert costs.rate.value == pytest.approx(3_052, abs=0.5)


def test_cnvs_binary_activations_are_one_threshold_in_the_matrix_unit():
    built = Planner().build(cnv_w1a1(board("pynq-z2")))
    units = {unit.name: unit for unit in built.plan.units}
    assert [unit.threshold_bits for unit in built.plan.units if unit.matrix] == [1] * 8 + [0]
    assert (units["conv1"].matrix.input_bits, units["conv2"].matrix.input_bits) == (8, 1)
    assert units["conv1"].sources == ("conv1", "norm1", "step1")


def test_kws_w3a3_as_submitted():
    design = kws_w3a3(board("pynq-z2"))
    assert cycles(design)[:4] == [392, 256, 256, 384]
    assert [each.kind for each in FINN.lower(design)][-1] == "LabelSelect"


def test_a_convolution_is_padding_window_and_matrix():
    assert kinds(chain(Conv2D(filters=4, padding="same"), Activation())) == [
        "FMPadding",
        "ConvolutionInputGenerator",
        "MVAU",
        "Thresholding",
    ]
    assert kinds(chain(Conv2D(filters=4, kernel=(1, 1)), Activation())) == ["MVAU", "Thresholding"]
    assert kinds(chain(Conv1D(filters=4), Activation(), shape=(16, 4)))[0] == "ConvolutionInputGenerator"


def test_depthwise_layers_have_a_unit_of_their_own():
    assert kinds(chain(DepthwiseConv2D(), Activation())) == ["ConvolutionInputGenerator", "VVAU", "Thresholding"]
    assert kinds(chain(SeparableConv2D(filters=8), Activation())) == [
        "ConvolutionInputGenerator",
        "VVAU",
        "MVAU",
        "Thresholding",
    ]


def test_skips_are_copied_and_added():
    built = [each.kind for each in FINN.lower(for_finn(small_resnet()))]
    assert built.count("DuplicateStreams") == 1
    assert built.count("AddStreams") == 1


def test_a_fifo_at_a_join_holds_an_inference_and_others_two_words():
    built = Planner().build(for_finn(small_resnet()))
    depths = {wire.name: wire.depth for wire in built.wires}
    assert depths["stem_relu_copies → add"] == 8 * 8 * 4
    assert depths["image → stem_padding"] == 2
    assert FINN.fifo_between(for_finn(small_resnet()), "stem_relu", "add") == "stem_relu_copies → add"


def test_pools_that_lie_side_by_side_and_others():
    assert kinds(chain(Pool2D())) == ["StreamingMaxPool"]
    assert kinds(chain(Pool2D(pool=(3, 3), strides=(2, 2)))) == ["ConvolutionInputGenerator", "Pool"]
    assert kinds(chain(Pool2D(mode="average"))) == ["ConvolutionInputGenerator", "Pool"]
    assert kinds(chain(GlobalPool())) == ["GlobalAccPool"]


def test_batch_norms_and_biases_are_in_the_thresholds_behind_them():
    assert kinds(chain(Dense(units=4), BatchNorm(), Activation(), shape=(8,))) == ["MVAU", "Thresholding"]
    assert kinds(chain(Dense(units=4), shape=(8,))) == ["MVAU", "ChannelwiseOp"]
    few = set_on_layers(chain(Dense(units=4), Activation(), shape=(8,)), ("l2",), "result", FixedType(3, 1, False))
    assert kinds(few) == ["MVAU"]
    assert kinds(set_on_layers(few, ("l1",), "thresholds", "separate")) == ["MVAU", "Thresholding"]


def test_folding_divides_cycles():
    design = chain(Dense(units=16), Activation(), shape=(32,))
    assert cycles(design)[0] == 512
    assert cycles(set_on_layers(design, ("l1",), "pe", 4))[0] == 128
    assert cycles(set_on_layers(set_on_layers(design, ("l1",), "pe", 4), ("l1",), "simd", 8))[0] == 16


def test_only_divisors_are_built():
    design = set_on_layers(chain(Dense(units=16), Activation(), shape=(12,)), ("l1",), "simd", 5)
    spec = next(each for each in FINN.settings(design, "l1") if each.key == "simd")
    assert spec.choices == (1, 2, 3, 4, 6, 12)
    found = FINN.resolve(design, "l1", "simd")
    assert (found.value, found.asked, found.origin) == (4, 5, Origin.LAYER)


def test_settings_of_each_kind_of_layer():
    design = for_finn(small_resnet())
    keys = {
        name: [spec.key for spec in FINN.settings(design, name)] for name in ("stem", "stem_relu", "conv1", "image")
    }
    assert keys["stem"] == [
        "weight",
        "pe",
        "simd",
        "mem_mode",
        "ram_style",
        "multipliers",
        "thresholds",
        "window_ram_style",
    ]
    assert keys["conv1"][:4] == ["weight", "pe", "simd", "window_simd"]
    assert keys["stem_relu"] == ["result", "pe"]
    assert keys["image"] == ["result"]


@pytest.mark.parametrize("op", [DepthwiseConv2D(), SeparableConv2D(), Pool2D(pool=(3, 3), strides=(2, 2))])
def test_the_window_before_what_takes_channels_apart_follows_its_pe(op):
    design = chain(op, shape=(9, 9, 4))
    assert "window_simd" not in [spec.key for spec in FINN.settings(design, "l1")]
    assert FINN.resolve(design, "l1", "window_simd") is None


def test_finns_rule_folds_pools_too():
    design = chain(Pool2D(pool=(3, 3), strides=(2, 2)), shape=(9, 9, 4))
    found = FINN.folded_by_rule(design, 100)
    assert found["l1"].items == (("pe", 4),)
    # Four channels of nine values for each of 16 pixels.
    assert FINN.folded_by_rule(design, 577)["l1"].items == (("pe", 1),)


def test_a_thousand_layers_that_only_reshape_are_read_past():
    assert "MVAU" in kinds(chain(Dense(units=4), *[Reshape(target=(4,))] * 1200, Activation(), shape=(4,)))


def test_multipliers_in_dsps_are_finns_own_verilog_where_widths_allow():
    design = chain(Conv2D(filters=8), Activation(), Conv2D(filters=8), Activation())
    design = set_on_layers(design, ("l1", "l3"), "weight", FixedType(4, 1))
    folded = set_on_layers(set_on_layers(design, ("l3",), "pe", 8), ("l3",), "simd", 8)
    assert FINN.estimate(folded, None).of("l3").dsp.value == 0
    in_dsps = FINN.estimate(set_on_layers(folded, ("l3",), "multipliers", "dsp"), None).of("l3")
    assert in_dsps.dsp.value == 16
    # FINN counts no look-up tables for it: that is no exact zero.
    assert in_dsps.lut.low < in_dsps.lut.value < in_dsps.lut.high
    assert "Verilog" in in_dsps.lut.reason
    # The input's 16 bits are too wide for it.
    assert FINN.estimate(set_on_layers(folded, ("l1",), "multipliers", "dsp"), None).of("l1").dsp.value == 1


@pytest.mark.parametrize(
    ("ops", "shape", "words"),
    [
        ((LSTM(units=4),), (8, 4), "no unit for recurrent layers"),
        ((Activation(function="swish"),), (8,), "Swish may fall"),
        ((Softmax(), Dense(units=2)), (8,), "Put it at the end"),
        ((BatchNorm(), Dense(units=2)), (8,), "in the thresholds behind them only"),
        ((DepthwiseConv2D(depth_multiplier=2),), (8, 8, 4), "Use depth multiplier 1"),
        ((GlobalPool(mode="max"),), (8, 8, 4), "global pool averages"),
    ],
)
def test_what_finn_cannot_build_is_said_with_the_way_out(ops, shape, words):
    design = chain(*ops, shape=shape)
    assert words in FINN.estimate(design, None).refusal
    assert any(words in risk.detail for risk in FINN.risks(design))


def test_branches_of_other_shapes_or_axes_are_refused():
    layers = (
        Layer("l0", Input(shape=(8, 4))),
        Layer("l1", Activation(), ("l0",)),
        Layer("l2", Concatenate(axis=0), ("l0", "l1")),
        Layer("l3", Merge(operation="multiply"), ("l0", "l1")),
    )
    design = for_finn(replace(jet_tagger(), network=Network(layers), layers=()))
    assert {risk.layers for risk in FINN.risks(design)} == {("l2",), ("l3",)}


def test_wide_activations_get_eight_bits_all_at_once():
    design = replace(jet_tagger(), target=replace(jet_tagger().target, flow="finn", io_type="io_stream"))
    assert "Its result has 16 bits" in FINN.estimate(design, None).refusal
    mended = FINN.risks(design)[0].remedies[0].edit(design)
    assert not FINN.risks(mended)
    assert FINN.estimate(mended, None).refusal == ""
    assert str(FINN.resolve(mended, "relu1", "result").value) == "ap_ufixed<8,5,AP_RND_CONV,AP_SAT>"


def test_where_words_differ_a_converter_stands_between():
    design = chain(Dense(units=16), Activation(), Dense(units=16), Activation(), shape=(16,))
    assert "StreamingDataWidthConverter" not in [each.kind for each in FINN.lower(design)]
    wide = set_on_layers(design, ("l3",), "simd", 4)
    assert [each.kind for each in FINN.lower(wide)].count("StreamingDataWidthConverter") == 1


def test_in_io_parallel_one_click_lets_the_run_be_simulated():
    design = chain(Conv2D(filters=8), Activation())
    design = replace(design, target=replace(design.target, io_type="io_parallel"))
    (risk,) = FINN.risks(design)
    assert risk.remedies[0].edit(design).target.io_type == "io_stream"


def test_a_bias_that_no_thresholds_take_up_is_warned_of():
    """The skip of the small ResNet adds a convolution as it is; an activation on that branch settles it."""
    (risk,) = FINN.risks(for_finn(small_resnet()))
    assert risk.layers == ("conv2", "add")
    assert not risk.certain
    network = insert_on_edge(small_resnet().network, "conv2", "add", 0, Activation("linear"), "held")
    assert not FINN.risks(for_finn(replace(small_resnet(), network=network)))
    bare = chain(Conv2D(filters=8, use_bias=False), Conv2D(filters=8), Softmax())
    assert not FINN.risks(bare)


def test_no_job_is_offered_and_each_says_why():
    assert all("Docker" in offer.off for offer in FINN.jobs(for_finn(small_resnet())))


@pytest.mark.parametrize("resource", ["LUT", "BRAM18"])
def test_what_to_change_first_saves_what_it_says_and_overfills_nothing(resource):
    cnv = cnv_w1a1(board("pynq-z2"))
    estimate = FINN.estimate(cnv, None)
    found = suggestions(cnv, estimate, FINN, None, resource, 4)
    assert len(found) == 4
    for each in found:
        after = FINN.estimate(each.fix.edit(cnv), None)
        now = estimate.total.resource(resource).value
        assert now - after.total.resource(resource).value == pytest.approx(each.saving)
        assert all(after.total.resource(name).value <= limit(cnv.target.board, name) for name in ("LUT", "DSP"))
        assert (after.total.interval.value <= estimate.total.interval.value) == (each.detail == "same rate")
