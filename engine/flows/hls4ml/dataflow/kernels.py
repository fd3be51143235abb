"""The timing of every streamed kernel of hls4ml 1.3, read off its templates (`nnet_*_stream.h`, Vivado and Vitis)."""

from collections.abc import Callable
from math import prod

import numpy as np
from numpy.typing import NDArray

from engine.design import REUSE_FACTOR
from engine.flows.hls4ml.dataflow.timing import (
    READ,
    UNPIPELINED,
    WINDOW,
    Job,
    Timing,
    gathered,
    one_by_one,
    pipelined,
    product_depth,
    sum_depth,
    ticks,
    tree_depth,
)
from engine.flows.hls4ml.nodes import POINTWISE

_TABLE = 4
"""Cycles of an activation from a table: index, read, register (one report: 4 for a single word)."""
_SOFTMAX = 20
"""Two tables, a sum and a product (reports: 20 with Vitis HLS, 38 with Vivado HLS 2020.1)."""
_RECURRENT_STEP = 11
"""Cycles of a GRU's or LSTM's step beyond its reuse factor (U250 and VU13P)."""


def conv(job: Job) -> Timing:
    """`compute_output_buffer_*d`: every pixel is shifted in, those that complete a window are multiplied."""
    folded, windowed = job.unit.folded[0], prod(_kernel(job)) > 1
    shift = READ + (WINDOW if windowed else 0)
    hits = _window_ends(job)
    if folded.strategy in UNPIPELINED:
        return one_by_one(hits, shift + folded.reuse_factor + product_depth(job.unit), shift)
    # Vivado HLS finds a dependence between two pixels through the window's function; Vitis HLS does not.
    each = folded.reuse_factor + (0 if job.vitis else WINDOW)
    return pipelined([len(hits)], each, shift + product_depth(job.unit) + sum_depth(folded.fold), hits)


def _kernel(job: Job) -> tuple[int, ...]:
    op = job.unit.node.layer.op
    if job.unit.node.half == POINTWISE or job.unit.node.kind.startswith("Pointwise"):
        return (1,) * (len(job.unit.node.shape) - 1)
    extents: tuple[int, ...] = getattr(op, "kernel", ()) or getattr(op, "pool", ())
    return extents


def _strides(job: Job) -> tuple[int, ...]:
    point = (1,) * (len(job.unit.node.shape) - 1)
    found: tuple[int, ...] = getattr(job.unit.node.layer.op, "strides", point)
    return point if job.unit.node.half == POINTWISE else found


def _window_ends(job: Job) -> NDArray[np.bool_]:
    """For each pixel of the input as it is read, zeros included: whether it completes a window."""
    ends = np.ones(1, np.bool_)
    for extent, kernel, stride in zip(job.unit.node.input_shapes[0][:-1], _kernel(job), _strides(job), strict=True):
        place = np.arange(extent) - (kernel - 1)
        ends = np.logical_and.outer(ends, (place >= 0) & (place % stride == 0)).ravel()
    return ends


def dense(job: Job) -> Timing:
    """Gather all words, multiply, write one word; what is not folded sums all at once, whatever the strategy."""
    folded = job.unit.folded[0]
    cycles = folded.reuse_factor + product_depth(job.unit)
    if folded.strategy not in UNPIPELINED or folded.reuse_factor == 1:
        cycles += sum_depth(folded.fold)
    return gathered(job.words_in, cycles, job.words_out)


def pooling(job: Job) -> Timing:
    """A pipelined loop over the pixels; each window is reduced in a tree."""
    hits = _window_ends(job)
    return pipelined([len(hits)], 1, WINDOW + tree_depth(prod(_kernel(job))), hits)


def global_pooling(job: Job) -> Timing:
    """A running result over all words, written once."""
    return gathered(job.words_in, 2, job.words_out)


def wordwise(depth: int) -> Callable[[Job], Timing]:
    """A pipelined loop that turns each word into one, `depth` cycles later."""
    return lambda job: pipelined([job.words_out] * len(job.words_in), 1, depth)


def tabled(job: Job) -> Timing:
    """Activations: a comparison, or a table."""
    looked_up = getattr(job.unit.node.layer.op, "function", "") in ("sigmoid", "tanh", "softplus", "softsign", "elu")
    return wordwise(_TABLE if looked_up else 2)(job)


def reused(depth: int) -> Callable[[Job], Timing]:
    """As `wordwise`, one word every reuse factor cycles."""

    def timing(job: Job) -> Timing:
        each = min(job.unit.choice.number(REUSE_FACTOR, 1), job.unit.node.shape[-1])
        return pipelined([job.words_out] * len(job.words_in), each, depth)

    return timing


def concatenate(job: Job) -> Timing:
    """Along the channels both are read at once; along other axes stretch by stretch; lists are gathered."""
    node = job.unit.node
    rank = len(node.shape)
    axis = getattr(node.layer.op, "axis", -1) % rank
    if rank == 1:
        return gathered(job.words_in, 1, job.words_out)
    if axis == rank - 1:
        return pipelined(job.words_in, 1, 1)
    stretches = [prod(shape[axis:-1]) for shape in node.input_shapes]
    owner = np.tile(np.repeat(np.arange(len(stretches)), stretches), prod(node.shape[:axis]))
    return Timing([np.flatnonzero(owner == port) for port in range(len(stretches))], ticks(len(owner), 1, 1), 1)


def recurrent(job: Job) -> Timing:
    """A step for each word; the state leaves after every step or after the last one."""
    step = job.unit.folded[-1].reuse_factor + _RECURRENT_STEP
    reads = ticks(job.words_in[0], step)
    return Timing([reads], (reads if job.words_out > 1 else reads[-1:]) + step - 1)


def padding(job: Job) -> Timing:
    """`zeropad*_cl`: one word a cycle, zeros or copies."""
    node = job.unit.node
    *outer, _ = node.shape
    before, inner = _margins(job), node.input_shapes[0][:-1]
    place = np.zeros(outer, bool)
    place[tuple(slice(start, start + extent) for start, extent in zip(before, inner, strict=True))] = True
    return Timing([np.flatnonzero(place.ravel())], ticks(place.size))


def _margins(job: Job) -> list[int]:
    """Zeros in front of each axis: a padding layer's own, or half of what a convolution's window needs."""
    node = job.unit.node
    own: str | tuple[int, ...] = getattr(node.layer.op, "padding", "")
    if isinstance(own, tuple):
        return [own[0]] if len(own) == 2 else [own[0], own[2]]
    inner = node.input_shapes[0][:-1]
    return [(out - into) // 2 for out, into in zip(node.shape[:-1], inner, strict=True)]


def resize(job: Job) -> Timing:
    """`resize_nearest`: a row is read while its copies are written, one pixel a cycle."""
    node = job.unit.node
    width = node.input_shapes[0][-2]
    rows = job.words_in[0] // width
    row = job.words_out // rows
    starts = row * np.arange(rows)
    reads = (starts[:, None] + np.arange(width)).ravel()
    return Timing([reads], (starts[:, None] + 1 + np.arange(row)).ravel(), 1)


def repack(job: Job) -> Timing:
    """`repack_stream`, `broadcast_stream`: words cut into smaller ones, put together, or copied."""
    taken, given = job.words_in[0], job.words_out
    if given >= taken:
        reads = ticks(taken, given // taken)
        return Timing([reads], ticks(given, 1, 1), 1)
    reads = ticks(taken)
    return Timing([reads], reads[taken // given - 1 :: taken // given] + 1, 1)


def transpose(job: Job) -> Timing:
    """The whole tensor is stored, then read back in the other order."""
    return gathered(job.words_in, 2, job.words_out)


KERNELS: dict[str, Callable[[Job], Timing]] = {
    "Dense": dense,
    **dict.fromkeys(("Conv1D", "Conv2D", "PointwiseConv1D", "PointwiseConv2D"), conv),
    **dict.fromkeys(("DepthwiseConv1D", "DepthwiseConv2D"), conv),
    **dict.fromkeys(("Activation", "HardActivation", "TernaryTanh", "ParametrizedActivation", "PReLU"), tabled),
    "Softmax": reused(_SOFTMAX),
    **dict.fromkeys(("Pooling1D", "Pooling2D"), pooling),
    **dict.fromkeys(("GlobalPooling1D", "GlobalPooling2D"), global_pooling),
    **dict.fromkeys(("BatchNormalization", "ApplyAlpha"), reused(5)),
    "BatchNormalizationQuantizedTanh": wordwise(2),
    **dict.fromkeys(("Merge", "Clone"), wordwise(1)),
    "Dot": lambda job: gathered(job.words_in, 5, 1),
    "Concatenate": concatenate,
    **dict.fromkeys(("LSTM", "GRU", "SimpleRNN"), recurrent),
    **dict.fromkeys(("Repack", "Broadcast"), repack),
    **dict.fromkeys(("ZeroPadding1D", "ZeroPadding2D"), padding),
    "Resize": resize,
    "Transpose": transpose,
}
