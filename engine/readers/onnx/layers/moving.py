"""Operations that move values."""

from dataclasses import replace
from math import prod

import numpy as np

from engine.network import Shape
from engine.network.kinds import Flatten, GlobalPool, Reshape, UpSample1D, UpSample2D
from engine.readers.onnx.layers.registry import reads
from engine.readers.onnx.layers.windows import with_zeros
from engine.readers.onnx.scaling import linear
from engine.readers.onnx.site import RefusedError, Site
from engine.readers.onnx.values import Constant, Flow, Folded, Turned, placed

_BATCH = "Leave the first axis, the samples, alone."


@reads("Flatten")
def _flatten(site: Site) -> Flow:
    flow = site.flow()
    if site.whole("axis", 1) % (len(flow.shape) + 1) != 1:
        raise RefusedError("it flattens other axes than those of a sample", _BATCH)
    return reshaped(site, flow, (prod(flow.shape),))


@reads("Reshape")
def _reshape(site: Site) -> Flow | Turned:
    target = site.constant(1, "shape").values.ravel()
    if not 1 <= target.size <= 8 or not np.issubdtype(target.dtype, np.integer):
        raise site.damaged("Its shape is damaged")
    wanted = [int(extent) for extent in target]
    value = site.value(0)
    if isinstance(value, Turned):
        return _without_ones(value, wanted)
    flow = site.flow()
    shape = flow.onnx_shape
    if wanted == [-1, shape[-1]] and _comes_back(site):
        return flow
    # A zero keeps an extent; the batch is one sample, or left open.
    wanted = [(1, *shape)[axis] if extent == 0 and axis <= len(shape) else extent for axis, extent in enumerate(wanted)]
    if wanted.count(-1) == 1 and wanted[0] != -1:
        wanted[wanted.index(-1)] = prod(shape) // max(abs(prod(wanted)), 1)
    if min(wanted[1:], default=0) < 1 or prod(wanted[1:]) != prod(shape):
        raise RefusedError("it does not keep the samples apart", _BATCH)
    return reshaped(site, flow, tuple(wanted[1:]))


def _comes_back(site: Site) -> bool:
    """Whether steps or pixels become rows for one product only, as TensorFlow writes dense layers on sequences."""
    product = site.readers.alone(site.node.outputs[0])
    if product is None or product.op_type not in ("MatMul", "Gemm") or not product.outputs:
        return False
    behind = site.readers.alone(product.outputs[0])
    return behind is not None and behind.op_type == "Reshape"


def _without_ones(value: Turned, wanted: list[int]) -> Flow | Turned:
    """A reshaping that takes away axes of one, as PyTorch does it with those of directions."""
    kept = [(place, extent) for place, extent in zip(value.places, value.whole_shape, strict=True) if place is not None]
    if len(wanted) != len(kept) or any(new not in (-1, old) for new, (_, old) in zip(wanted, kept, strict=True)):
        raise RefusedError("it does not keep the samples apart", _BATCH)
    return placed(value.flow, tuple(place for place, _ in kept))


@reads("Squeeze")
def _squeeze(site: Site) -> Flow | Turned:
    value = site.value(0)
    if isinstance(value, Turned):
        return _squeezed(site, value)
    flow = site.flow()
    shape = flow.onnx_shape
    axes = _axes(site, len(shape) + 1) or {axis for axis, extent in enumerate((0, *shape)) if extent == 1}
    if 0 in axes or any(shape[axis - 1] != 1 for axis in axes):
        raise RefusedError("it takes away an axis that is not one", _BATCH)
    return reshaped(site, flow, tuple(extent for axis, extent in enumerate(shape, start=1) if axis not in axes))


def _squeezed(site: Site, value: Turned) -> Flow | Turned:
    ones = {axis for axis, place in enumerate(value.places) if place is None}
    axes = _axes(site, len(value.places)) or ones
    if not axes <= ones:
        raise RefusedError("it takes away an axis that is not one", _BATCH)
    return placed(value.flow, tuple(place for axis, place in enumerate(value.places) if axis not in axes))


@reads("Unsqueeze")
def _unsqueeze(site: Site) -> Flow:
    flow = site.flow()
    shape = list(flow.onnx_shape)
    stated = _axes(site, None)
    axes = {axis % (len(shape) + 1 + len(stated)) for axis in stated}
    if 0 in axes:
        raise RefusedError("it puts an axis before the samples", _BATCH)
    for axis in sorted(axes):
        shape.insert(axis - 1, 1)
    return reshaped(site, flow, tuple(shape))


def _axes(site: Site, rank: int | None) -> set[int]:
    listed = site.listed(1, "list of axes")
    axes = site.wholes("axes", ()) if listed is None else listed
    if len(axes) > 8 or any(abs(axis) > 8 for axis in axes):
        raise site.damaged("Its axes are damaged")
    return {axis if rank is None else axis % rank for axis in axes}


def reshaped(site: Site, flow: Flow, target: Shape) -> Flow:
    """The same values, in ONNX's order, in another shape."""
    if target == flow.onnx_shape:
        return flow
    flow = linear(site, flow)
    layer = site.draft.layers[flow.layer]
    if isinstance(layer.op, GlobalPool) and len(target) == 1 and not flow.shared:
        # Without the axes that it has reduced, a global pooling yields the list itself.
        site.draft.replace_op(flow.layer, replace(layer.op, keepdims=False))
        return replace(flow, shape=target, axes=(0,))
    if len(target) != 1:
        straight = site.straight(flow)
        found = straight if straight.shape == target else site.add(Reshape(target), straight)
        return replace(found, axes=tuple(range(len(target))))
    flat = site.add(Flatten(), flow)
    folded = Folded(flow.shape, flow.axes)
    wide = [axis for axis in flow.axes if flow.shape[axis] > 1]
    return replace(flat, axes=(0,), folded=None if wide == sorted(wide) else folded)


@reads("Transpose")
def _transpose(site: Site) -> Flow | Turned:
    flow, places = site.placed()
    order = site.wholes("perm", ()) or tuple(reversed(range(len(places))))
    if sorted(order) != list(range(len(places))):
        raise site.damaged("Its order of axes is damaged")
    return placed(flow, tuple(places[axis] for axis in order))


@reads("Pad")
def _pad(site: Site) -> Flow:
    flow = linear(site, site.flow())
    rank = len(flow.axes)
    listed = site.listed(1, "padding")
    pads = site.wholes("pads", ()) if listed is None else listed
    fill = site.optional(2, "value")
    zero = not np.any(fill.values) if fill is not None else site.number("value", 0.0) == 0
    if len(pads) != 2 * rank + 2 or any(abs(each) > 10_000 for each in pads):
        raise site.damaged("Its padding is damaged")
    if site.text("mode", "constant") != "constant" or not zero or min(pads) < 0:
        raise RefusedError("only padding with zeros is supported", "Use mode='constant' and the value 0.")
    pairs = {axis: (pads[axis], pads[rank + 1 + axis]) for axis in range(rank + 1)}
    wide = [axis for axis in range(1, rank + 1) if any(pairs[axis])]
    if not wide and not any(pairs[0]):
        return flow
    if any(pairs[0]) or rank not in (2, 3) or len(wide) == rank:
        raise RefusedError("it puts zeros around samples or channels", "Pad rows and columns only.")
    flow = _with_channels(site, flow, wide)
    by_place = {flow.axes[axis - 1]: pairs[axis] for axis in range(1, rank + 1)}
    return with_zeros(site, flow, tuple(by_place[place] for place in range(rank - 1)))


def _with_channels(site: Site, flow: Flow, wide: list[int]) -> Flow:
    """The flow with none of these axes as the layer's last."""
    if len(flow.axes) - 1 not in [flow.axes[axis - 1] for axis in wide]:
        return flow
    return site.with_channels_last(flow) if 1 not in wide else site.straight(flow)


@reads("Resize", "Upsample")
def _resize(site: Site) -> Flow:
    flow = site.with_channels_last(linear(site, site.flow()))
    if site.text("mode", "nearest") != "nearest" or site.text("coordinate_transformation_mode", "") == "align_corners":
        raise RefusedError("only repeating the nearest value is supported", "Use mode='nearest'.")
    factors = _factors(site, flow)
    if len(flow.shape) == 2:
        return site.add(UpSample1D(factors[0]), flow)
    return site.add(UpSample2D(factors), flow)


def _factors(site: Site, flow: Flow) -> tuple[int, ...]:
    """How often the values along each axis but the channels are repeated."""
    ports = [site.value(port) for port in range(1, len(site.node.inputs))]
    stated = [port.values.ravel() for port in ports if isinstance(port, Constant)]
    rank = len(flow.axes) + 1
    scales = next((each for each in reversed(stated) if each.size == rank), None)
    if scales is None:
        raise RefusedError("its factors depend on the data or are missing", "Export the model with fixed scales.")
    ratios = scales / np.array((scales[0], *flow.onnx_shape)) if scales.dtype.kind == "i" else scales
    by_place = {flow.axes[axis]: float(ratios[axis + 1]) for axis in range(rank - 1)}
    factors = [by_place[place] for place in range(rank - 1)]
    if any(not 1 <= each <= 64 or not each.is_integer() for each in factors) or factors.pop() != 1:
        raise RefusedError("it resizes by other than whole factors", "Use scale factors of 2, 3, ….")
    return tuple(int(each) for each in factors)
