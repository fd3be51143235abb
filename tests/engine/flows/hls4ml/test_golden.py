"""The whole-number model of the hardware, against hls4ml's compiled C++ and in itself."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import resources
from engine.boards import board
from engine.data.choice import choose_samples
from engine.design import Design, Target, set_default, set_on_kind, set_on_layers
from engine.emulate.compare import accuracy
from engine.emulate.data import Samples, load_samples
from engine.emulate.exact.evaluate import run
from engine.emulate.float_forward import forward
from engine.flows.hls4ml.exact.errors import NoExactModelError
from engine.flows.hls4ml.exact.lower import Lowering
from engine.flows.hls4ml.exact.written import written
from engine.flows.hls4ml.golden import Evaluator, evaluate
from engine.network import Layer, MissingTensorError, Network
from engine.network.kinds import LSTM, Activation, BatchNorm, Conv2D, Dense, Input, Softmax
from engine.precision import FixedType, Overflow, Rounding, parse
from engine.project.file import load_project
from tests.engine.emulate import zoo
from tests.engine.flows.hls4ml.bit_exact import compiled, extreme_samples, mismatches
from tests.engine.flows.hls4ml.running import with_weights
from tests.samples import jet_tagger, small_resnet

EXAMPLES = sorted((Path(resources.__file__).parent / "examples").glob("*.codesign"))
TARGET = Target(board("pynq-z2"), 10.0)
PARALLEL = [
    "dense",
    "conv2d_same",
    "conv2d_point",
    "depthwise2d",
    "separable2d",
    "max_pool2d_same",
    "mean_pool2d_same",
    "max_pool2d_overlapping",
    "global_max2d",
    "norm",
    "norm_plain",
    "softmax",
    "softmax_columns",
    "leaky",
    "thresholded",
    "elu_half",
    "prelu",
    "permute3",
    "pad2d",
    "up2d",
    "gru",
    "lstm_every",
    "act_relu",
    "act_relu6",
    "act_sigmoid",
    "act_tanh",
    "act_hard_sigmoid",
    "act_selu",
    "act_softsign",
    "act_ternary_tanh",
    "add",
    "average",
    "maximum",
    "dot",
    "concat2_front",
]
STREAMED = [
    "conv1d_same",
    "conv2d_oblong",
    "depthwise1d",
    "separable2d",
    "mean_pool1d",
    "max_pool2d",
    "global_mean1d",
    "global_mean2d_kept",
    "norm",
    "softmax_rows",
    "permute2",
    "pad1d",
    "up1d",
    "gru_every",
    "act_softplus",
    "act_elu",
    "act_hard_tanh",
    "subtract",
    "multiply",
    "minimum",
    "concat3",
]


def many(names, store):
    """A network that holds many kinds, each behind inputs of its own, so that one compilation tries them all."""
    layers = []
    for name in names:
        axes, op = (zoo.SINGLE | zoo.MERGES)[name]
        ports = [f"{name}_in{port}" for port in range(1 if name in zoo.SINGLE else 2)]
        layers += [Layer(port, Input(shape=zoo.SHAPES[axes])) for port in ports]
        layers.append(Layer(f"{name}_layer", op, tuple(ports)))
    return with_weights(Network(tuple(layers)), store)


@pytest.mark.hls4ml
@pytest.mark.compiler
@pytest.mark.parametrize(
    ("names", "io_type", "precision", "accum"),
    [
        (PARALLEL, "io_parallel", "ap_fixed<16,6>", "ap_fixed<9,4,AP_RND_CONV,AP_SAT>"),
        (STREAMED, "io_stream", "ap_fixed<13,4,AP_RND,AP_SAT_SYM>", "ap_fixed<11,5,AP_TRN,AP_WRAP>"),
    ],
)
def test_many_kinds_are_bit_exact(names, io_type, precision, accum, store, tmp_path):
    design = Design("many", many(names, store), replace(TARGET, io_type=io_type))
    design = set_default(design, "precision", parse(precision))
    for kind in ("dense", "conv2d", "depthwise_conv2d", "pool2d", "depthwise_conv1d"):
        design = set_on_kind(design, kind, "accum", parse(accum))
    graph = compiled(design, store, tmp_path / "many")
    assert mismatches(design, store, graph, extreme_samples(design.network, 50)) == {}


def test_a_design_as_wide_as_it_needs_computes_what_the_float_network_does(store):
    design = small_resnet(store)
    for layer in design.network.layers:
        if layer.weights:
            design = set_on_layers(design, (layer.name,), "weight", FixedType(40, 8))
            design = set_on_layers(design, (layer.name,), "bias", FixedType(40, 8))
            design = set_on_layers(design, (layer.name,), "result", FixedType(48, 16))
    design = set_default(design, "precision", FixedType(48, 16))
    samples = Samples({"image": np.random.default_rng(1).normal(size=(20, 8, 8, 1))})
    found = evaluate(design, store, samples, traces=True)
    expected = forward(design.network, store, samples.inputs)
    assert found.traces.keys() >= {"stem", "conv1", "add", "pool", "classifier"}
    for name, values in found.traces.items():
        np.testing.assert_allclose(values, expected[name].reshape(values.shape), atol=1e-5, err_msg=name)
    np.testing.assert_array_equal(found.outputs["classifier"], found.traces["classifier"])


def test_only_what_an_edit_changed_is_computed_again(store):
    design = jet_tagger(store)
    samples = extreme_samples(design.network, 100)
    evaluator = Evaluator(store, samples)
    before = evaluator.evaluate(design).outputs["softmax"]
    edited = set_on_layers(design, ("fc4",), "weight", FixedType(3, 1))
    evaluator.kept.misses = 0
    after = evaluator.evaluate(edited).outputs["softmax"]
    assert evaluator.kept.misses == 2  # the edited layer and the softmax
    assert (after != before).any()
    np.testing.assert_array_equal(after, evaluate(edited, store, samples).outputs["softmax"])
    evaluator.kept.misses = 0
    np.testing.assert_array_equal(evaluator.evaluate(design).outputs["softmax"], before)
    assert evaluator.kept.misses == 0  # an edit undone


def test_a_narrow_accumulator_depends_on_the_reuse_factor_only_where_it_saturates(store):
    design = jet_tagger(store)
    samples = extreme_samples(design.network, 50)

    def outputs(accum, reuse_factor):
        edited = set_on_layers(design, ("fc1",), "strategy", "resource")
        edited = set_on_layers(edited, ("fc1",), "reuse_factor", reuse_factor)
        edited = set_on_layers(edited, ("fc1",), "accum", accum)
        return evaluate(edited, store, samples, traces=True).traces["fc1"]

    wraps, saturates = FixedType(10, 4), FixedType(10, 4, True, Rounding.TRN, Overflow.SAT)
    np.testing.assert_array_equal(outputs(wraps, 1), outputs(wraps, 8))
    assert (outputs(saturates, 1) != outputs(saturates, 8)).any()


def test_a_reuse_factor_alone_computes_nothing_again(store):
    design = set_on_layers(jet_tagger(store), ("fc1",), "strategy", "resource")
    evaluator = Evaluator(store, extreme_samples(design.network, 20))
    evaluator.evaluate(design)
    evaluator.kept.misses = 0
    evaluator.evaluate(set_on_layers(design, ("fc1",), "reuse_factor", 8))
    assert evaluator.kept.misses == 0


@pytest.mark.parametrize(("value", "held"), [(0.125, 0.0), (0.375, 0.5), (0.25, 0.25), (0.3749, 0.25), (0.26, 0.25)])
def test_constants_lose_the_decimals_that_hls4ml_does_not_write(value, held):
    assert written([value], FixedType(6, 4, True, Rounding.RND)).floats() == [held]


def one(op, shape, store, **settings):
    network = with_weights(Network((Layer("x", Input(shape=shape)), Layer("layer", op, ("x",)))), store)
    design = Design("one", network, TARGET)
    for key, value in settings.items():
        design = set_on_layers(design, ("layer",), key, value)
    return design


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (
            lambda store: replace(jet_tagger(store), target=replace(TARGET, flow="catapult")),
            "of two back ends and of the open flow only",
        ),
        (lambda store: one(Activation(function="swish"), (4,), store), "'layer': hls4ml has no swish"),
        (lambda store: one(LSTM(units=2), (3, 2), store, result=FixedType(8, 2)), "'layer': .*does not compile"),
        (
            lambda store: one(Conv2D(filters=2), (5, 5, 2), store, strategy="resource", reuse_factor=36),
            "'layer': .*wrongly with the reuse factor 36.*divides its 18 inputs",
        ),
    ],
)
def test_what_has_no_model_is_named(make, words, store):
    design = make(store)
    with pytest.raises(NoExactModelError, match=words):
        evaluate(design, store, extreme_samples(design.network, 2))


def test_missing_weights_are_said(store):
    network = Network((Layer("x", Input(shape=(3,))), Layer("layer", Dense(units=2), ("x",))))
    design = Design("bare", network, TARGET)
    with pytest.raises((NoExactModelError, MissingTensorError), match="layer"):
        evaluate(design, store, extreme_samples(network, 2))


def test_merged_and_skipped_layers_have_no_traces(store):
    layers = (
        Layer("x", Input(shape=(4,))),
        Layer("dense", Dense(units=3), ("x",)),
        Layer("norm", BatchNorm(), ("dense",)),
        Layer("softmax", Softmax(), ("norm",)),
    )
    design = Design("merged", with_weights(Network(layers), store), TARGET)
    design = set_on_layers(design, ("softmax",), "skip", True)
    found = evaluate(design, store, extreme_samples(design.network, 5), traces=True)
    np.testing.assert_array_equal(found.outputs["softmax"], found.traces["softmax"])
    assert found.traces.keys() == {"x", "softmax"}


@pytest.mark.parametrize(
    ("spelling", "expected"),
    [("ap_int<4>", [-1, 0, 0, 1, 0, 7, -7]), ("ap_uint<4>", [15, 0, 0, 1, 0, 7, 9]), ("ap_fixed<4,4>", None)],
)
def test_inputs_of_whole_numbers_are_made_of_floats_as_the_headers_do(spelling, expected, store):
    samples = np.array([-1.5, -0.75, -0.5, -0.25, 0.75, 7.5, -7.25])
    network = Network((Layer("x", Input(shape=(7,))), Layer("y", Activation(), ("x",))))
    design = set_on_layers(Design("whole", network, TARGET), ("x",), "result", parse(spelling))
    specification = Lowering(store).lower(design)
    entry = specification.entries["x"]
    found = run(specification, {"x": samples[None]}, [entry])[entry].ravel()
    np.testing.assert_array_equal(found, np.floor(samples) if expected is None else expected)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_shipped_examples_are_evaluated_at_once(path, store):
    design = load_project(path, store).design
    samples = choose(design).part(0, 200)
    found = evaluate(design, store, samples)
    expected = forward(design.network, store, samples.inputs)
    for name, values in found.outputs.items():
        reference = expected[name].reshape(values.shape)
        if samples.labels is None:
            assert np.corrcoef(values.ravel(), reference.ravel())[0, 1] > 0.95
        else:
            assert accuracy(values, samples.labels) >= accuracy(reference, samples.labels) - 0.03


def choose(design):
    """The samples that ship with an example, or made-up ones."""
    choice = choose_samples(design.network)
    if choice.given is None:
        return extreme_samples(design.network, 200, scale=0.5)
    return load_samples(choice.given, design.network)
