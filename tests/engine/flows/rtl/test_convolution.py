"""Convolutions in Verilog against the golden model, and their cycles against the formula."""

import pytest

from engine.network.kinds import Conv1D, Conv2D, DepthwiseConv2D
from engine.precision import parse
from tests.engine.flows.rtl.branching import Branch, assert_branches_exact

TYPES = {"weight": parse("ap_fixed<5,1>"), "result": parse("ap_fixed<9,5>")}


def conv(shape, op, reuse_factor):
    """A convolution with a reuse factor."""
    return Branch(shape, [op], {0: TYPES | {"strategy": "Resource", "reuse_factor": reuse_factor}})


PARALLEL = [
    conv((5, 6, 4), Conv2D(filters=2, kernel=(3, 3)), 9),
    conv((5, 6, 4), Conv2D(filters=2, kernel=(3, 3)), 36),
    conv((4, 5, 2), Conv2D(filters=2, kernel=(3, 3)), 2),
    conv((4, 5, 2), Conv2D(filters=2, kernel=(2, 2)), 1),
    conv((4, 5, 1), Conv2D(filters=2, kernel=(3, 3), padding="same", strides=(2, 2)), 1),
    conv((5, 6, 2), Conv2D(filters=2, kernel=(3, 3), padding="same"), 18),
    conv((4, 5, 2), Conv2D(filters=1, kernel=(3, 3), padding="same"), 3),
    conv((7, 6, 2), Conv2D(filters=2, kernel=(2, 3), strides=(2, 3)), 12),
    conv((7, 6, 2), Conv2D(filters=2, kernel=(3, 2), strides=(3, 2), padding="same"), 3),
    conv((7, 6, 2), Conv2D(filters=2, kernel=(3, 2), strides=(2, 1), padding="same"), 12),
    conv((9, 4), Conv1D(filters=3, kernel=(3,)), 6),
    conv((9, 4), Conv1D(filters=3, kernel=(4,), strides=(2,), padding="same"), 8),
    conv((9, 1), Conv1D(filters=3, kernel=(4,), padding="same"), 2),
    conv((6, 4, 4), Conv2D(filters=3, kernel=(1, 1)), 4),
    conv((6, 4, 4), Conv2D(filters=3, kernel=(1, 1), strides=(2, 2)), 4),
    conv((4, 1, 3), Conv2D(filters=3, kernel=(2, 1)), 2),
]


@pytest.mark.compiler
def test_convolutions_are_bit_exact_in_the_cycles_foretold(store, tmp_path):
    assert_branches_exact(store, tmp_path, PARALLEL, "io_parallel")


STREAMED = [
    conv((5, 6, 4), Conv2D(filters=4, kernel=(3, 3)), 72),
    conv((9, 3), Conv1D(filters=4, kernel=(3,), strides=(2,)), 36),
    conv((4, 5, 2), DepthwiseConv2D(kernel=(3, 3)), 1),
    conv((4, 5, 4), DepthwiseConv2D(kernel=(3, 3)), 4),
    conv((4, 5, 4), DepthwiseConv2D(kernel=(3, 3)), 9),
    conv((4, 5, 4), DepthwiseConv2D(kernel=(3, 3)), 18),
    conv((7, 6, 4), DepthwiseConv2D(kernel=(3, 3), strides=(2, 2)), 3),
    conv((7, 6, 4), DepthwiseConv2D(kernel=(3, 3), strides=(2, 2)), 36),
]


@pytest.mark.compiler
def test_streamed_and_depthwise_convolutions_are_bit_exact_in_the_cycles_foretold(store, tmp_path):
    assert_branches_exact(store, tmp_path, STREAMED)
