"""Signs and ternary steps, from QONNX's BipolarQuant."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.writers.onnx.sketch import Sketch, Value

Array = NDArray[Any]


def signs(sketch: Sketch, value: Value, threshold: Array | float = 0.0) -> Value:
    """1 from a threshold on, −1 below."""
    name = value.name
    if np.any(threshold):
        name = sketch.node("Sub", [name, sketch.constant(threshold, "threshold")], "_above")
    found = sketch.node("BipolarQuant", [name, sketch.constant(1.0, "grid")])
    return Value(found, value.shape, 0, -1, 1, value.first)


def steps(sketch: Sketch, value: Value, low: Array | float, high: Array | float) -> Value:
    """1 above the high threshold, −1 up to the low one, else 0: half the sum of two signs."""
    halves = [_half(sketch, value, threshold, end) for threshold, end in ((low, "low"), (high, "high"))]
    return Value(sketch.node("Add", halves), value.shape, 0, -1, 1, value.first)


def _half(sketch: Sketch, value: Value, threshold: Array | float, end: str) -> str:
    """1/2 above a threshold, −1/2 up to it: a sign is positive from the next number above on."""
    assert value.fraction is not None
    above = np.ldexp(np.floor(np.ldexp(np.asarray(threshold, np.float64), value.fraction)) + 1, -value.fraction)
    moved = sketch.node("Sub", [value.name, sketch.constant(above, end)], f"_{end}")
    return sketch.node("BipolarQuant", [moved, sketch.constant(0.5, "grid")], f"_{end}_step")
