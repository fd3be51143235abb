"""Zeros around pictures, up-sampling and transposition in Verilog against the golden model."""

import pytest

from engine.flows.rtl.rooms import Room
from engine.flows.rtl.timeline import timeline
from engine.network.kinds import Activation, Conv1D, Conv2D, Pad1D, Pad2D, Permute, UpSample1D, UpSample2D
from engine.precision import parse
from tests.engine.flows.rtl.branching import Branch, assert_branches_exact, branched
from tests.engine.flows.rtl.running import built

FEW = {"weight": parse("ap_fixed<5,1>"), "result": parse("ap_fixed<9,5>"), "strategy": "Resource"}

STOPPED = Branch(
    (5, 3, 2), [Conv2D(filters=4, padding="same"), Pad2D(padding=(2, 2, 2, 2))], {0: FEW | {"reuse_factor": 9}}
)
"""Words come in fours, and wait while zeros are put in: the convolution would stand still and be late."""
STREAMED = [
    Branch((3, 4, 2), [Pad2D(padding=(1, 2, 0, 3))]),
    Branch((3, 4, 2), [Pad2D(padding=(1, 1, 1, 1)), Activation()], {1: {"result": parse("ap_ufixed<5,3>")}}),
    Branch((5, 3), [Pad1D(padding=(2, 1))]),
    Branch((3, 4, 2), [UpSample2D(size=(2, 3))]),
    Branch((4, 3), [UpSample1D(size=2)]),
    Branch((5, 6, 2), [Conv2D(filters=4, padding="same")], {0: FEW | {"reuse_factor": 18}}),
    Branch((5, 6, 2), [Conv2D(filters=2, padding="same")], {0: FEW | {"reuse_factor": 36}}),
    Branch((5, 6, 2), [Conv2D(filters=2, padding="same", strides=(2, 2))], {0: FEW | {"reuse_factor": 2}}),
    Branch((7, 2), [Conv1D(filters=2, padding="same", strides=(2,))], {0: FEW | {"reuse_factor": 12}}),
    Branch((4, 4, 2), [Pad2D(padding=(3, 0, 0, 0)), Conv2D(filters=2)], {1: FEW | {"reuse_factor": 18}}),
    STOPPED,
]
PARALLEL = [
    Branch((3, 4, 2), [Permute(order=(2, 1, 3))]),
    Branch((3, 4, 2), [Permute(order=(3, 1, 2))]),
    Branch((3, 4), [Permute(order=(2, 1))]),
    Branch((3, 4, 2), [UpSample2D(size=(2, 2))]),
    Branch((4, 4, 2), [Pad2D(padding=(1, 0, 0, 1)), Conv2D(filters=2)], {1: FEW | {"reuse_factor": 18}}),
]


@pytest.mark.compiler
@pytest.mark.parametrize(("io_type", "branches"), [("io_stream", STREAMED), ("io_parallel", PARALLEL)])
def test_moved_values_are_exact_in_the_cycles_foretold(io_type, branches, store, tmp_path):
    assert_branches_exact(store, tmp_path, branches, io_type)


def test_a_convolution_puts_the_zeros_around_its_picture_itself(store):
    branch = Branch((5, 6, 2), [Conv2D(filters=4, padding="same")])
    specification, hardware = built(branched(store, [branch]), store)
    assert len(specification.stages) == 3
    assert [block.layers for block in hardware.blocks] == [("branch0_0",)]


def test_more_zeros_than_the_window_is_wide_are_put_around_by_a_module_of_their_own(store):
    branch = Branch((4, 4, 2), [Pad2D(padding=(3, 0, 0, 0)), Conv2D(filters=2)])
    _, hardware = built(branched(store, [branch]), store)
    assert [block.layers for block in hardware.blocks] == [("branch0_0",), ("branch0_1",)]


def test_a_fifo_lies_where_letting_words_wait_would_cost_cycles(store):
    _, hardware = built(branched(store, [STOPPED]), store)
    assert dict(timeline(hardware).rooms) == {("branch0_1", 0): Room(parts=8)}
