"""What the engine says of hls4ml, held against the installed hls4ml on generated cases."""

import warnings
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from engine.boards import board
from engine.design import REUSE_FACTOR, STRATEGY, Design, Target, set_default, set_on_kind, set_on_layers
from engine.flows.factors import nearest
from engine.flows.hls4ml.adapter import build_graph
from engine.flows.hls4ml.describe import describe
from engine.flows.hls4ml.errors import ConversionError
from engine.flows.hls4ml.hardware import Builder
from engine.flows.hls4ml.rules import legal_reuse_factors, parallelisation_factors
from engine.network import Layer, Network, TensorStore
from engine.network.kinds import Conv2D, Input
from engine.precision import parse
from tests.engine.flows.hls4ml import quantised
from tests.engine.flows.hls4ml.generated import designs, with_weights

pytestmark = pytest.mark.hls4ml

# The same cases in every run, and none made smaller: shrinking would convert thousands of designs.
EXAMPLES = settings(
    max_examples=120,
    deadline=None,
    derandomize=True,
    phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """One store for all examples: equal weights are stored once."""
    return TensorStore(tmp_path_factory.mktemp("tensors"))


@pytest.fixture(scope="module")
def backend():
    """hls4ml's Vitis back end itself."""
    from hls4ml.backends import get_backend

    return get_backend("Vitis")


@given(st.integers(1, 40), st.integers(1, 40))
@EXAMPLES
def test_legal_reuse_factors_are_hls4mls(backend, n_in, n_out):
    assert list(legal_reuse_factors(n_in, n_out)) == backend.get_valid_reuse_factors(n_in, n_out)


@given(st.integers(1, 40), st.integers(1, 40), st.integers(1, 3000))
@EXAMPLES
def test_illegal_reuse_factors_are_replaced_as_hls4ml_does(backend, n_in, n_out, asked):
    legal = legal_reuse_factors(n_in, n_out)
    assert nearest(legal, asked) == backend.get_closest_reuse_factor(list(legal), asked)


@given(st.integers(1, 30), st.integers(1, 30))
@EXAMPLES
def test_parallelisation_factors_are_hls4mls(backend, rows, columns):
    assert list(parallelisation_factors(rows * columns)) == backend.get_valid_conv_partition_splits(rows, columns)


@given(designs())
@EXAMPLES
def test_hls4ml_builds_what_the_engine_says(store, tmp_path_factory, design):
    design = replace(design, network=with_weights(design.network, store))
    built = _built(design, store, tmp_path_factory.getbasetemp() / "generated")
    assume(built is not None)
    hardware = Builder(broadcasts=design.target.flow == "vivado").build(design)
    ours = [(node.name, node.kind, list(node.inputs)) for node in hardware.plan.nodes]
    assert ours == [(entry["name"], entry["class"], entry["inputs"]) for entry in built]
    for entry in built:
        unit = hardware.units[entry["name"]]
        assert list(unit.node.shape) == entry["shape"]
        assert _types(unit) == {role: parse(entry["types"][role]) for role in _types(unit)}, entry["name"]
        _check_folding(unit, entry)


@pytest.mark.parametrize("io_type", ["io_parallel", "io_stream"])
@pytest.mark.parametrize(("place", "factor"), [("layer", 5), ("kind", 5), ("default", 6)])
def test_a_factor_beside_the_name_of_a_1x1_convolution_is_not_checked(store, tmp_path, io_type, place, factor):
    network = Network((Layer("x", Input(shape=(4, 4, 6))), Layer("l", Conv2D(filters=4, kernel=(1, 1)), ("x",))))
    target = Target(board("pynq-z2"), 10.0, "vitis", io_type)
    design = set_default(Design("made", with_weights(network, store), target), STRATEGY, "resource")
    if place == "default":
        design = set_default(design, REUSE_FACTOR, 5)
    elif place == "kind":
        design = set_on_kind(design, "conv2d", REUSE_FACTOR, 5)
    else:
        design = set_on_layers(design, ("l",), REUSE_FACTOR, 5)
    entry = next(each for each in _built(design, store, tmp_path) if each["name"] == "l")
    (folded,) = Builder(broadcasts=False).build(design).units["l"].folded
    assert folded.reuse_factor == entry["reuse_factor"] == factor


@pytest.mark.parametrize("result", ["binary", "ternary", "ternary_half", "relu"])
@pytest.mark.parametrize("kernel", ["bits", "bits_auto", "binary", "po2"])
def test_steps_behind_norms_are_built_as_the_engine_says(kernel, result, store, tmp_path):
    network = with_weights(quantised.deep(kernel, result), store)
    design = Design("deep", network, Target(board("pynq-z2"), 5.0))
    planned = Builder(broadcasts=False).build(design).plan.nodes
    built = describe(build_graph(design, store, tmp_path), design)
    assert [(node.name, node.kind) for node in planned] == [(entry["name"], entry["class"]) for entry in built]


def _built(design, store, folder):
    """What hls4ml built; None where it refuses the design, as it does some that the engine can describe."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return describe(build_graph(design, store, folder), design)
        except ConversionError:
            return None


def _types(unit):
    return {role: value for role, value in unit.types.items() if role != "passed_on"}


def _check_folding(unit, entry):
    if not unit.folded:
        return
    assert unit.folded[0].strategy == entry["strategy"]
    theirs = [entry["reuse_factor"], entry["attributes"].get("recurrent_reuse_factor", entry["reuse_factor"])]
    assert [unit.folded[0].reuse_factor, unit.folded[-1].reuse_factor] == theirs
    if unit.partitions > 1:
        assert unit.partitions == entry["attributes"]["n_partitions"]
