"""Proof that the whole-number model equals hls4ml's compiled C++: every kind, mode and quantiser, real networks."""

import warnings
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings

from engine.boards import board
from engine.data.choice import usual_count
from engine.design import Design, Target, set_default, set_on_layers
from engine.flows.hls4ml.adapter import build_graph
from engine.flows.hls4ml.config import apply_config
from engine.flows.hls4ml.describe import describe
from engine.flows.hls4ml.errors import ConversionError
from engine.flows.hls4ml.exact.errors import NoExactModelError
from engine.flows.hls4ml.exact.lower import Lowering
from engine.flows.hls4ml.hardware import Builder
from engine.flows.hls4ml.support import problems
from engine.network import Layer, Network, kinds
from engine.precision import FixedType, Overflow, Rounding, parse
from engine.project.file import load_project
from tests.engine.emulate import zoo
from tests.engine.flows.hls4ml import generated, quantised
from tests.engine.flows.hls4ml.bit_exact import compiled, extreme_samples, mismatches, side_by_side
from tests.engine.flows.hls4ml.running import with_weights
from tests.engine.flows.hls4ml.test_emulate import QUANTISED, quantised_network
from tests.engine.flows.hls4ml.test_golden import EXAMPLES, choose
from tests.engine.flows.hls4ml.test_real_networks import MODELS, NETWORKS, design_of

pytestmark = [pytest.mark.proof, pytest.mark.hls4ml, pytest.mark.compiler]

BOTH = pytest.mark.parametrize("io_type", ["io_parallel", "io_stream"])
AMD = pytest.mark.parametrize("flow", ["vitis", "vivado"])
ONE_AXIS = (kinds.DepthwiseConv1D, kinds.SeparableConv1D)
"""In io_parallel hls4ml's headers for these shut out those for two axes: their guards have one name."""


def target(flow, io_type):
    return Target(board("pynq-z2"), 5.0, flow, io_type)


def prove(designs, flow, io_type, store, folder, count=60, **defaults):
    """Compile all designs at once and compare every layer on every sample."""
    together = side_by_side("many", designs, target(flow, io_type))
    for key, value in defaults.items():
        together = set_default(together, key, value)
    graph = compiled(together, store, folder / "many")
    assert mismatches(together, store, graph, extreme_samples(together.network, count)) == {}


def single(network, flow, io_type, store, **layer_settings):
    design = Design("one", with_weights(network, store), target(flow, io_type))
    for key, value in layer_settings.items():
        design = set_on_layers(design, ("layer",), key, value)
    return design


def split(designs, io_type):
    """Designs that may be compiled together, in one or two groups."""
    one_axis = [each for each in designs if any(isinstance(layer.op, ONE_AXIS) for layer in each.network.layers)]
    if io_type == "io_stream" or not one_axis:
        return [designs]
    two_axes = (kinds.DepthwiseConv2D, kinds.SeparableConv2D)
    alone = [each for each in one_axis if not any(isinstance(layer.op, two_axes) for layer in each.network.layers)]
    return [[each for each in designs if each not in one_axis], alone]


@BOTH
@AMD
@pytest.mark.parametrize("precision", ["ap_fixed<16,6>", "ap_fixed<12,4,AP_RND_CONV,AP_SAT>"])
def test_every_kind_is_bit_exact(precision, flow, io_type, store, tmp_path):
    designs = [single(zoo.network(name), flow, io_type, store) for name in zoo.names() if name not in ("flatten",)]
    usable = [each for each in designs if not problems(each)]
    assert len(usable) > 40
    for number, group in enumerate(split(usable, io_type)):
        prove(group, flow, io_type, store, tmp_path / str(number), precision=parse(precision))


@BOTH
@AMD
@pytest.mark.parametrize("number", range(3))
def test_generated_designs_are_bit_exact(number, flow, io_type, store, tmp_path):
    found = _generated(40, number, flow, io_type)
    usable = []
    for design in found:
        design = replace(design, network=generated.with_weights(design.network, store))
        if _built_as_planned(design, store, tmp_path / "one"):
            usable.append(design)
    assert len(usable) >= 10
    for part, group in enumerate(split(usable, io_type)):
        if group:
            prove(group, flow, io_type, store, tmp_path / str(part))


def _generated(count, number, flow, io_type):
    found = []

    @seed(number)
    @settings(
        max_examples=count,
        deadline=None,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
        database=None,
    )
    @given(generated.designs(flows=(flow,), io_types=(io_type,)))
    def collect(design):
        found.append(design)

    collect()
    return [design for design in found if len(design.network.layers) > 1 and not _reads_beyond(design)]


def _reads_beyond(design):
    """Types with a step above 1 that round: the headers' own check stops the emulation where they are cast to."""
    values = [value for _, settings in design.layers for _, value in settings.items]
    types = [value for value in values if isinstance(value, FixedType)]
    return any(each.fraction < 0 and each.rounding is not Rounding.TRN for each in types)


def _built_as_planned(design, store, folder):
    """Whether hls4ml builds what the plan says; it melts scales that happen to be one."""
    try:
        Lowering(store).lower(design)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            built = describe(build_graph(design, store, folder), design)
    except (NoExactModelError, ConversionError):
        return False
    planned = Builder(broadcasts=design.target.flow == "vivado").build(design).plan.nodes
    return [node.name for node in planned] == [entry["name"] for entry in built]


@BOTH
def test_quantised_networks_are_bit_exact(io_type, store, tmp_path):
    networks = [quantised_network(name) for name in QUANTISED]
    networks += [quantised.picture(kernel, kinds.SeparableConv2D) for kernel in quantised.KERNELS]
    networks += [
        quantised.deep(kernel, result) for kernel in quantised.KERNELS for result in ("binary", "ternary", "relu")
    ]
    designs = [single(network, "vitis", io_type, store) for network in networks]
    usable = [each for each in designs if not problems(each)]
    assert len(usable) > 60
    prove(usable, "vitis", io_type, store, tmp_path)


@BOTH
def test_layers_of_single_bits_are_bit_exact(io_type, store, tmp_path):
    strategies = [("Latency", 1), ("Resource", 2), ("Resource", 6)] if io_type == "io_stream" else [("Latency", 1)]
    designs = [
        of_bits(op, shape, kernel, how, io_type, store, strategy=strategy, reuse_factor=factor)
        for op, shape in BIT_READERS
        for kernel in ("binary", "ternary", "bits")
        for how in ("signs", "numbers")
        for strategy, factor in strategies
    ]
    for number, group in enumerate(split(designs, io_type)):
        prove(group, "vitis", io_type, store, tmp_path / str(number))


BIT_READERS = [
    (kinds.Dense(units=4), (6,)),
    (kinds.Conv2D(filters=3, padding="same"), (4, 5, 2)),
    (kinds.DepthwiseConv2D(), (4, 5, 2)),
    (kinds.DepthwiseConv2D(padding="same"), (4, 5, 2)),
    (kinds.DepthwiseConv1D(), (7, 3)),
]


def of_bits(op, shape, kernel, how, io_type, store, **layer_settings):
    """A layer behind single bits that stand for −1 and 1, or for 0 and 1 where that is the type chosen."""
    source = Layer("source", kinds.Input(shape=shape))
    layer = Layer("layer", op, ("bit",), (), (("kernel", quantised.KERNELS[kernel]),))
    if how == "signs":
        step = (("result", quantised.RESULTS["binary"]),)
        bits = [kinds.BatchNorm(), kinds.Activation(function="linear")]
        before = (Layer("norm", bits[0], ("source",)), Layer("bit", bits[1], ("norm",), (), step))
        return single(Network((source, *before, layer)), "vitis", io_type, store, **layer_settings)
    bit = Layer("bit", kinds.Activation(function="binary_tanh"), ("source",))
    design = single(Network((source, bit, layer)), "vitis", io_type, store, **layer_settings)
    return set_on_layers(design, ("bit",), "result", parse("ap_uint<1>"))


def half_steps(flow, io_type, store):
    """Weights half-way between two values of their type, in every mode of rounding."""
    random = np.random.default_rng(4)
    for rounding in Rounding:
        design = single(zoo.network("dense"), flow, io_type, store)
        source, layer = design.network.layers
        weights = tuple((role, store.put(random.integers(-40, 40, ref.shape) / 16)) for role, ref in layer.weights)
        design = replace(design, network=Network((source, replace(layer, weights=weights))))
        for key in ("weight", "bias"):
            design = set_on_layers(design, ("layer",), key, FixedType(6, 3, True, rounding))
        yield design


def variants(flow, io_type, store):
    """Settings that the generated designs seldom or never have."""
    yield from half_steps(flow, io_type, store)

    def made(op, shape, **layer_settings):
        network = Network((Layer("source", kinds.Input(shape=shape)), Layer("layer", op, ("source",))))
        return single(network, flow, io_type, store, **layer_settings)

    for implementation in ("stable", "latency", "legacy", "argmax"):
        for size in (64, 1024, 4096):
            yield made(kinds.Softmax(), (5,), implementation=implementation, table_size=size)
            yield made(kinds.Softmax(), (3, 4), implementation=implementation, table_size=size)
    for width in (6, 9, 12):
        layers = (
            Layer("source", kinds.Input(shape=(4,))),
            Layer("layer", kinds.Activation(), ("source",)),
            Layer("softmax", kinds.Softmax(), ("layer",)),
            Layer("sum", kinds.Merge(), ("softmax", "layer")),
        )
        yield single(Network(layers), flow, io_type, store, result=FixedType(width, 4))
    for size in (16, 512, 4096):
        for function in ("sigmoid", "tanh", "softsign", "softplus", "selu", "elu"):
            yield made(kinds.Activation(function=function), (6,), table_size=size, table=FixedType(24, 3))
    for spelling in ("ap_int<8>", "ap_uint<5>", "ap_int<2>"):
        for role in ("result", "accum", "weight"):
            yield made(kinds.Dense(units=4), (6,), **{role: parse(spelling)})
        yield made(kinds.Activation(), (6,), result=parse(spelling))
        yield set_on_layers(made(kinds.Dense(units=4), (6,)), ("source",), "result", parse(spelling))
    for factor in (1, 2, 3, 6, 9, 18, 36):
        accum = parse("ap_fixed<9,4,AP_RND,AP_SAT>")
        yield made(kinds.Dense(units=2), (18,), strategy="resource", reuse_factor=factor, accum=accum)
        yield made(kinds.Dense(units=2), (18,), strategy="resource_unrolled", reuse_factor=factor, accum=accum)
        yield made(kinds.Conv2D(filters=2), (6, 6, 2), strategy="resource", reuse_factor=factor, accum=accum)
        point = kinds.Conv2D(filters=6, kernel=(1, 1))
        yield made(point, (3, 3, 3), strategy="resource", reuse_factor=100 if factor == 2 else factor, accum=accum)
        yield made(kinds.DepthwiseConv2D(), (6, 6, 2), strategy="resource", reuse_factor=factor, accum=accum)
    for factor in (1, 2, 4):
        yield made(kinds.Conv2D(filters=2), (6, 6, 2), parallelization_factor=factor, accum=FixedType(9, 4))
        yield made(kinds.Conv1D(filters=2), (6, 2), parallelization_factor=factor, accum=FixedType(9, 4))
    for op in (
        kinds.Conv2D(filters=2, strides=(2, 1)),
        kinds.DepthwiseConv2D(strides=(3, 2)),
        kinds.Conv2D(filters=2, kernel=(2, 3)),
    ):
        yield made(op, (8, 7, 2), conv_implementation="encoded" if flow == "vivado" else "linebuffer")
        yield made(replace(op, padding="same"), (8, 7, 2))
    for op in (
        kinds.Conv2D(filters=3),
        kinds.DepthwiseConv2D(),
        kinds.SeparableConv2D(filters=3),
        kinds.Dense(units=3),
    ):
        network = Network(
            (
                Layer("source", kinds.Input(shape=(5, 5, 2))),
                Layer("layer", op, ("source",)),
                Layer("norm", kinds.BatchNorm(), ("layer",)),
                Layer("norm2", kinds.BatchNorm(), ("norm",)),
                Layer("flat", kinds.Flatten(), ("norm2",)),
                Layer("end", kinds.Dense(units=3), ("flat",)),
            )
        )
        yield single(network, flow, io_type, store)
        yield single(network, flow, io_type, store, result=FixedType(18, 7))


def modes():
    """Every rounding with every overflow that hls4ml knows, signed and not."""
    for rounding in Rounding:
        for overflow in (Overflow.WRAP, Overflow.SAT, Overflow.SAT_ZERO, Overflow.SAT_SYM):
            for signed in (True, False):
                for bits in (0, 1, 3) if overflow is Overflow.WRAP else (0,):
                    yield FixedType(6, 3, signed, rounding, overflow, bits)


@BOTH
def test_every_mode_of_rounding_and_overflow_is_bit_exact(io_type, store, tmp_path):
    designs = []
    for number, mode in enumerate(modes()):
        name = ("dense", "conv1d", "mean_pool1d", "global_mean2d_kept", "average")[number % 5]
        design = single(zoo.network(name), "vitis", io_type, store)
        key = "result" if number % 3 == 0 or name == "average" else "accum"
        designs.append(set_on_layers(design, ("layer",), key, mode))
        designs.append(single(zoo.network("dense"), "vitis", io_type, store, accum=mode, result=mode))
    prove(designs, "vitis", io_type, store, tmp_path)


@BOTH
@AMD
def test_rare_settings_are_bit_exact(flow, io_type, store, tmp_path):
    usable = []
    for design in variants(flow, io_type, store):
        try:
            Lowering(store).lower(design)
        except NoExactModelError:
            continue
        usable.append(design)
    assert len(usable) > 60
    prove(usable, flow, io_type, store, tmp_path)


@pytest.mark.skipif(not MODELS.is_dir(), reason="the shared models are not here")
@pytest.mark.parametrize("name", NETWORKS)
def test_real_networks_are_bit_exact_on_a_thousand_vectors(name, store, tmp_path):
    design = design_of(name, store)
    if name == "ad08":
        design = apply_config(design, (MODELS / "mlperf_tiny/ad08_hls4ml_config.yml").read_text()).design
    graph = compiled(design, store, tmp_path / name, optimised=True)
    assert mismatches(design, store, graph, extreme_samples(design.network, 1000, scale=1.0)) == {}


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_shipped_examples_are_bit_exact(path, store, tmp_path):
    design = replace(load_project(path, store).design, name="example")
    graph = compiled(design, store, tmp_path / "example", optimised=True)
    assert mismatches(design, store, graph, choose(design).part(0, usual_count(design.network))) == {}
    assert mismatches(design, store, graph, extreme_samples(design.network, 1000)) == {}
