"""Where branches meet, and layers that move values."""

from dataclasses import replace
from itertools import permutations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.emulate.exact.merging import Concatenate, Dot, Merge
from engine.emulate.exact.stage import Cast, Gather, Stage
from engine.network import Shape
from engine.writers.onnx.registry import NotWrittenError, writes
from engine.writers.onnx.sketch import Sketch, Value

_OPERATIONS = {"add": "Add", "subtract": "Sub", "multiply": "Mul", "average": "Add", "maximum": "Max", "minimum": "Min"}


@writes(Cast)
def _cast(sketch: Sketch, stage: Stage, operation: Cast, inputs: list[Value]) -> Value:
    return sketch.reshaped(inputs[0], stage.shape)


@writes(Merge)
def _merge(sketch: Sketch, stage: Stage, operation: Merge, inputs: list[Value]) -> Value:
    first, second = _alike(sketch, inputs)
    name = sketch.node(_OPERATIONS[operation.function], [first.name, second.name])
    fraction, (a, b), (c, d) = _aligned(first, second)
    match operation.function:
        case "add" | "average":
            bounds = (a + c, b + d)
        case "subtract":
            bounds = (a - d, b - c)
        case "multiply":
            products = (a * c, a * d, b * c, b * d)
            bounds, fraction = (min(products), max(products)), 2 * fraction
        case _:
            bounds = (min(a, c), max(b, d))
    if operation.function == "average":
        name, fraction = sketch.node("Mul", [name, sketch.constant(0.5, "half")], "_halved"), fraction + 1
    return sketch.result(name, stage.shape, fraction, *bounds, first.first)


@writes(Dot)
def _dot(sketch: Sketch, stage: Stage, operation: Dot, inputs: list[Value]) -> Value:
    first, second = _alike(sketch, inputs)
    product = sketch.node("Mul", [first.name, second.name], "_products")
    name = sketch.node("ReduceSum", [product, sketch.constant(np.array([1]), "axes")], keepdims=1)
    fraction, (a, b), (c, d) = _aligned(first, second)
    edges = [edge * first.shape[0] for edge in (a * c, a * d, b * c, b * d)]
    return sketch.result(name, stage.shape, 2 * fraction, min(edges), max(edges))


@writes(Concatenate)
def _concatenate(sketch: Sketch, stage: Stage, operation: Concatenate, inputs: list[Value]) -> Value:
    reshaped = [sketch.reshaped(value, shape) for value, shape in zip(inputs, operation.shapes, strict=True)]
    # Each branch keeps the result's type before they are joined, as the hardware does it.
    values = [sketch.cast(value, stage.result) for value in reshaped]
    first = all(value.first for value in values)
    values = [sketch.turned(value, first) for value in values]
    rank = len(stage.shape)
    axis = operation.axis % rank
    place = 1 + (axis + 1) % rank if first else 1 + axis
    name = sketch.node("Concat", [value.name for value in values], axis=place)
    fraction = max(value.fraction or 0 for value in values)
    raised = [fraction - (value.fraction or 0) for value in values]
    lowest = min(value.lowest << shift for value, shift in zip(values, raised, strict=True))
    highest = max(value.highest << shift for value, shift in zip(values, raised, strict=True))
    return Value(name, stage.shape, fraction, lowest, highest, first)


def _alike(sketch: Sketch, inputs: list[Value]) -> tuple[Value, Value]:
    """Two values with their channels at the same place."""
    first = all(value.first for value in inputs)
    one, other = (sketch.turned(value, first) for value in inputs)
    if one.shape != other.shape and len(one.shape) != len(other.shape):
        raise NotWrittenError(f"'{sketch.stage}' joins values of different ranks. Give both the same shape.")
    return one, other


def _aligned(first: Value, second: Value) -> tuple[int, tuple[int, int], tuple[int, int]]:
    assert first.fraction is not None
    assert second.fraction is not None
    fraction = max(first.fraction, second.fraction)
    bounds = [
        (value.lowest << fraction - (value.fraction or 0), value.highest << fraction - (value.fraction or 0))
        for value in (first, second)
    ]
    return fraction, bounds[0], bounds[1]


@writes(Gather)
def _gather(sketch: Sketch, stage: Stage, operation: Gather, inputs: list[Value]) -> Value:
    value, index = inputs[0], np.asarray(operation.index).ravel()
    numbered = np.arange(int(np.prod(value.shape))).reshape(value.shape)
    for write in (_transposed, _zeros, _enlarged, _spread):
        found = write(sketch, stage, value, index, numbered)
        if found is not None:
            return found
    raise NotWrittenError(f"'{stage.name}' moves values in a way that ONNX has no operation for.")


Places = NDArray[Any]


def _transposed(sketch: Sketch, stage: Stage, value: Value, index: Places, numbered: Places) -> Value | None:
    for order in permutations(range(numbered.ndim)):
        moved = numbered.transpose(order)
        if moved.shape == stage.shape and (moved.ravel() == index).all():
            last = sketch.turned(value, first=False)
            name = sketch.node("Transpose", [last.name], perm=[0, *(axis + 1 for axis in order)])
            return replace(last, name=name, shape=stage.shape)
    return None


def _zeros(sketch: Sketch, stage: Stage, value: Value, index: Places, numbered: Places) -> Value | None:
    inside = np.argwhere(index.reshape(stage.shape) >= 0)
    before = inside.min(axis=0)
    after = np.array(stage.shape) - 1 - inside.max(axis=0)
    if len(stage.shape) != numbered.ndim or before[-1] or after[-1]:
        return None
    edges = list(zip(before, after, strict=True))
    if np.pad(numbered, edges, constant_values=-1).shape != stage.shape:
        return None
    if not (np.pad(numbered, edges, constant_values=-1).ravel() == index).all():
        return None
    value = sketch.turned(value, first=True)
    pads = np.array([0, 0, *before[:-1], 0, 0, *after[:-1]])
    # Zeros among bits that stand for −1 and 1 are −1.
    fill = -1.0 if stage.is_bits else 0.0
    inputs = [value.name, sketch.constant(pads, "pads"), sketch.constant(fill, "fill")]
    name = sketch.node("Pad", inputs, mode="constant")
    return replace(
        value, name=name, shape=stage.shape, lowest=min(value.lowest, int(fill)), highest=max(value.highest, int(fill))
    )


def _enlarged(sketch: Sketch, stage: Stage, value: Value, index: Places, numbered: Places) -> Value | None:
    factors = _factors(stage.shape, value.shape)
    if factors is None or factors[-1] != 1:
        return None
    larger = numbered
    for axis, factor in enumerate(factors):
        larger = larger.repeat(factor, axis=axis)
    if not (larger.ravel() == index).all():
        return None
    value = sketch.turned(value, first=True)
    scales = sketch.constant([1.0, 1.0, *map(float, factors[:-1])], "scales")
    attributes: dict[str, Any] = {
        "mode": "nearest",
        "coordinate_transformation_mode": "asymmetric",
        "nearest_mode": "floor",
    }
    name = sketch.node("Resize", [value.name, "", scales], **attributes)
    return replace(value, name=name, shape=stage.shape)


def _factors(larger: Shape, smaller: Shape) -> list[int] | None:
    if len(larger) != len(smaller) or any(a % b for a, b in zip(larger, smaller, strict=True)):
        return None
    return [a // b for a, b in zip(larger, smaller, strict=True)]


def _spread(sketch: Sketch, stage: Stage, value: Value, index: Places, numbered: Places) -> Value | None:
    try:
        if not (np.broadcast_to(numbered, stage.shape).ravel() == index).all():
            return None
    except ValueError:
        return None
    last = sketch.turned(value, first=False)
    name = sketch.node("Expand", [last.name, sketch.constant(np.array((1, *stage.shape)), "shape")])
    return replace(last, name=name, shape=stage.shape)
