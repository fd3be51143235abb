"""Networks of single bits and of −1, 0 and 1 in Verilog against the golden model."""

from dataclasses import replace

import pytest

from engine.boards import board
from engine.design import Design, Target, set_on_layers
from engine.emulate.exact.products import Sum, Threshold
from engine.network import Layer, Network
from engine.network.kinds import Activation, BatchNorm, Input
from tests.engine.flows.hls4ml import quantised
from tests.engine.flows.rtl.running import assert_exact, assert_lint_clean, built, with_positive_variances
from tests.samples import with_random_weights

TARGET = Target(board("pynq-z2"), 10.0)
# kernel, steps between the layers, reuse factor
CASES = [
    ("binary", "binary", 1),
    ("binary", "binary", 6),
    ("ternary", "ternary", 2),
    ("bits", "binary", 2),
    ("po2", "binary", 3),
    ("binary", "relu", 6),
]


def side_by_side(store):
    """All cases, each layer's name with the case's number."""
    layers = []
    for index, (kernel, result, _) in enumerate(CASES):
        for layer in quantised.deep(kernel, result).layers:
            inputs = tuple(f"{name}_{index}x" for name in layer.inputs)
            layers.append(replace(layer, name=f"{layer.name}_{index}x", inputs=inputs))
    layers += [
        Layer("bit_in", Input(shape=(6,))),
        Layer("step_norm", BatchNorm(), ("bit_in",)),
        Layer("bit", Activation(function="linear"), ("step_norm",), (), (("result", quantised.RESULTS["binary"]),)),
        Layer("bit_norm", BatchNorm(), ("bit",)),
    ]
    network = with_positive_variances(with_random_weights(Network(tuple(layers)), store), store)
    design = Design("bits", network, TARGET)
    for index, (_, _, reuse_factor) in enumerate(CASES):
        for name in (f"layer_{index}x", f"third_{index}x"):
            design = set_on_layers(design, (name,), "strategy", "Resource")
            design = set_on_layers(design, (name,), "reuse_factor", reuse_factor)
    return design


@pytest.mark.compiler
def test_networks_of_bits_are_bit_exact(store, tmp_path):
    specification, hardware = built(side_by_side(store), store)
    assert specification.by_name["bit_norm"].operation.reads_bits
    kinds = {type(stage.operation) for stage in specification.stages}
    assert Threshold in kinds
    assert any(stage.operation.counts for stage in specification.stages if isinstance(stage.operation, Sum))
    assert_lint_clean(hardware, tmp_path)
    assert_exact(specification, hardware, tmp_path, frames=60)
