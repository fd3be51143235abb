"""Convolutions of single bits in Verilog against the golden model."""

from dataclasses import replace

import numpy as np
import pytest

from engine.boards import board
from engine.design import Design, Target, set_on_layers
from engine.emulate.exact.numbers import Exact
from engine.flows.rtl.blocks.accumulation import accumulation
from engine.flows.rtl.blocks.convolution import _with_rows
from engine.network import Layer, Network
from engine.network.kinds import Activation, BatchNorm, Conv2D, DepthwiseConv1D, DepthwiseConv2D, Input
from engine.precision import FixedType, parse
from tests.engine.flows.hls4ml.quantised import KERNELS, RESULTS
from tests.engine.flows.rtl.running import assert_exact, built, with_positive_variances
from tests.samples import with_random_weights

TARGET = Target(board("pynq-z2"), 10.0, "vitis", "io_stream")
SIGNS, NUMBERS = False, True
CASES = [
    (Conv2D(filters=3), "binary", 9, SIGNS),
    (Conv2D(filters=2), "binary", 1, SIGNS),
    (Conv2D(filters=3, padding="same"), "ternary", 18, SIGNS),
    (DepthwiseConv2D(), "binary", 1, SIGNS),
    (DepthwiseConv2D(), "binary", 9, SIGNS),
    # Taps that do not go into the multipliers at once are filled up.
    (DepthwiseConv2D(padding="same"), "binary", 2, NUMBERS),
    (DepthwiseConv2D(), "binary", 4, NUMBERS),
    (DepthwiseConv1D(kernel=(2,)), "binary", 2, NUMBERS),
]
STEP = Activation(function="linear")


def bits_into(store, cases):
    """Each case behind bits of its own, which stand for −1 and 1; or an input of the type ap_uint<1>."""
    layers, settings = [], []
    for number, (op, kernel, reuse_factor, as_numbers) in enumerate(cases):
        shape = (7, 3) if isinstance(op, DepthwiseConv1D) else (4, 5, 2)
        layers += [Layer(f"in{number}", Input(shape=shape))]
        if as_numbers:
            settings += [(f"in{number}", "result", parse("ap_uint<1>"))]
        else:
            layers += [Layer(f"norm{number}", BatchNorm(), (f"in{number}",))]
            layers += [Layer(f"bit{number}", STEP, (f"norm{number}",), (), (("result", RESULTS["binary"]),))]
        source = f"in{number}" if as_numbers else f"bit{number}"
        layers += [Layer(f"conv{number}", op, (source,), (), (("kernel", KERNELS[kernel]),))]
        settings += [(f"conv{number}", "strategy", "Resource"), (f"conv{number}", "reuse_factor", reuse_factor)]
    network = with_positive_variances(with_random_weights(Network(tuple(layers)), store), store)
    design = Design("bits", network, TARGET)
    for name, key, value in settings:
        design = set_on_layers(design, (name,), key, value)
    return design


@pytest.mark.compiler
def test_convolutions_of_bits_are_bit_exact_in_the_cycles_foretold(store, tmp_path):
    specification, hardware = built(bits_into(store, CASES), store)
    operations = [specification.by_name[name].operation for name in ("conv4", "conv6")]
    assert [(each.counts, each.doubled) for each in operations] == [(True, 18), (False, 18)]
    assert_exact(specification, hardware, tmp_path)


def test_counted_bits_of_taps_that_fill_up_steps(store):
    specification, _ = built(bits_into(store, [(DepthwiseConv2D(), "binary", 2, SIGNS)]), store)
    operation = replace(specification.by_name["conv0"].operation, window=None, doubled=0)
    bits = np.random.default_rng(3).integers(0, 2, (50, 9, 2))
    counted = operation.apply([Exact(bits, 0, 1)], operation.accum).codes
    sums = _with_rows(accumulation("conv0", operation, FixedType(1, 1, signed=False)), 10)
    products = (np.concatenate([bits, bits[:, :1]], axis=1) * sums.weights).sum(axis=1)
    total = (products << sums.total.fraction - sums.product.fraction) + sums.bias
    assert operation.counts
    assert (total << operation.accum.fraction - sums.total.fraction == counted).all()
