"""hls4ml is given what the design says, and builds it."""

import subprocess
import sys
from dataclasses import replace
from math import prod

import numpy as np
import pytest

from engine.boards import board
from engine.design import ACCUM, RESULT, REUSE_FACTOR, STRATEGY, WEIGHT, Design, Target, set_default, set_on_layers
from engine.flows.hls4ml.adapter import build_graph, write_project
from engine.flows.hls4ml.backends import BACKENDS
from engine.flows.hls4ml.describe import describe
from engine.flows.hls4ml.errors import ConversionError
from engine.flows.hls4ml.layer_list import layer_list
from engine.flows.hls4ml.support import problems
from engine.network import Layer, Network
from engine.network.kinds import (
    LSTM,
    BatchNorm,
    Concatenate,
    Conv2D,
    Dense,
    DepthwiseConv1D,
    DepthwiseConv2D,
    Flatten,
    Input,
    Merge,
    SeparableConv2D,
    Softmax,
)
from engine.network.weights import effective_weight
from engine.precision import FixedType, parse
from engine.precision.quantizer import Quantizer, QuantizerKind
from tests.engine.emulate import zoo
from tests.engine.flows.hls4ml import quantised
from tests.engine.flows.hls4ml.running import with_weights
from tests.samples import jet_tagger, small_resnet

pytestmark = pytest.mark.hls4ml


def design_of(network, flow="vitis", io_type="io_parallel", name="made"):
    return Design(name, network, Target(board("pynq-z2"), 10.0, flow, io_type))


def built(design, store, tmp_path):
    """What hls4ml builds, by name."""
    return {entry["name"]: entry for entry in describe(build_graph(design, store, tmp_path / "p"), design)}


def on(design, flow=None, io_type=None):
    target = design.target
    return replace(design, target=replace(target, flow=flow or target.flow, io_type=io_type or target.io_type))


def test_importing_the_adapter_loads_no_hls4ml():
    code = "import sys, engine.flows.hls4ml.adapter; sys.exit('hls4ml' in sys.modules or 'tensorflow' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize("name", list(zoo.names()))
@pytest.mark.parametrize("io_type", ["io_parallel", "io_stream"])
def test_every_kind_is_built_or_refused_in_words(name, io_type, store, tmp_path):
    design = design_of(with_weights(zoo.network(name), store), io_type=io_type)
    found = problems(design)
    if found:
        assert all(problem.reason.endswith(".") and problem.remedy.endswith(".") for problem in found)
        with pytest.raises(ConversionError):
            build_graph(design, store, tmp_path)
        return
    entries = describe(build_graph(design, store, tmp_path / "p"), design)
    last = entries[-1]
    assert last["sources"][-1] == "layer"
    # hls4ml drops a reshaping at the very end: the values are the same.
    assert prod(last["shape"]) == prod(design.network.shapes["layer"])


@pytest.mark.parametrize("flow", [flow for flow in BACKENDS if flow != "libero"])
def test_projects_are_written_for_every_back_end(flow, store, tmp_path):
    design, before = on(jet_tagger(store), flow), "tensorflow" in sys.modules
    write_project(build_graph(design, store, tmp_path / "p"))
    (code,) = (tmp_path / "p").rglob("firmware/jet_tagger.cpp")
    assert code.read_text().count("config") >= 8
    assert ("tensorflow" in sys.modules) == before
    assert (tmp_path / "p/hls4ml_config.yml").exists()


def test_chosen_values_reach_the_built_layers(store, tmp_path):
    design = jet_tagger(store)
    design = set_on_layers(design, ("fc2",), REUSE_FACTOR, 32)
    design = set_on_layers(design, ("fc2",), STRATEGY, "resource")
    design = set_on_layers(design, ("fc2",), ACCUM, parse("ap_fixed<20,8,AP_RND,AP_SAT>"))
    design = set_on_layers(design, ("relu2",), RESULT, parse("ap_ufixed<7,2>"))
    found = built(design, store, tmp_path)
    assert (found["fc2"]["reuse_factor"], found["fc2"]["strategy"]) == (32, "resource")
    assert found["fc2"]["types"]["accum"] == "ap_fixed<20,8,AP_RND,AP_SAT>"
    assert found["fc2"]["types"]["weight"] == "ap_fixed<6,1>"
    assert found["relu2"]["types"]["result"] == "ap_ufixed<7,2>"
    assert found["fc1"]["strategy"] == "latency"


def test_what_nobody_chose_is_inferred_by_hls4ml(store, tmp_path):
    found = built(jet_tagger(store), store, tmp_path)
    # 16 + 6 bits, log2(16) of growth, one for the bias; fraction 10 + 5.
    assert found["fc1"]["types"]["accum"] == "ap_fixed<27,12>"
    assert found["relu1"]["types"]["result"] == "ap_fixed<16,6>"


def test_the_designs_default_type_replaces_hls4mls(store, tmp_path):
    design = set_default(jet_tagger(store), "precision", parse("ap_fixed<12,4>"))
    found = built(design, store, tmp_path)
    assert found["relu1"]["types"]["result"] == found["features"]["types"]["result"] == "ap_fixed<12,4>"


def test_the_softmax_sum_keeps_hls4mls_wide_type(store, tmp_path):
    assert built(jet_tagger(store), store, tmp_path)["softmax"]["types"]["accum"] == "ap_fixed<18,8,AP_RND,AP_SAT>"


def test_a_softmax_that_is_left_out_melts_into_its_layer(store, tmp_path):
    found = built(set_on_layers(jet_tagger(store), ("softmax",), "skip", True), store, tmp_path)
    assert "softmax" not in found
    assert found["fc4"]["sources"] == ["fc4", "softmax"]


def test_tables_and_their_sizes_are_set(store, tmp_path):
    design = set_on_layers(jet_tagger(store), ("softmax",), "exp_table", parse("ap_fixed<12,4>"))
    design = set_on_layers(
        set_on_layers(design, ("softmax",), "table_size", 2048), ("softmax",), "implementation", "latency"
    )
    found = built(design, store, tmp_path)["softmax"]
    assert found["types"]["exp_table"] == "ap_fixed<12,4>"
    assert (found["attributes"]["table_size"], found["attributes"]["implementation"]) == (2048, "latency")


@pytest.mark.parametrize("window", ["linebuffer", "encoded"])
def test_the_window_of_streamed_convolutions_is_set(window, store, tmp_path):
    design = on(set_on_layers(small_resnet(store), ("conv1",), "conv_implementation", window), "vivado")
    assert built(design, store, tmp_path)["conv1"]["attributes"]["implementation"] == window


def test_streams_get_clones_paddings_and_fifos(store, tmp_path):
    found = built(small_resnet(store), store, tmp_path)
    assert (found["clone_stem_relu"]["note"], found["clone_stem_relu"]["sources"]) == ("inserted", ["stem_relu"])
    assert (found["zp2d_conv1"]["class"], found["zp2d_conv1"]["sources"]) == ("ZeroPadding2D", ["conv1"])
    assert found["conv1"]["inputs"] == ["zp2d_conv1"]
    assert found["add"]["inputs"] == ["conv2", "clone_stem_relu"]
    assert found["stem"]["fifo_depth"] == 64


def test_a_normalisation_that_melts_into_its_layer_is_told(store, tmp_path):
    layers = (
        Layer("x", Input(shape=(6,))),
        Layer("fc", Dense(units=4), ("x",)),
        Layer("norm", BatchNorm(), ("fc",)),
        Layer("out", Softmax(), ("norm",)),
    )
    found = built(design_of(with_weights(Network(layers), store)), store, tmp_path)
    assert "norm" not in found
    assert (found["fc"]["sources"], found["fc"]["note"]) == (["fc", "norm"], "merged")


def test_several_inputs_and_outputs_keep_their_order(store, tmp_path):
    layers = (
        Layer("b", Input(shape=(3,))),
        Layer("a", Input(shape=(3,))),
        Layer("sum", Merge(), ("a", "b")),
        Layer("both", Concatenate(), ("a", "b")),
        Layer("first", Dense(units=2), ("both",)),
        Layer("second", Dense(units=2), ("sum",)),
    )
    design = design_of(with_weights(Network(layers), store))
    graph = build_graph(design, store, tmp_path / "p")
    assert [variable.name for variable in graph.get_input_variables()] == ["b", "a"] == list(design.network.inputs)
    assert graph.outputs == list(design.network.outputs)


def test_names_that_c_cannot_take_are_mapped(store, tmp_path):
    layers = (
        Layer("input", Input(shape=(3,))),
        Layer("a/b", Dense(units=2), ("input",)),
        Layer("A_B", Dense(units=2), ("a/b",)),
    )
    found = built(design_of(with_weights(Network(layers), store)), store, tmp_path)
    assert [(name, entry["sources"]) for name, entry in found.items()] == [
        ("input_", ["input"]),
        ("a_b", ["a/b"]),
        ("A_B_n2", ["A_B"]),
    ]


@pytest.mark.parametrize("kernel", ["bits_half", "bits_auto", "bits_auto_po2", "binary_auto", "ternary_auto"])
def test_a_scale_becomes_a_layer_behind(kernel, store, tmp_path):
    design = design_of(with_weights(quantised.dense(kernel), store))
    found = built(design, store, tmp_path)
    assert list(found) == ["source", "layer", "layer_alpha"]
    assert found["layer_alpha"]["class"] == "ApplyAlpha"
    entries = {entry["name"]: entry for entry in layer_list(design, store).layers}
    codes, scale = entries["layer"]["weight_data"], entries["layer_alpha"]["scale_data"]
    quantizer = quantised.KERNELS[kernel]
    steps = codes / quantizer.storage_type().step
    np.testing.assert_array_equal(steps, np.round(steps))
    assert np.abs(codes).max() <= quantizer.storage_type().maximum
    np.testing.assert_allclose(codes * scale, effective_weight(design.network["layer"], "kernel", store), rtol=1e-6)
    assert not entries["layer"]["bias_data"].any()


@pytest.mark.parametrize(
    ("kernel", "type_"), [("binary", "ap_ufixed<1,1>"), ("ternary", "ap_fixed<2,2>"), ("bits", "ap_fixed<6,2>")]
)
def test_quantised_weights_get_hls4mls_types(kernel, type_, store, tmp_path):
    found = built(design_of(with_weights(quantised.dense(kernel), store)), store, tmp_path)
    assert found["layer"]["types"]["weight"] == type_


def test_a_chosen_weight_type_replaces_the_quantisers(store, tmp_path):
    design = design_of(with_weights(quantised.dense("bits_auto"), store))
    design = set_on_layers(design, ("layer",), WEIGHT, FixedType(9, 3))
    found = built(design, store, tmp_path)
    assert list(found) == ["source", "layer"]
    assert found["layer"]["types"]["weight"] == "ap_fixed<9,3>"


@pytest.mark.parametrize(
    ("result", "class_name", "activation"),
    [
        ("relu", "Activation", "relu"),
        ("leaky", "ParametrizedActivation", "leaky_relu"),
        ("tanh", "HardActivation", "hard_tanh"),
        ("tanh_real", "Activation", "tanh"),
        ("sigmoid", "HardActivation", "hard_sigmoid"),
        ("binary", "Activation", "binary_tanh"),
    ],
)
def test_quantised_activations_become_hls4mls(result, class_name, activation, store, tmp_path):
    found = built(design_of(quantised.activation(result)), store, tmp_path)["layer"]
    assert (found["class"], found["attributes"]["activation"]) == (class_name, activation)
    assert found["types"]["result"] == quantised.RESULTS[result].type().canonical


def test_separable_convolutions_are_built_in_two(store, tmp_path):
    design = design_of(with_weights(quantised.picture("bits", SeparableConv2D), store))
    found = built(design, store, tmp_path)
    assert [(name, entry["sources"]) for name, entry in found.items()][1:] == [
        ("layer_depthwise", ["layer"]),
        ("layer_pointwise", ["layer"]),
    ]


def test_everything_unsupported_is_listed_at_once(store, tmp_path):
    power = Quantizer(QuantizerKind.POWER_OF_TWO, bits=4)
    layers = (
        Layer("x", Input(shape=(8, 8, 2))),
        Layer("wide", Conv2D(filters=2, dilation=(2, 2)), ("x",)),
        Layer("open", Merge(), ("x", "")),
        Layer("flat", Flatten(), ("wide",)),
        Layer("out", Dense(units=2), ("flat",), (), (("result", power),)),
    )
    with pytest.raises(ConversionError) as raised:
        build_graph(design_of(Network(layers)), store, tmp_path)
    said = {(problem.layer, problem.reason.split()[0]) for problem in raised.value.problems}
    assert {problem.layer for problem in raised.value.problems} == {"wide", "open", "out"}
    assert ("wide", "hls4ml") in said
    assert "'wide': hls4ml builds no dilated convolutions. Set the dilation to 1." in str(raised.value)


def test_a_network_that_computes_nothing_is_refused():
    layers = (Layer("x", Input(shape=(4,))), Layer("flat", Flatten(), ("x",)))
    assert [problem.reason for problem in problems(design_of(Network(layers)))] == ["The network computes nothing."]
    assert [problem.reason for problem in problems(design_of(Network()))] == ["The network has no input."]


def test_the_accelerator_wants_its_boards():
    design = replace(jet_tagger(), target=Target(board("basys-3"), 10.0, "vivado_accelerator"))
    assert any("no shell for Basys 3" in problem.reason for problem in problems(design))


def test_refusals_of_hls4ml_itself_are_conversion_errors(store, tmp_path):
    design = set_on_layers(jet_tagger(store), ("fc1",), STRATEGY, "distributed_arithmetic")
    design = set_on_layers(design, ("fc1",), REUSE_FACTOR, 4)
    with pytest.raises(ConversionError, match=r"hls4ml refused the design: .*fc1"):
        build_graph(design, store, tmp_path)


@pytest.mark.parametrize("op", [DepthwiseConv2D(), Dense(units=3)])
def test_a_norm_that_hls4ml_melts_wrongly_is_refused_until_it_stays_a_layer(op, store):
    layers = (
        Layer("x", Input(shape=(5, 5, 2))),
        Layer("layer", op, ("x",)),
        Layer("norm", BatchNorm(), ("layer",)),
        Layer("norm2", BatchNorm(), ("norm",)),
    )
    design = design_of(with_weights(Network(layers), store))
    assert [problem.layer for problem in problems(design)] == ["norm", "norm2"]
    assert "Set the result type of 'layer'" in problems(design)[0].remedy
    assert problems(set_on_layers(design, ("layer",), RESULT, FixedType(16, 6))) == ()


def test_a_norm_behind_an_ordinary_convolution_may_melt(store):
    layers = (Layer("x", Input(shape=(5, 5, 2))), Layer("layer", Conv2D(), ("x",)), Layer("n", BatchNorm(), ("layer",)))
    assert problems(design_of(with_weights(Network(layers), store))) == ()


def test_what_does_not_compile_is_refused(store):
    layers = (
        Layer("x", Input(shape=(5, 2))),
        Layer("picture", Input(shape=(5, 5, 2))),
        Layer("state", LSTM(units=2), ("x",)),
        Layer("rows", DepthwiseConv1D(), ("x",)),
        Layer("pixels", SeparableConv2D(), ("picture",)),
    )
    design = design_of(with_weights(Network(layers), store))
    together = [(problem.layer, problem.remedy) for problem in problems(design)]
    assert together == [("", "Use io_stream.")]
    streamed = set_on_layers(on(design, io_type="io_stream"), ("state",), ACCUM, FixedType(20, 8))
    assert [problem.layer for problem in problems(streamed)] == ["state"]
    assert problems(set_on_layers(streamed, ("state",), RESULT, FixedType(20, 8))) == ()
