"""Settings, effective values and lowering as the window sees them: through the flow."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings

from engine.boards import board
from engine.design import (
    BIAS,
    PARALLELIZATION_FACTOR,
    RESULT,
    REUSE_FACTOR,
    STRATEGY,
    WEIGHT,
    Design,
    Origin,
    Target,
    set_default,
    set_on_kind,
    set_on_layers,
)
from engine.flows.registry import UnknownFlowError, all_flows, flow
from engine.network import Layer, Network
from engine.network.kinds import (
    Activation,
    BatchNorm,
    Conv2D,
    Dense,
    Flatten,
    Input,
    Pool2D,
    SeparableConv2D,
    Softmax,
)
from engine.precision import AUTO, FixedType, parse
from engine.precision.quantizer import Quantizer, QuantizerKind
from tests.engine.flows.hls4ml.generated import designs
from tests.samples import jet_tagger, small_resnet

VITIS = flow("vitis")


def chain(*ops, shape=(16,), io_type="io_parallel", flow_id="vitis"):
    """A design of layers in a row, called a, b, c, ..."""
    layers = [Layer("x", Input(shape=shape))]
    for name, op in zip("abcdefgh", ops, strict=False):
        layers.append(Layer(name, op, (layers[-1].name,)))
    return Design("chain", Network(tuple(layers)), Target(board("pynq-z2"), 10.0, flow_id, io_type))


def spec(design, layer, key):
    return next(each for each in flow(design.target.flow).settings(design, layer) if each.key == key)


def built(design):
    return [layer.name for layer in flow(design.target.flow).lower(design)]


def test_all_back_ends_are_flows():
    assert len(all_flows()) == 9
    assert [each.label for each in all_flows()][:2] == ["hls4ml · Vitis HLS", "hls4ml · Vivado HLS"]
    assert flow("vivado-accelerator") is flow("vivado_accelerator")


def test_an_unknown_flow_lists_those_there_are():
    with pytest.raises(UnknownFlowError, match=r"no flow 'nonesuch'.*vitis"):
        flow("nonesuch")


def test_accelerator_shells_exist_for_few_boards():
    assert flow("vivado_accelerator").refuses(board("pynq-z2")) == ""
    assert "Zybo" in flow("vivado_accelerator").refuses(board("zybo-z7-20"))


@given(designs())
@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_setting_offered_has_a_value_in_force_and_legal_choices(design):
    found = flow(design.target.flow)
    for layer in design.network.layers:
        for each in found.settings(design, layer.name):
            effective = found.resolve(design, layer.name, each.key)
            assert effective is not None, (layer.name, each.key)
            assert each.label
            assert each.help.endswith(".")
            if each.kind == "precision":
                assert isinstance(effective.value, FixedType)
                continue
            assert len(set(each.choices)) == len(each.choices)
            assert not set(each.choices) & {value for value, _ in each.off}
            if each.kind == "number":
                assert list(each.choices) == sorted(each.choices)


def test_the_limit_of_products_turns_latency_off():
    design = chain(Dense(units=96), shape=(96,), flow_id="vivado")
    strategy = spec(design, "a", STRATEGY)
    assert strategy.choices == ("resource", "resource_unrolled")
    assert ("latency", "Latency is off: 9,216 products, limit 4,096.") in strategy.off
    assert flow("vivado").resolve(design, "a", STRATEGY).value == "latency"


def test_vitis_keeps_latency_past_that_limit():
    assert "latency" in spec(chain(Dense(units=96), shape=(96,)), "a", STRATEGY).choices


def test_reuse_factors_follow_the_strategy():
    design = chain(Dense(units=4), shape=(6,))
    resource = set_on_layers(design, ("a",), STRATEGY, "resource")
    assert spec(resource, "a", REUSE_FACTOR).choices == (1, 2, 3, 6, 12, 24)
    assert spec(design, "a", REUSE_FACTOR).choices == tuple(range(1, 25))
    assert 100 in spec(set_on_layers(design, ("a",), REUSE_FACTOR, 100), "a", REUSE_FACTOR).choices


def test_reuse_factors_that_leave_too_many_multipliers_are_off():
    design = set_default(chain(Dense(units=96), shape=(96,)), STRATEGY, "resource")
    reuse = spec(design, "a", REUSE_FACTOR)
    assert reuse.choices[0] == 3
    assert [value for value, _ in reuse.off] == [1, 2]


def test_a_replaced_reuse_factor_says_what_was_asked():
    design = set_default(set_default(chain(Dense(units=72), shape=(64,)), STRATEGY, "resource"), REUSE_FACTOR, 144)
    effective = VITIS.resolve(design, "a", REUSE_FACTOR)
    assert (effective.value, effective.asked, effective.origin) == (128, 144, Origin.DEFAULT)


def test_several_pixels_at_once_need_io_parallel():
    parallel = chain(Conv2D(filters=2), shape=(8, 8, 1))
    streamed = replace(parallel, target=replace(parallel.target, io_type="io_stream"))
    assert spec(parallel, "a", PARALLELIZATION_FACTOR).choices == (1, 2, 3, 4, 6, 9, 12, 18, 36)
    assert spec(streamed, "a", PARALLELIZATION_FACTOR).choices == (1,)
    assert "io_parallel" in spec(streamed, "a", PARALLELIZATION_FACTOR).off[0][1]
    chosen = set_on_layers(parallel, ("a",), PARALLELIZATION_FACTOR, 5)
    assert VITIS.resolve(chosen, "a", PARALLELIZATION_FACTOR).value == 4


def test_vitis_has_line_buffers_only():
    design = chain(Conv2D(filters=2), shape=(8, 8, 1), io_type="io_stream")
    assert spec(design, "a", "conv_implementation").choices == ("linebuffer",)
    vivado = replace(design, target=replace(design.target, flow="vivado"))
    assert spec(vivado, "a", "conv_implementation").choices == ("linebuffer", "encoded")


@pytest.mark.parametrize(
    ("edit", "origin"),
    [
        (lambda d: set_on_layers(d, ("a",), WEIGHT, FixedType(7, 2)), Origin.LAYER),
        (lambda d: set_on_kind(d, "dense", WEIGHT, FixedType(7, 2)), Origin.KIND),
        (lambda d: set_default(d, WEIGHT, FixedType(7, 2)), Origin.DEFAULT),
        (lambda d: set_default(d, "precision", FixedType(7, 2)), Origin.DEFAULT),
    ],
)
def test_a_type_says_where_it_comes_from(edit, origin):
    effective = VITIS.resolve(edit(chain(Dense(units=4))), "a", WEIGHT)
    assert (effective.value, effective.origin, effective.asked) == (FixedType(7, 2), origin, None)


def test_a_type_that_nobody_chose_is_the_converters():
    design = set_on_layers(chain(Dense(units=4)), ("a",), "accum", AUTO)
    assert VITIS.resolve(design, "a", WEIGHT).origin is Origin.CONVERTER
    assert VITIS.resolve(design, "a", "accum").value == parse("ap_fixed<37,17>")


def test_a_quantised_activation_keeps_the_models_type():
    design = chain(Dense(units=4), Activation())
    relu = replace(design.network["b"], quantizers=(("result", Quantizer(QuantizerKind.RELU, 6, 2)),))
    design = replace(design, network=Network((*design.network.layers[:2], relu)))
    effective = VITIS.resolve(design, "b", RESULT)
    assert (str(effective.value), effective.origin) == ("ap_ufixed<6,2,AP_RND_CONV,AP_SAT>", Origin.MODEL)


def test_a_batch_norm_melts_into_the_layer_before_it():
    design = chain(Dense(units=4), BatchNorm(), Activation())
    assert built(design) == ["x", "a", "c"]
    merged = VITIS.lower(design)[1]
    assert (merged.sources, merged.note) == (("a", "b"), "merged")
    assert VITIS.settings(design, "b") == ()
    assert VITIS.resolve(design, "b", RESULT) is None
    assert VITIS.resolve(design, "a", BIAS) is not None


def test_a_chosen_result_keeps_a_batch_norm_out():
    design = set_on_layers(chain(Dense(units=4), BatchNorm()), ("a",), RESULT, FixedType(12, 4))
    assert built(design) == ["x", "a", "b"]


def test_streams_get_clones_and_zeros_and_wires_do_not():
    streamed = small_resnet()
    parallel = replace(streamed, target=replace(streamed.target, io_type="io_parallel"))
    extra = set(built(streamed)) - set(built(parallel))
    assert extra == {"zp2d_stem", "clone_stem_relu", "zp2d_conv1", "zp2d_conv2"}
    inserted = {layer.name: layer.sources for layer in VITIS.lower(streamed) if layer.note == "inserted"}
    assert inserted["zp2d_conv1"] == ("conv1",)
    assert inserted["clone_stem_relu"] == ("stem_relu",)


def test_a_separable_convolution_is_built_in_two():
    design = chain(SeparableConv2D(filters=3), shape=(8, 8, 2))
    layers = VITIS.lower(design)[1:]
    assert [(each.name, each.kind, each.sources) for each in layers] == [
        ("a_depthwise", "DepthwiseConv2D", ("a",)),
        ("a_pointwise", "PointwiseConv2D", ("a",)),
    ]
    design = set_on_layers(design, ("a",), "depthwise_accum", FixedType(20, 8))
    assert VITIS.resolve(design, "a", "depthwise_accum").value == FixedType(20, 8)
    assert VITIS.resolve(design, "a", "depthwise_result").origin is Origin.CONVERTER


def test_a_final_reshape_is_dropped_in_io_parallel_and_rebuilt_in_a_stream():
    parallel = chain(Pool2D(), Flatten(), shape=(8, 8, 1))
    streamed = replace(parallel, target=replace(parallel.target, io_type="io_stream"))
    assert built(parallel) == ["x", "a"]
    assert built(streamed) == ["x", "a", "repack_b"]


def test_a_softmax_can_be_left_out():
    design = set_on_layers(chain(Dense(units=4), Softmax()), ("b",), "skip", True)
    assert built(design) == ["x", "a"]
    assert VITIS.resolve(design, "b", "skip").value is True
    assert spec(design, "b", "skip").choices == (False, True)


def test_a_short_input_shortens_the_tables_of_softmax():
    design = set_on_layers(chain(Dense(units=4), Softmax()), ("a",), RESULT, FixedType(6, 2))
    design = set_on_layers(design, ("b",), "table_size", 1024)
    effective = VITIS.resolve(design, "b", "table_size")
    assert (effective.value, effective.asked) == (64, 1024)


def test_jobs_are_off_where_the_board_does_not_fit():
    design = jet_tagger()
    assert [offer.off for offer in VITIS.jobs(design)] == ["", "", ""]
    other = replace(design, target=Target(board("icebreaker"), 20.0))
    assert all("AMD parts only" in offer.off for offer in VITIS.jobs(other))
    assert [offer.action for offer in VITIS.jobs(design)] == ["convert", "emulate", "synthesise"]


def test_tensors_too_wide_for_the_tool_turn_synthesis_off_and_nothing_else():
    wide = chain(Activation(), shape=(65, 64))
    assert [bool(offer.off) for offer in VITIS.jobs(wide)] == [False, False, True]
    assert "Use io_stream" in VITIS.jobs(wide)[2].off
    streamed = replace(wide, target=replace(wide.target, io_type="io_stream"))
    assert VITIS.jobs(streamed)[2].off == ""


def test_values_of_layers_whose_shapes_are_not_known_are_none():
    layers = (Layer("x", Input(shape=(8,))), Layer("open", Dense(units=4), ("",)))
    design = Design("open", Network(layers), Target(board("pynq-z2"), 10.0))
    assert VITIS.resolve(design, "open", WEIGHT) is None
    assert [each.key for each in VITIS.settings(design, "open")] == ["weight", "bias", "accum", "result"]
