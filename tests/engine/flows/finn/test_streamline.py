"""Streamlined networks are the float ones with their quantisers, bit for bit, on a thousand vectors each."""

from dataclasses import replace

import numpy as np
import pytest

from engine.boards import board
from engine.design import Design, Target, set_on_layers
from engine.emulate.float_forward import forward
from engine.flows.finn.flow import FinnFlow
from engine.flows.finn.planner import Planner
from engine.flows.finn.streamline.grid import Grid, NotWholeError, whole
from engine.flows.finn.streamline.model import Streamlined
from engine.flows.finn.streamline.thresholds import thresholds
from engine.network import Layer, Network, TensorStore
from engine.network.kinds import (
    Activation,
    BatchNorm,
    Conv2D,
    Dense,
    DepthwiseConv2D,
    Flatten,
    GlobalPool,
    Input,
    Merge,
    Pool2D,
)
from engine.precision import FixedType
from engine.precision.quantizer import Quantizer, QuantizerKind
from engine.scoreboard.finn_designs import kws_w3a3

BITS4 = Quantizer(QuantizerKind.BITS, bits=4, integer=1, alpha=1.0)
PO2 = Quantizer(QuantizerKind.BITS, bits=4, alpha="auto_po2")
BINARY = Quantizer(QuantizerKind.BINARY, bits=1, alpha=1.0)
TERNARY = Quantizer(QuantizerKind.TERNARY, bits=2, alpha=1.0)
RELU4 = Quantizer(QuantizerKind.RELU, bits=4, integer=2)
TANH3 = Quantizer(QuantizerKind.TANH, bits=3, real=True)
SIGNED = Quantizer(QuantizerKind.BITS, bits=3, integer=1, alpha=1.0)
VECTORS = 1_000


def trained(network, store, seed=1):
    """Made-up weights; batch norms with scales of both signs."""
    random = np.random.default_rng(seed)
    layers = []
    for layer in network.layers:
        shapes = layer.op.weight_shapes(network.input_shapes(layer.name) or ())
        drawn = {role: random.normal(0, 0.6, shape) for role, shape in shapes.items()}
        if "variance" in drawn:
            drawn["variance"] = random.uniform(0.2, 2, shapes["variance"])
        layers.append(replace(layer, weights=tuple((role, store.put(each)) for role, each in drawn.items())))
    return Network(tuple(layers))


def design_of(store, *layers, shape=(16,)):
    network = trained(Network((Layer("x", Input(shape=shape)), *layers)), store)
    design = Design("streamlined", network, Target(board("pynq-z2"), 10.0, "finn", "io_stream"))
    return set_on_layers(design, ("x",), "result", FixedType(8, 2))


def product(name, source, op, quantizer=BITS4, bias=BITS4):
    return Layer(name, op, (source,), quantizers=(("kernel", quantizer), ("bias", bias)))


def step(name, source, quantizer=RELU4, function="relu"):
    return Layer(name, Activation(function=function), (source,), quantizers=(("result", quantizer),))


def assert_same(design, store, count=VECTORS):
    model = Streamlined(design, store)
    shape = design.network.shapes["x"]
    data = {"x": np.random.default_rng(7).normal(0, 1, (count, *shape))}
    expected = forward(design.network, store, model.entered(data))
    found = model.values(data)
    for name in design.network.order:
        np.testing.assert_array_equal(found[name], expected[name], err_msg=name)


@pytest.fixture
def store(tmp_path):
    return TensorStore(tmp_path)


@pytest.mark.parametrize("weights", [BITS4, PO2, BINARY, TERNARY], ids=["bits", "powers", "binary", "ternary"])
@pytest.mark.parametrize(
    "result", [RELU4, TANH3, SIGNED, BINARY, TERNARY], ids=["relu", "tanh", "signed", "sign", "three"]
)
def test_batch_norms_and_scales_become_thresholds(store, weights, result):
    function = {RELU4: "relu", TANH3: "tanh", BINARY: "binary_tanh", TERNARY: "ternary_tanh"}.get(result, "linear")
    design = design_of(
        store,
        product("fc1", "x", Dense(units=12), weights),
        Layer("norm1", BatchNorm(), ("fc1",)),
        step("act1", "norm1", result, function),
        product("fc2", "act1", Dense(units=5, use_bias=False), weights),
    )
    assert_same(design, store)


def test_pictures_with_a_skip_and_pools(store):
    design = design_of(
        store,
        product("stem", "x", Conv2D(filters=4, padding="same")),
        step("stem_act", "stem"),
        product("conv", "stem_act", Conv2D(filters=4, padding="same")),
        Layer("add", Merge(), ("conv", "stem_act")),
        step("add_act", "add"),
        Layer("pool", Pool2D(), ("add_act",)),
        product("each", "pool", DepthwiseConv2D(kernel=(2, 2)), bias=BITS4),
        Layer("norm", BatchNorm(), ("each",)),
        step("each_act", "norm", SIGNED, "linear"),
        Layer("mean", GlobalPool(), ("each_act",)),
        step("mean_act", "mean", SIGNED, "linear"),
        product("scores", "mean_act", Dense(units=3)),
        shape=(6, 6, 2),
    )
    assert_same(design, store)


def test_a_bias_on_the_sums_own_steps_needs_no_thresholds(store):
    design = design_of(store, product("fc1", "x", Dense(units=4)), product("fc2", "fc1", Dense(units=4)))
    assert_same(design, store, 100)


def test_kws_w3a3_as_submitted(store):
    design = kws_w3a3(board("pynq-z2"))
    network = trained(design.network, store)
    design = replace(design, network=network)
    model = Streamlined(design, store)
    data = {"samples": np.random.default_rng(3).uniform(-1, 1, (VECTORS, 490))}
    expected = forward(network, store, model.entered(data))
    found = model.values(data)
    for name in network.order:
        np.testing.assert_array_equal(found[name], expected[name], err_msg=name)


def test_widths_are_those_that_the_real_weights_need(store):
    design = design_of(store, product("fc1", "x", Dense(units=12, use_bias=False)), step("act1", "fc1"))
    model = Streamlined(design, store)
    found = model.run({"x": np.random.default_rng(1).uniform(-2, 2, (VECTORS, 16))})["fc1"]
    reach = model.streams["fc1"].grid
    assert reach.low <= found.min() <= found.max() <= reach.high
    by_types, by_weights = (
        next(unit.matrix for unit in Planner().build(design, tensors).plan.units if unit.matrix)
        for tensors in (None, store)
    )
    assert by_weights.accumulator_bits == reach.bits < by_types.accumulator_bits
    assert by_weights.weight_bits <= by_types.weight_bits == 4
    flow = FinnFlow()
    assert flow.estimate(design, store).total.lut.value < flow.estimate(design, None).total.lut.value


def test_a_falling_channel_is_taken_negative():
    found = thresholds(lambda x: np.floor(np.clip(-x, 0, 3)), np.array([-9.0]), np.array([9.0]), 1.0, Grid(1.0, 0, 3))
    assert found.signs.tolist() == [-1.0]
    sums = np.arange(-9.0, 10.0)[:, None]
    np.testing.assert_array_equal(found(sums), np.clip(-sums, 0, 3))


def test_whole_numbers_and_their_step():
    counts, step = whole(np.array([0.75, -0.5, 0.0]), "x")
    assert (counts.tolist(), step) == ([3.0, -2.0, 0.0], 0.25)
    with pytest.raises(NotWholeError, match="no step in common"):
        whole(np.array([1.0, 1 / 3]), "x")


def test_grids_count_bits_as_finns_types_do():
    widths = [Grid(1, *ends).bits for ends in ((-1, 1), (0, 1), (0, 7), (-8, 7), (-8, 8), (-2, 1))]
    assert widths == [1, 1, 3, 4, 5, 2]


def test_what_has_no_whole_numbers_is_said(store):
    norm = Layer("norm", BatchNorm(), ("fc1",))
    design = design_of(store, product("fc1", "x", Dense(units=4)), norm, product("fc2", "norm", Dense(units=4)))
    with pytest.raises(NotWholeError, match="'fc2': what it reads is scaled or shifted"):
        Streamlined(design, store)
    flat = design_of(store, Layer("flat", Flatten(), ("x",)), Layer("act", Activation(), ("flat",)), shape=(4, 4))
    with pytest.raises(NotWholeError, match="'act': its result has no type"):
        Streamlined(flat, store)


def test_the_accuracy_of_a_streamlined_network_stands_beside_the_float_one(store):
    design = design_of(store, product("fc1", "x", Dense(units=12)), step("act1", "fc1"), shape=(16,))
    result = FinnFlow().comparer(store).compare(design, most=200)
    assert result["samples"] == 200
    assert [row["name"] for row in result["trace"]] == ["x", "fc1", "act1"]
    # Made-up samples lie on the input's grid: nothing differs.
    assert result["outputs"][0]["max_error"] == 0
