"""Operations whose inputs are all constants, worked out beforehand with NumPy."""

from collections.abc import Callable
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.readers.errors import ModelFileError
from engine.readers.onnx.site import Site
from engine.readers.onnx.values import Constant, Flow, Turned, Value

Array = NDArray[Any]
_MOST_VALUES = 1 << 26
_ALWAYS_THERE = 3
"""Inputs that must be there if any behind them are: Slice alone has more, which may be left out."""
_TYPES = {1: np.float32, 6: np.int32, 7: np.int64, 9: np.bool_, 10: np.float16, 11: np.float64}


def folded(site: Site) -> Constant | None:
    """The constant that an operation yields; None for one that depends on the data or is not known here."""
    make = _SPECIAL.get(site.node.op_type)
    if make is not None:
        return make(site)
    values = _inputs(site)
    if site.node.op_type not in _OPERATIONS or not values or any(isinstance(value, Flow | Turned) for value in values):
        return None
    if any(value is None for value in values[:_ALWAYS_THERE]):
        raise site.damaged("It leaves out an input that it needs")
    try:
        with np.errstate(all="ignore"):
            return _worked_out(site, [value if isinstance(value, Constant) else None for value in values])
    except ModelFileError:
        raise
    except (ValueError, IndexError, TypeError, OverflowError, ZeroDivisionError, MemoryError) as error:
        raise site.damaged(f"Its constants do not fit: {str(error)[:100]}") from None


def _inputs(site: Site) -> list[Value | None]:
    """Without those at the end that are left out."""
    values = [site.value(port) for port in range(len(site.node.inputs))]
    while values and values[-1] is None:
        values.pop()
    return values


def _worked_out(site: Site, constants: list[Constant | None]) -> Constant:
    """What only moves the values of a quantised constant leaves it quantised."""
    first, op_type = constants[0], site.node.op_type
    assert first is not None
    arrays: list[Any] = [None if each is None else each.values for each in constants]
    if _size(site, arrays) > _MOST_VALUES:
        raise site.damaged("Its constants are too large")
    if first.quantizer is None or op_type not in _MOVING:
        return Constant(np.asarray(_OPERATIONS[op_type](site, arrays)))
    parts = (first.values, first.stored, first.steps)
    values, stored, steps = (_MOVING[op_type](site, [part, *arrays[1:]]) for part in parts)
    return Constant(values, stored, steps, first.quantizer)


def _size(site: Site, arrays: list[Any]) -> int:
    """How many values come out, known before there is room for them."""
    first = arrays[0]
    match site.node.op_type:
        case "Add" | "Sub" | "Mul" | "Div":
            return prod(np.broadcast_shapes(*(each.shape for each in arrays)))
        case "Expand":
            return prod(np.broadcast_shapes(first.shape, tuple(arrays[1].ravel())))
        case "Concat":
            return sum(each.size for each in arrays if each is not None)
        case "Gather":
            return int(arrays[1].size * first.size // max(first.shape[site.whole("axis", 0)], 1))
    return int(first.size)


def _stated(site: Site) -> Constant | None:
    tensor = site.tensor("value")
    if tensor is not None:
        if tensor.elsewhere:
            raise site.damaged(f"Its values are in another file, '{tensor.elsewhere[:60]}'")
        return Constant(tensor.values)
    attributes = site.node.attributes
    known = next((attributes[key] for key in ("value_float", "value_int") if key in attributes), None)
    known = attributes.get("value_floats", attributes.get("value_ints", known))
    return None if known is None else Constant(np.asarray(known))


def _shape(site: Site) -> Constant | None:
    """Of what flows, one sample: the batch is left open by most models."""
    value = site.value(0)
    if isinstance(value, Flow | Turned):
        return Constant(np.array(value.whole_shape, np.int64))
    return None if value is None else Constant(np.array(value.values.shape, np.int64))


def _filled(site: Site) -> Constant | None:
    tensor, shape = site.tensor("value"), site.listed(0, "shape") or ()
    if len(shape) > 8 or min(shape, default=0) < 0 or prod(max(extent, 1) for extent in shape) > _MOST_VALUES:
        raise site.damaged("Its constants are too large")
    fill = np.float32(0) if tensor is None or tensor.values.size != 1 else tensor.values.ravel()[0]
    return Constant(np.full(shape, fill))


_SPECIAL: dict[str, Callable[[Site], Constant | None]] = {
    "Constant": _stated,
    "Shape": _shape,
    "ConstantOfShape": _filled,
}


def _transpose(site: Site, inputs: list[Any]) -> Array:
    found: Array = np.transpose(inputs[0], site.wholes("perm", ()) or None)
    return found


def _reshape(site: Site, inputs: list[Any]) -> Array:
    target = [inputs[0].shape[axis] if extent == 0 else int(extent) for axis, extent in enumerate(inputs[1].ravel())]
    found: Array = inputs[0].reshape(target)
    return found


def _squeeze(site: Site, inputs: list[Any]) -> Array:
    axes = tuple(inputs[1].ravel()) if len(inputs) > 1 else site.wholes("axes", ())
    found: Array = np.squeeze(inputs[0], tuple(int(axis) for axis in axes) or None)
    return found


def _unsqueeze(site: Site, inputs: list[Any]) -> Array:
    axes = tuple(inputs[1].ravel()) if len(inputs) > 1 else site.wholes("axes", ())
    return np.expand_dims(inputs[0], tuple(int(axis) for axis in axes))


def _cast(site: Site, inputs: list[Any]) -> Array:
    found: Array = inputs[0].astype(_TYPES.get(site.whole("to", 1), np.float32))
    return found


def _gather(site: Site, inputs: list[Any]) -> Array:
    found: Array = np.take(inputs[0], inputs[1].astype(np.int64), axis=site.whole("axis", 0))
    return found


def _slice(site: Site, inputs: list[Any]) -> Array:
    starts, ends = (inputs[1].ravel(), inputs[2].ravel()) if len(inputs) > 2 else (None, None)
    if starts is None or ends is None:
        starts, ends = np.array(site.wholes("starts", ())), np.array(site.wholes("ends", ()))
    axes = inputs[3].ravel() if len(inputs) > 3 and inputs[3] is not None else np.arange(len(starts))
    steps = inputs[4].ravel() if len(inputs) > 4 and inputs[4] is not None else np.ones(len(starts), np.int64)
    cuts = [slice(None)] * inputs[0].ndim
    for axis, start, end, step in zip(axes, starts, ends, steps, strict=True):
        cuts[int(axis)] = slice(int(start), int(end), int(step))
    found: Array = inputs[0][tuple(cuts)]
    return found


def _expand(site: Site, inputs: list[Any]) -> Array:
    shape = tuple(int(extent) for extent in inputs[1].ravel())
    return np.broadcast_to(inputs[0], np.broadcast_shapes(inputs[0].shape, shape))


_MOVING: dict[str, Callable[[Site, list[Any]], Array]] = {
    "Transpose": _transpose,
    "Reshape": _reshape,
    "Squeeze": _squeeze,
    "Unsqueeze": _unsqueeze,
    "Identity": lambda site, inputs: inputs[0],
}
_OPERATIONS: dict[str, Callable[[Site, list[Any]], Any]] = {
    **_MOVING,
    "Cast": _cast,
    "Expand": _expand,
    "Gather": _gather,
    "Slice": _slice,
    "Concat": lambda site, inputs: np.concatenate(inputs, axis=site.whole("axis", 0)),
    "Add": lambda site, inputs: inputs[0] + inputs[1],
    "Sub": lambda site, inputs: inputs[0] - inputs[1],
    "Mul": lambda site, inputs: inputs[0] * inputs[1],
    "Div": lambda site, inputs: _divided(*inputs),
    "Neg": lambda site, inputs: -inputs[0],
    "Sqrt": lambda site, inputs: np.sqrt(inputs[0]),
    "Reciprocal": lambda site, inputs: np.reciprocal(inputs[0]),
    "Floor": lambda site, inputs: np.floor(inputs[0]),
    "Abs": lambda site, inputs: np.abs(inputs[0]),
}


def _divided(first: Array, second: Array) -> Array:
    """Whole numbers are cut off towards zero, as ONNX has it."""
    if first.dtype.kind == "i" and second.dtype.kind == "i":
        cut: Array = np.sign(first) * np.sign(second) * (np.abs(first) // np.abs(second))
        return cut
    return np.asarray(first / second)
