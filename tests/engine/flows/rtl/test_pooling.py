"""Pooling in Verilog against the golden model, and its cycles against the formula."""

import pytest

from engine.flows.rtl.errors import NotGeneratedError
from engine.network.kinds import GlobalPool, Pool1D, Pool2D
from engine.precision import parse
from tests.engine.flows.rtl.branching import Branch, assert_branches_exact, branched
from tests.engine.flows.rtl.running import built


def pooled(shape, op, accum="", result="ap_fixed<9,5>", source="ap_fixed<8,4>"):
    """A pooling with its types."""
    chosen = {"result": parse(result)} | ({"accum": parse(accum)} if accum else {})
    return Branch(shape, [op], {0: chosen}, source)


BOTH = [
    pooled((4, 6, 3), Pool2D()),
    pooled((5, 7, 3), Pool2D("average"), result="ap_fixed<12,5,AP_RND,AP_SAT>"),
    pooled((7, 8, 2), Pool2D("average", (3, 3), (3, 3)), "ap_fixed<14,6>"),
    pooled((5, 5, 2), Pool2D("max", (2, 3), (2, 3)), "ap_fixed<10,4,AP_RND,AP_WRAP>"),
    pooled((4, 4, 2), Pool2D("average"), "ap_fixed<9,3,AP_RND,AP_WRAP>"),
    pooled((9, 2), Pool1D("average", (2,), (2,))),
    pooled((9, 1), Pool1D("max", (3,), (3,))),
    pooled((3, 4, 3), GlobalPool("average"), "ap_fixed<18,9>"),
    pooled((3, 4, 3), GlobalPool("average"), "ap_fixed<9,3,AP_RND_CONV,AP_WRAP>"),
    pooled((6, 1), GlobalPool("average"), "ap_fixed<8,3,AP_RND_ZERO,AP_SAT>"),
    pooled((3, 4, 2), GlobalPool("max"), "ap_fixed<9,2,AP_TRN,AP_SAT>"),
]
STREAMED = BOTH
PARALLEL = [
    *BOTH,
    pooled((4, 4, 2), Pool2D("average"), "ap_fixed<9,2,AP_RND_CONV,AP_SAT>"),
    pooled((5, 5, 2), Pool2D("max", (2, 2), (3, 2)), "ap_fixed<10,4,AP_RND,AP_WRAP>"),
    pooled((5, 6, 2), Pool2D("max", (3, 3), (2, 2)), "ap_fixed<12,4,AP_RND,AP_SAT>"),
    pooled((5, 6, 2), Pool2D("average", (3, 2), (2, 1)), "ap_fixed<9,3,AP_RND,AP_WRAP>"),
    pooled((5, 5, 2), Pool2D("max", (2, 2), (2, 2), "same"), "ap_fixed<18,8>"),
    pooled((5, 5, 2), Pool2D("max", (3, 3), (1, 1), "same"), "ap_fixed<18,8>"),
    pooled((5, 5, 2), Pool2D("max", (2, 2), (2, 2), "same"), "ap_ufixed<18,8>", "ap_ufixed<6,4>", "ap_ufixed<5,3>"),
]


@pytest.mark.compiler
@pytest.mark.parametrize(("io_type", "branches"), [("io_stream", STREAMED), ("io_parallel", PARALLEL)])
def test_pooling_is_bit_exact_in_the_cycles_foretold(io_type, branches, store, tmp_path):
    assert_branches_exact(store, tmp_path, branches, io_type)


def test_means_whose_order_of_additions_decides_are_refused_with_a_way_out(store):
    branch = pooled((4, 4, 2), Pool2D("average"), "ap_fixed<9,2,AP_RND_CONV,AP_SAT>")
    with pytest.raises(NotGeneratedError, match="order of additions") as refused:
        built(branched(store, [branch]), store)
    assert refused.value.problem.layer == "branch0_0"


def test_means_over_fewer_values_at_an_edge_are_refused_with_a_way_out(store):
    branch = pooled((5, 5, 2), Pool2D("average", (2, 2), (2, 2), "same"))
    with pytest.raises(NotGeneratedError, match="fewer values"):
        built(branched(store, [branch], "io_parallel"), store)
