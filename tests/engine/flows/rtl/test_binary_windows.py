"""Convolutions of single bits in Verilog against the golden model."""

import pytest

from engine.boards import board
from engine.design import Design, Target, set_on_layers
from engine.flows.rtl.errors import NotGeneratedError
from engine.network import Layer, Network
from engine.network.kinds import Activation, Conv2D, DepthwiseConv2D, Input
from engine.precision import parse
from tests.engine.flows.hls4ml.quantised import KERNELS
from tests.engine.flows.rtl.running import assert_exact, built
from tests.samples import with_random_weights

TARGET = Target(board("pynq-z2"), 10.0, "vitis", "io_stream")
CASES = [
    (Conv2D(filters=3, padding="same"), "binary", 9),
    (Conv2D(filters=2), "binary", 1),
    (Conv2D(filters=3, padding="same"), "ternary", 18),
]


def bits_into(store, cases):
    """Each case behind bits of its own."""
    layers, settings = [], []
    for number, (op, kernel, reuse_factor) in enumerate(cases):
        layers += [Layer(f"in{number}", Input(shape=(4, 5, 2)))]
        layers += [Layer(f"bit{number}", Activation(function="binary_tanh"), (f"in{number}",))]
        layers += [Layer(f"conv{number}", op, (f"bit{number}",), (), (("kernel", KERNELS[kernel]),))]
        settings += [(f"bit{number}", "result", parse("ap_uint<1>")), (f"conv{number}", "strategy", "Resource")]
        settings += [(f"conv{number}", "reuse_factor", reuse_factor)]
    design = Design("bits", with_random_weights(Network(tuple(layers)), store), TARGET)
    for name, key, value in settings:
        design = set_on_layers(design, (name,), key, value)
    return design


@pytest.mark.compiler
def test_convolutions_of_bits_are_bit_exact_in_the_cycles_foretold(store, tmp_path):
    specification, hardware = built(bits_into(store, CASES), store)
    assert specification.by_name["conv0"].operation.counts
    assert_exact(specification, hardware, tmp_path)


def test_depthwise_convolutions_that_count_bits_are_refused_with_a_way_out(store):
    with pytest.raises(NotGeneratedError, match="single bits") as refused:
        built(bits_into(store, [(DepthwiseConv2D(), "binary", 4)]), store)
    assert refused.value.problem.layer == "conv0"
