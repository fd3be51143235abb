"""What each kind of built layer computes, as an operation on whole numbers."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.emulate.exact.merging import Concatenate, Dot, Merge
from engine.emulate.exact.pooling import GlobalPool, Pool
from engine.emulate.exact.products import Scale, Threshold, Window
from engine.emulate.exact.stage import Cast, Entry, Gather, Operation
from engine.flows.hls4ml.class_names import step_levels
from engine.flows.hls4ml.exact.functions import activation, hard, parametrised, prelu, softmax, ternary
from engine.flows.hls4ml.exact.places import padded, repeated, resized, transposed
from engine.flows.hls4ml.exact.site import Site, is_whole
from engine.flows.hls4ml.exact.sums import recurrent, sum_of
from engine.flows.hls4ml.exact.written import written
from engine.network.kinds.windows import same_padding

Array = NDArray[Any]


def operation(site: Site) -> Operation:
    """The operation of one built layer. Raises NoExactModelError."""
    make = _MAKERS.get(site.node.kind)
    if make is None:
        raise site.refused(
            f"There is no bit-exact model of {site.node.kind} yet.", "Emulate with the compiler instead."
        )
    return make(site)


def _norm(site: Site) -> Operation:
    frozen, factor, offset = site.weights.norm(site.node), site.type("scale"), site.type("bias")
    return Scale(written(frozen.values, factor), factor, written(frozen.bias, offset), offset, site.reads_bits)


def _thresholds(site: Site) -> Operation:
    frozen, source = site.weights.norm(site.node), site.source
    middle = -frozen.bias / frozen.values
    if step_levels(site.node.layer) == 2:
        return Threshold(written(_floored(middle, source.fraction), source))
    reach = 0.5 / frozen.values
    low, high = (written(_floored(each, source.fraction), source) for each in (-reach + middle, reach + middle))
    return Threshold(low, high)


def _floored(values: Array, fraction: int) -> Array:
    return np.asarray(np.floor(values * 2**fraction) / 2**fraction)


def _pool(site: Site) -> Operation:
    op = site.op
    window = Window(op.pool, op.strides, op.padding)  # type: ignore[attr-defined]
    return Pool(op.mode, window, site.type("accum"), site.source, site.streamed)  # type: ignore[attr-defined]


def _global_pool(site: Site) -> Operation:
    return GlobalPool(site.op.mode, site.type("accum"), site.streamed)  # type: ignore[attr-defined]


def _merge(site: Site) -> Operation:
    return Merge(site.op.operation)  # type: ignore[attr-defined]


def _dot(site: Site) -> Operation:
    return Dot(site.type("accum"))


def _concatenate(site: Site) -> Operation:
    axis = site.op.axis % len(site.node.shape)  # type: ignore[attr-defined]
    return Concatenate(axis, site.node.input_shapes)


def _transpose(site: Site) -> Operation:
    return Gather(transposed(site.node.input_shapes[0], tuple(axis - 1 for axis in site.op.order)))  # type: ignore[attr-defined]


def _pad(site: Site) -> Operation:
    op, shape = site.op, site.node.input_shapes[0]
    edges = getattr(op, "padding", ())
    if isinstance(edges, tuple):
        return Gather(padded(shape, list(zip(edges[::2], edges[1::2], strict=True))))
    axes = zip(shape[:-1], op.kernel, op.strides, strict=True)  # type: ignore[attr-defined]
    return Gather(padded(shape, [same_padding(n, k, s) for n, k, s in axes]))


def _resize(site: Site) -> Operation:
    return Gather(resized(site.node.input_shapes[0], site.node.shape, streamed=site.streamed))


def _broadcast(site: Site) -> Operation:
    return Gather(repeated(site.node.input_shapes[0], site.node.shape))


_MAKERS: dict[str, Callable[[Site], Operation]] = {
    "Input": lambda site: Entry(is_whole(site.unit.types["result"])),
    **{f"{prefix}{name}": sum_of for name in ("Conv1D", "Conv2D") for prefix in ("", "Pointwise", "Depthwise")},
    "Dense": sum_of,
    **dict.fromkeys(("LSTM", "GRU"), recurrent),
    **dict.fromkeys(("BatchNormalization", "ApplyAlpha"), _norm),
    "BatchNormalizationQuantizedTanh": _thresholds,
    "Activation": activation,
    "HardActivation": hard,
    "ParametrizedActivation": parametrised,
    "PReLU": prelu,
    "TernaryTanh": ternary,
    "Softmax": softmax,
    **dict.fromkeys(("Pooling1D", "Pooling2D"), _pool),
    **dict.fromkeys(("GlobalPooling1D", "GlobalPooling2D"), _global_pool),
    "Merge": _merge,
    "Dot": _dot,
    "Concatenate": _concatenate,
    **dict.fromkeys(("Reshape", "Repack", "Clone"), lambda site: Cast()),
    "Transpose": _transpose,
    **dict.fromkeys(("ZeroPadding1D", "ZeroPadding2D"), _pad),
    "Resize": _resize,
    "Broadcast": _broadcast,
}
