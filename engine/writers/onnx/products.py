"""Dense layers, convolutions, scales and thresholds."""

from math import prod
from typing import Any

import numpy as np

from engine.emulate.exact.numbers import Codes, Exact
from engine.emulate.exact.products import Scale, Sum, Threshold, Window
from engine.emulate.exact.stage import Stage
from engine.network.kinds.windows import same_padding
from engine.writers.onnx.registry import writes
from engine.writers.onnx.sketch import Sketch, Value
from engine.writers.onnx.steps import signs, steps


@writes(Sum)
def _sum(sketch: Sketch, stage: Stage, operation: Sum, inputs: list[Value]) -> Value:
    weights = operation.weights
    codes = 2 * weights.codes - 1 if operation.counts else weights.codes
    weights = Exact(codes, weights.fraction, weights.bits + 1)
    found = _convolved if operation.window is not None else _multiplied
    value = _with_bias(sketch, operation, found(sketch, stage, operation, weights, inputs[0]))
    _check_accumulator(sketch, operation, value)
    return value


def _multiplied(sketch: Sketch, stage: Stage, operation: Sum, weights: Exact, value: Value) -> Value:
    rows, columns = weights.codes.shape
    value = sketch.turned(value, first=False)
    value = value if value.shape[-1] == rows else sketch.reshaped(value, (rows,))
    matrix = _constant(sketch, operation, weights, weights.codes)
    name = sketch.node("MatMul", [value.name, matrix])
    return _summed(sketch, name, (*value.shape[:-1], columns), value, weights, False)


def _convolved(sketch: Sketch, stage: Stage, operation: Sum, weights: Exact, value: Value) -> Value:
    window = operation.window
    assert window is not None
    value = sketch.turned(value, first=True)
    channels = value.shape[-1]
    if operation.each_channel:
        kernel = weights.codes.reshape(*window.size, channels, 1)
    else:
        kernel = weights.codes.reshape(*window.size, channels, -1)
    kernel = np.moveaxis(kernel, (-1, -2), (1, 0) if operation.each_channel else (0, 1))
    matrix = _constant(sketch, operation, weights, kernel)
    group = channels if operation.each_channel else 1
    attributes = geometry(window, value) | {"group": group, "dilations": [1] * len(window.size)}
    name = sketch.node("Conv", [value.name, matrix], **attributes)
    return _summed(sketch, name, stage.shape, value, weights, True)


def geometry(window: Window, value: Value) -> dict[str, Any]:
    """What ONNX says of a window that slides over a value."""
    axes = list(zip(value.shape[:-1], window.size, window.strides, strict=True))
    pads = [same_padding(n, k, s) if window.padding == "same" else (0, 0) for n, k, s in axes]
    before, after = [pair[0] for pair in pads], [pair[1] for pair in pads]
    return {"kernel_shape": list(window.size), "strides": list(window.strides), "pads": before + after}


def _constant(sketch: Sketch, operation: Sum, weights: Exact, array: Codes) -> str:
    signed = weights.fraction == 0 and bool((np.abs(weights.codes) == 1).all())
    if signed and (operation.counts or operation.weight_type.width <= 2):
        stored = sketch.constant(array.astype(np.float64), "kernel")
        return sketch.node("BipolarQuant", [stored, sketch.constant(1.0, "grid")], "_kernel_quant")
    return sketch.weights(weights, "kernel", array, operation.weight_type)


def _summed(sketch: Sketch, name: str, shape: tuple[int, ...], value: Value, weights: Exact, first: bool) -> Value:
    """What the products can add up to: the worst that the signs of the weights allow."""
    assert value.fraction is not None
    codes = weights.codes.astype(object)
    above = np.where(codes > 0, codes, 0).sum(axis=0)
    below = np.where(codes < 0, codes, 0).sum(axis=0)
    lowest = min(above * value.lowest + below * value.highest)
    highest = max(above * value.highest + below * value.lowest)
    return sketch.result(name, shape, value.fraction + weights.fraction, int(lowest), int(highest), first)


def _with_bias(sketch: Sketch, operation: Sum, value: Value) -> Value:
    codes = operation.bias.codes * (2 if operation.counts else 1)
    if not np.any(codes):
        return value
    bias = Exact(codes, operation.bias.fraction, operation.bias.bits + 1)
    channels = value.shape[-1]
    shape = (1, channels, *(1,) * (len(value.shape) - 1)) if value.first else (channels,)
    return added(sketch, value, bias, sketch.weights(bias, "bias", codes.reshape(shape), operation.bias_type))


def added(sketch: Sketch, value: Value, exact: Exact, name: str) -> Value:
    """A constant of the graph added."""
    assert value.fraction is not None
    fraction = max(value.fraction, exact.fraction)
    ours, theirs = fraction - value.fraction, fraction - exact.fraction
    lowest = (value.lowest << ours) + (int(exact.codes.min()) << theirs)
    highest = (value.highest << ours) + (int(exact.codes.max()) << theirs)
    node = sketch.node("Add", [value.name, name], "_bias")
    return sketch.result(node, value.shape, fraction, lowest, highest, value.first)


def _check_accumulator(sketch: Sketch, operation: Sum, value: Value) -> None:
    if operation.counts:
        return
    exact = sketch.fits(value, operation.accum)
    if not exact:
        sketch.note(f"its accumulator {operation.accum.canonical} drops bits of the sums; here they are kept")


@writes(Scale)
def _scale(sketch: Sketch, stage: Stage, operation: Scale, inputs: list[Value]) -> Value:
    value = inputs[0]
    assert value.fraction is not None
    shape = _constants_shape(value, operation.factor.codes.size)
    factor = operation.factor
    name = sketch.weights(factor, "scale", factor.codes.reshape(shape), operation.factor_type)
    bounds = [int(code) * edge for code in factor.codes.ravel() for edge in (value.lowest, value.highest)]
    product = sketch.node("Mul", [value.name, name])
    fraction = value.fraction + factor.fraction
    scaled = sketch.result(product, value.shape, fraction, min(bounds), max(bounds), value.first)
    offset = operation.offset
    if not np.any(offset.codes):
        return scaled
    spread = np.broadcast_to(offset.codes.ravel(), (factor.codes.size,)).reshape(shape)
    return added(sketch, scaled, offset, sketch.weights(offset, "offset", spread, operation.offset_type))


def _constants_shape(value: Value, size: int) -> tuple[int, ...]:
    """Of constants, one for each channel or for each value."""
    if size == value.shape[-1]:
        return (1, size, *(1,) * (len(value.shape) - 1)) if value.first else (size,)
    if size == prod(value.shape) and not value.first:
        return (1, *value.shape)
    return (1,) * (len(value.shape) + 1) if size == 1 else (-1,)


@writes(Threshold)
def _threshold(sketch: Sketch, stage: Stage, operation: Threshold, inputs: list[Value]) -> Value:
    value = inputs[0]
    shape = _constants_shape(value, operation.low.codes.size)
    low = np.ldexp(operation.low.codes.astype(np.float64), -operation.low.fraction).reshape(shape)
    if operation.high is None:
        return signs(sketch, value, low)
    high = np.ldexp(operation.high.codes.astype(np.float64), -operation.high.fraction).reshape(shape)
    return steps(sketch, value, low, high)
