"""Edges of convolutions and pooling."""

from dataclasses import replace
from math import ceil

from engine.network import Shape
from engine.network.kinds import Pad1D, Pad2D
from engine.network.kinds.windows import same_padding
from engine.readers.onnx.site import RefusedError, Site
from engine.readers.onnx.values import Flow

Pairs = tuple[tuple[int, int], ...]


def edges(
    site: Site, flow: Flow, window: tuple[int, ...], strides: tuple[int, ...], dilation: tuple[int, ...]
) -> tuple[Pairs, bool]:
    """How much is added before and after each axis, and whether that is what Keras calls 'same'."""
    if min(*window, *strides, *dilation) < 1:
        raise site.damaged("Its window is damaged")
    reach = _reach(window, dilation)
    same = tuple(same_padding(n, k, s) for n, k, s in zip(flow.shape[:-1], reach, strides, strict=True))
    automatic = site.text("auto_pad", "NOTSET")
    if automatic == "SAME_UPPER":
        return same, True
    if automatic == "SAME_LOWER":
        turned = tuple((after, before) for before, after in same)
        return turned, turned == same
    axes = len(window)
    stated = site.wholes("pads", (0,) * (2 * axes)) if automatic == "NOTSET" else (0,) * (2 * axes)
    if min(stated) < 0:
        raise RefusedError("it cuts edges off", "Use padding of zero or more.")
    pairs = tuple(zip(stated[:axes], stated[axes:], strict=True))
    return pairs, _is_same(flow.shape, pairs, reach, strides)


def _reach(window: tuple[int, ...], dilation: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(d * (k - 1) + 1 for k, d in zip(window, dilation, strict=True))


def _is_same(shape: Shape, pairs: Pairs, reach: tuple[int, ...], strides: tuple[int, ...]) -> bool:
    """Whether these edges are Keras's; with 'same', it fixes the number of places too."""
    axes = list(zip(shape[:-1], reach, strides, strict=True))
    places = all((n + sum(pair) - k) // s + 1 == ceil(n / s) for (n, k, s), pair in zip(axes, pairs, strict=True))
    return places and pairs == tuple(same_padding(n, k, s) for n, k, s in axes)


def padded(
    site: Site, flow: Flow, window: tuple[int, ...], strides: tuple[int, ...], dilation: tuple[int, ...]
) -> tuple[Flow, str]:
    """The flow with zeros around where Keras has no word for it, and Keras's word for the rest."""
    pairs, same = edges(site, flow, window, strides, dilation)
    if any(extent for pair in pairs for extent in pair):
        return (flow, "same") if same else (with_zeros(site, flow, pairs), "valid")
    layer = site.draft.layers[flow.layer]
    if isinstance(layer.op, Pad1D | Pad2D) and not flow.shared:
        before = site.draft.shapes[layer.inputs[0]]
        zeros = tuple(zip(layer.op.padding[::2], layer.op.padding[1::2], strict=True))
        if _is_same(before, zeros, _reach(window, dilation), strides):
            site.draft.remove(flow.layer)
            return replace(flow, layer=layer.inputs[0], shape=before), "same"
    return flow, "valid"


def with_zeros(site: Site, flow: Flow, pairs: Pairs) -> Flow:
    """A layer that puts zeros around each axis but the channels."""
    flat = tuple(extent for pair in pairs for extent in pair)
    return site.add(Pad1D(flat) if len(pairs) == 1 else Pad2D(flat), flow, suffix="_padded")
