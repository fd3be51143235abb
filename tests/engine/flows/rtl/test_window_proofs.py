"""Proof that windows in Verilog equal the golden model: random shapes, kernels, strides, paddings, reuse factors."""

from math import prod

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from engine.flows.hls4ml.rules import legal_reuse_factors
from engine.network import TensorStore
from engine.network.kinds import Conv1D, Conv2D, DepthwiseConv2D, Pad2D, Pool2D, UpSample2D
from engine.network.kinds.windows import same_padding
from engine.precision import parse
from tests.engine.flows.rtl.branching import Branch, assert_branches_exact

pytestmark = [pytest.mark.proof, pytest.mark.compiler]

AT_ONCE = 5
"""Branches of one compilation, which takes far longer than its run."""
PROVED = settings(
    max_examples=12,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
SMALL = st.integers(1, 3)
TYPES = st.sampled_from(["ap_fixed<8,4>", "ap_ufixed<5,2>", "ap_fixed<11,3>"])


@st.composite
def geometry(draw):
    """Extents, kernel, strides and padding of a window that fits."""
    kernel, strides = (draw(st.tuples(SMALL, SMALL)) for _ in range(2))
    extents = tuple(draw(st.integers(max(size, 2), 7)) for size in kernel)
    return extents, kernel, strides, draw(st.sampled_from(["valid", "same"]))


@st.composite
def convolutions(draw, streamed):
    extents, kernel, strides, padding = draw(geometry())
    channels, filters = draw(SMALL), draw(st.integers(1, 4))
    n_in = prod(kernel) * channels
    legal = [each for each in legal_reuse_factors(n_in, filters) if streamed or n_in % each == 0]
    chosen = {
        "strategy": "Resource",
        "reuse_factor": draw(st.sampled_from(legal)),
        "weight": parse(draw(st.sampled_from(["ap_fixed<4,1>", "ap_fixed<9,2>"]))),
        "result": parse("ap_fixed<9,5,AP_RND,AP_SAT>"),
    }
    op = Conv2D(filters=filters, kernel=kernel, strides=strides, padding=padding)
    if draw(st.booleans()):
        op = Conv1D(filters=filters, kernel=kernel[1:], strides=strides[1:], padding=padding)
        n_in = kernel[1] * channels
        legal = [each for each in legal_reuse_factors(n_in, filters) if streamed or n_in % each == 0]
        chosen["reuse_factor"] = draw(st.sampled_from(legal))
        extents = extents[1:]
    return Branch((*extents, channels), [op], {0: chosen}, draw(TYPES))


@st.composite
def depthwise(draw):
    extents, kernel, strides, padding = draw(geometry())
    channels = draw(st.integers(1, 4))
    legal = legal_reuse_factors(prod(kernel) * channels, channels)
    chosen = {"strategy": "Resource", "reuse_factor": draw(st.sampled_from(legal)), "result": parse("ap_fixed<9,5>")}
    op = DepthwiseConv2D(kernel=kernel, strides=strides, padding=padding)
    return Branch((*extents, channels), [op], {0: chosen}, draw(TYPES))


@st.composite
def pools(draw):
    extents, kernel, strides, padding = draw(geometry())
    mode = draw(st.sampled_from(["max", "average"]))
    if any(max(same_padding(*axis)) for axis in zip(extents, kernel, strides, strict=True)) and mode == "average":
        padding = "valid"
    chosen = {"accum": parse(draw(st.sampled_from(["ap_fixed<18,9>", "ap_fixed<9,4,AP_RND_CONV,AP_SAT>"])))}
    return Branch((*extents, draw(SMALL)), [Pool2D(mode, kernel, strides, padding)], {0: chosen}, draw(TYPES))


@st.composite
def moves(draw):
    shape = (draw(st.integers(1, 4)), draw(st.integers(1, 4)), draw(SMALL))
    pads = draw(st.tuples(*[st.integers(0, 2)] * 4))
    return Branch(shape, [draw(st.sampled_from([Pad2D(padding=pads), UpSample2D(size=draw(st.tuples(SMALL, SMALL)))]))])


def several(branches):
    """Branches of one design."""
    return st.lists(branches, min_size=AT_ONCE, max_size=AT_ONCE)


def prove(tmp_path_factory, branches, io_type):
    folder = tmp_path_factory.mktemp("proof")
    assert_branches_exact(TensorStore(folder / "tensors"), folder, branches, io_type)


@PROVED
@given(several(convolutions(streamed=False)))
def test_convolutions_side_by_side(tmp_path_factory, branches):
    prove(tmp_path_factory, branches, "io_parallel")


@PROVED
@given(several(st.one_of(convolutions(streamed=True), depthwise())))
def test_streamed_convolutions(tmp_path_factory, branches):
    prove(tmp_path_factory, branches, "io_stream")


@PROVED
@given(several(pools()))
def test_pools(tmp_path_factory, branches):
    prove(tmp_path_factory, branches, "io_parallel")


@PROVED
@given(several(moves()))
def test_moves(tmp_path_factory, branches):
    prove(tmp_path_factory, branches, "io_stream")
