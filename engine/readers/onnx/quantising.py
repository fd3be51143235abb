"""Results that go through a quantiser."""

import math
from dataclasses import replace

import numpy as np

from engine.design.settings import RESULT
from engine.network.kinds import Activation
from engine.precision import FixedType, Overflow, Rounding
from engine.precision.quantizer import Quantizer, QuantizerKind
from engine.readers.onnx.grids import Grid
from engine.readers.onnx.scaling import applied
from engine.readers.onnx.site import RefusedError, Site
from engine.readers.onnx.values import Array, Flow, exponent, is_power_of_two, number
from engine.readers.settled import CHOOSES, WIDE

_FINER = 16
"""Bits that an input has more than the quantiser whose steps it is not a multiple of."""

_SCALES = "Export the model with one scale for each tensor of activations, or for each channel of a picture."


def quantised(site: Site, flow: Flow, grid: Grid) -> Flow:
    """What flows, on a grid: whole numbers where its scale is no power of two, with the scale set apart."""
    if grid.bipolar:
        return _signs(site, flow, grid)
    flow, grid = _with_ties_upwards(flow, grid)
    step = _common_step(flow, grid)
    _type_of_input(site, flow, grid, step)
    if step is None:
        flow, step, grid = _in_whole_numbers(site, flow, grid), 1.0, replace(grid, zero=0.0)
    type_ = FixedType(grid.bits, grid.bits + exponent(step), grid.signed, grid.mode, grid.overflow)
    if grid.plain:
        return _by_quantizer(site, flow, type_)
    if grid.narrow and not grid.signed:
        raise RefusedError("an unsigned range without its largest number is not supported", "Use narrow=0.")
    return _by_type(site, flow, type_)


def _with_ties_upwards(flow: Flow, grid: Grid) -> tuple[Flow, Grid]:
    """Half a step added before what lies between two steps is cut off: rounding to nearest, as a type does it."""
    added = {"FLOOR": 0.5, "CEIL": -0.5}.get(grid.rounding)
    if added is None or np.any(flow.scale != 1) or np.unique(grid.steps).size != 1:
        return flow, grid
    if not np.all(flow.shift == added * grid.steps.flat[0]):
        return flow, grid
    return replace(flow, shift=number(0)), replace(grid, rounding=f"{grid.rounding} AFTER HALF")


def _type_of_input(site: Site, flow: Flow, grid: Grid, step: float | None) -> None:
    """An input that goes to a quantiser alone needs the range of that one, with some finer steps to round from."""
    if flow.shared or site.draft.layers[flow.layer].op.KIND != "input" or not np.any(flow.scale):
        return
    finer = _FINER if step is None else 0
    reach = float(grid.steps.max()) * max(abs(grid.lowest - grid.zero), abs(grid.highest + 1 - grid.zero))
    signed = grid.signed or grid.zero != 0
    integer = math.ceil(math.log2(reach / float(np.abs(flow.scale).max()))) + signed
    mode = Rounding.RND if finer else grid.mode
    site.draft.choose(flow.layer, RESULT, FixedType(grid.bits + finer, integer, signed, mode, grid.overflow))


def _common_step(flow: Flow, grid: Grid) -> float | None:
    """The step of what the layer itself yields; None where that is no power of two, or a layer must shift it."""
    if grid.zero != 0 or not flow.proportional or np.unique(grid.steps).size != 1:
        return None
    step = float(grid.steps.flat[0]) / float(flow.scale)
    return step if is_power_of_two(step) else None


def _in_whole_numbers(site: Site, flow: Flow, grid: Grid) -> Flow:
    """What flows in units of the grid's steps."""
    if np.unique(grid.steps).size == 1:
        return applied(site, flow, float(grid.steps.flat[0]), grid.zero)
    steps = along_channels(site, flow, grid.steps)
    if steps is None or grid.zero != 0:
        raise RefusedError("each value has a scale of its own", _SCALES)
    whole = applied(site, replace(flow, scale=flow.scale / steps, shift=flow.shift / steps))
    return replace(whole, scale=np.asarray(steps, np.float64))


def along_channels(site: Site, flow: Flow, values: Array) -> Array | None:
    """Constants that are joined to a flow as ONNX does it, one for each of the layer's channels, or just one.

    None where they differ along other axes.
    """
    shape = flow.onnx_shape
    if values.size == 1:
        return np.asarray(values, np.float64).reshape(())
    extents = (1,) * (len(shape) + 1 - values.ndim) + values.shape
    if len(extents) != len(shape) + 1 or extents[0] != 1:
        return None
    wide = [axis for axis, extent in enumerate(extents[1:]) if extent > 1]
    if len(wide) != 1 or extents[1 + wide[0]] != shape[wide[0]] or flow.axes[wide[0]] != len(shape) - 1:
        return None
    flat = np.asarray(values, np.float64).ravel()
    if flow.folded is None:
        return flat
    moved = np.empty_like(flat)
    moved[flow.folded.order] = flat
    return moved


def _by_quantizer(site: Site, flow: Flow, type_: FixedType) -> Flow:
    if type_.signed:
        found = own_layer(site, flow, type_)
        narrow = type_.overflow is Overflow.SAT_SYM
        quantizer = Quantizer(QuantizerKind.BITS, type_.width, type_.integer - 1, symmetric=narrow)
        site.draft.quantise(found.layer, quantizer)
        return found
    # Without negative numbers, a quantiser is a ReLU too.
    layer = site.draft.layers[flow.layer]
    if layer.op != Activation("relu") or layer.quantizers or flow.shared:
        flow = site.add(Activation("relu"), flow)
    site.draft.quantise(flow.layer, Quantizer(QuantizerKind.RELU, type_.width, type_.integer))
    return flow


def own_layer(site: Site, flow: Flow, type_: FixedType) -> Flow:
    """A layer whose results have this type.

    hls4ml drops such a layer behind one whose type it may choose itself, and forgets the type: that one gets it too.
    """
    layer = site.draft.layers[flow.layer]
    if layer.op.GROUP in CHOOSES and site.draft.type_of(flow.layer) is None:
        site.draft.choose(flow.layer, RESULT, WIDE if flow.shared else type_)
    return site.add(Activation("linear"), flow)


def _by_type(site: Site, flow: Flow, type_: FixedType) -> Flow:
    layer = site.draft.layers[flow.layer]
    if layer.op.KIND == "input" and not flow.shared:
        return flow
    free = not flow.shared and site.draft.type_of(flow.layer) is None and layer.op.KIND != "input"
    found = flow if free else own_layer(site, flow, type_)
    site.draft.choose(found.layer, RESULT, type_)
    return found


def _signs(site: Site, flow: Flow, grid: Grid) -> Flow:
    steps = along_channels(site, flow, grid.steps)
    if steps is None:
        raise RefusedError("each value has a scale of its own", _SCALES)
    flow = flow if flow.proportional else applied(site, flow)
    flow = site.add(Activation("binary_tanh"), flow)
    site.draft.quantise(flow.layer, Quantizer(QuantizerKind.BINARY, bits=1))
    return replace(flow, scale=steps, shift=number(0))
