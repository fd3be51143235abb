"""Pooling."""

from engine.network.kinds import GlobalPool, Pool1D, Pool2D
from engine.readers.onnx.layers.registry import reads
from engine.readers.onnx.layers.windows import edges, with_zeros
from engine.readers.onnx.scaling import linear, positive
from engine.readers.onnx.site import RefusedError, Site
from engine.readers.onnx.values import Flow

_EDGES = "Pool without padding, or with as much as auto_pad SAME_UPPER adds."


@reads("MaxPool", "AveragePool")
def _pool(site: Site) -> Flow:
    largest = site.node.op_type == "MaxPool"
    flow = site.flow()
    axes = len(flow.shape) - 1
    if axes not in (1, 2):
        raise RefusedError("only pooling over one or two axes is supported", "Use MaxPool1d or MaxPool2d.")
    flow = positive(site, flow) if largest else linear(site, flow)
    flow = site.with_channels_last(flow)
    window = site.wholes("kernel_shape", (0,) * axes)
    strides = site.wholes("strides", (1,) * axes)
    if set(site.wholes("dilations", (1,) * axes)) != {1}:
        raise RefusedError("pooling of values apart from each other is not supported", "Use dilations of 1.")
    flow, padding = _padded(site, flow, window, strides)
    _check_ceiling(site, flow, window, strides, padding)
    op = (Pool1D, Pool2D)[axes - 1](mode="max" if largest else "average", pool=window, strides=strides, padding=padding)
    return site.add(op, flow)


def _padded(site: Site, flow: Flow, window: tuple[int, ...], strides: tuple[int, ...]) -> tuple[Flow, str]:
    pairs, same = edges(site, flow, window, strides, (1,) * len(window))
    if not any(extent for pair in pairs for extent in pair):
        return flow, "valid"
    counts_zeros = site.node.op_type == "AveragePool" and site.flag("count_include_pad", False)
    if counts_zeros:
        return with_zeros(site, flow, pairs), "valid"
    if same:
        return flow, "same"
    # Nothing that a ReLU yields is below zero.
    if site.node.op_type == "MaxPool" and getattr(site.draft.layers[flow.layer].op, "function", "") == "relu":
        return with_zeros(site, flow, pairs), "valid"
    raise RefusedError("it pools over edges in a way of its own", _EDGES)


def _check_ceiling(site: Site, flow: Flow, window: tuple[int, ...], strides: tuple[int, ...], padding: str) -> None:
    if not site.flag("ceil_mode", False) or padding == "same":
        return
    axes = zip(flow.shape[:-1], window, strides, strict=True)
    if any((extent - size) % step for extent, size, step in axes):
        raise RefusedError("it pools windows that are not full", "Export the model with ceil_mode=False.")


@reads("GlobalAveragePool", "GlobalMaxPool")
def _global_pool(site: Site) -> Flow:
    flow = site.flow()
    largest = site.node.op_type == "GlobalMaxPool"
    flow = site.with_channels_last(positive(site, flow) if largest else linear(site, flow))
    return site.add(GlobalPool("max" if largest else "average", keepdims=True), flow)


@reads("ReduceMean", "ReduceMax")
def _reduce(site: Site) -> Flow:
    flow = site.flow()
    rank = len(flow.shape)
    listed = site.listed(1, "list of axes")
    stated = site.wholes("axes", ()) if listed is None else listed
    wanted = {axis % (rank + 1) - 1 for axis in stated}
    kept = set(range(rank)) - wanted
    if rank not in (2, 3) or -1 in wanted or len(kept) != 1:
        raise RefusedError(
            "it reduces other axes than all but the channels", "Reduce rows and columns, or use pooling."
        )
    largest = site.node.op_type == "ReduceMax"
    flow = positive(site, flow) if largest else linear(site, flow)
    channel = kept.pop()
    order = tuple(rank - 1 if axis == channel else axis - (axis > channel) for axis in range(rank))
    flow = site.laid_out(flow, order)
    keeps = site.flag("keepdims", True)
    found = site.add(GlobalPool("max" if largest else "average", keepdims=keeps), flow)
    return found if keeps else Flow(found.layer, found.shape, (0,), scale=found.scale, shift=found.shift)
