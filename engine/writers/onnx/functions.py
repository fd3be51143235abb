"""Activations."""

from dataclasses import replace
from typing import Any

import numpy as np

from engine.emulate.exact.activations import Clip, Hard, Leaky, Sign, Ternary, Thresholded
from engine.emulate.exact.lookups import Exponential, Lookup, Softmax
from engine.emulate.exact.numbers import Exact
from engine.emulate.exact.stage import Stage
from engine.precision import FixedType, Overflow, Rounding
from engine.writers.onnx.registry import NotWrittenError, writes
from engine.writers.onnx.sketch import Sketch, Value
from engine.writers.onnx.steps import signs, steps

_NEAREST = FixedType(2, 2, rounding=Rounding.RND_MIN_INF, overflow=Overflow.SAT_SYM)
_TABLES = "is looked up in a table in hardware and computed in floating point here"
_OPERATIONS = {"sigmoid": "Sigmoid", "tanh": "Tanh", "softplus": "Softplus", "softsign": "Softsign"}


@writes(Clip)
def _clip(sketch: Sketch, stage: Stage, operation: Clip, inputs: list[Value]) -> Value:
    value = inputs[0]
    assert value.fraction is not None
    highest = max(value.highest, 0)
    if not operation.six:
        return replace(value, name=sketch.node("Relu", [value.name]), lowest=0, highest=highest)
    bounds = [sketch.constant(each, "bound") for each in (0.0, 6.0)]
    # Six may lie between two steps that are wider than two.
    value = _finer(value, 0)
    top = min(max(value.highest, 0), 6 << (value.fraction or 0))
    return replace(value, name=sketch.node("Clip", [value.name, *bounds]), lowest=0, highest=top)


def _finer(value: Value, fraction: int) -> Value:
    """The same value counted in steps of at most 2^-fraction."""
    assert value.fraction is not None
    raised = max(fraction - value.fraction, 0)
    return replace(
        value, fraction=value.fraction + raised, lowest=value.lowest << raised, highest=value.highest << raised
    )


@writes(Leaky)
def _leaky(sketch: Sketch, stage: Stage, operation: Leaky, inputs: list[Value]) -> Value:
    slope = operation.slope
    value = inputs[0] if slope.codes.size == 1 else sketch.turned(inputs[0], first=False)
    slopes = np.ldexp(slope.codes.astype(np.float64), -slope.fraction)
    if slope.codes.size == 1:
        name = sketch.node("LeakyRelu", [value.name], alpha=float(slopes.flat[0]))
    else:
        name = sketch.node("PRelu", [value.name, sketch.constant(slopes.reshape(value.shape), "slope")])
    fine = _finer(value, (value.fraction or 0) + max(slope.fraction, 0))
    edges = [edge * int(code) for code in slope.codes.ravel() for edge in (min(value.lowest, 0), 0)]
    raised = max(-slope.fraction, 0)
    edges = [edge << raised for edge in edges]
    return replace(fine, name=name, lowest=min(edges), highest=max([*edges, fine.highest, 0]))


@writes(Thresholded)
def _thresholded(sketch: Sketch, stage: Stage, operation: Thresholded, inputs: list[Value]) -> Value:
    value, threshold = inputs[0], operation.threshold
    alpha = float(np.ldexp(float(threshold.codes.flat[0]), -threshold.fraction))
    name = sketch.node("ThresholdedRelu", [value.name], alpha=alpha)
    return replace(value, name=name, lowest=min(value.lowest, 0), highest=max(value.highest, 0))


@writes(Hard)
def _hard(sketch: Sketch, stage: Stage, operation: Hard, inputs: list[Value]) -> Value:
    value = inputs[0]
    slope, shift = (_number(each) for each in (operation.slope, operation.shift))
    name = sketch.node("HardSigmoid", [value.name], alpha=slope, beta=shift)
    fraction = max((value.fraction or 0) + operation.slope.fraction, operation.shift.fraction, 0)
    found = Value(name, value.shape, fraction, 0, 1 << fraction, value.first)
    if not operation.both_signs:
        return found
    doubled = sketch.node("Mul", [name, sketch.constant(2.0, "two")], "_doubled")
    centred = sketch.node("Sub", [doubled, sketch.constant(1.0, "one")], "_centred")
    return replace(found, name=centred, lowest=-(1 << fraction))


def _number(exact: Exact) -> float:
    return float(np.ldexp(float(exact.codes.flat[0]), -exact.fraction))


@writes(Sign)
def _sign(sketch: Sketch, stage: Stage, operation: Sign, inputs: list[Value]) -> Value:
    return signs(sketch, inputs[0])


@writes(Ternary)
def _ternary(sketch: Sketch, stage: Stage, operation: Ternary, inputs: list[Value]) -> Value:
    # Up to 1/2 is 0 and up to −1/2 is −1: that is a rounding that types have.
    return sketch.cast(inputs[0], _NEAREST) if operation.doubled else steps(sketch, inputs[0], -1.0, 1.0)


@writes(Lookup)
def _lookup(sketch: Sketch, stage: Stage, operation: Lookup, inputs: list[Value]) -> Value:
    return _computed(sketch, _OPERATIONS[operation.function], inputs[0])


@writes(Exponential)
def _exponential(sketch: Sketch, stage: Stage, operation: Exponential, inputs: list[Value]) -> Value:
    if operation.function == "selu":
        return _computed(sketch, "Selu", inputs[0])
    return _computed(sketch, "Elu", inputs[0], alpha=_number(operation.scale))


@writes(Softmax)
def _softmax(sketch: Sketch, stage: Stage, operation: Softmax, inputs: list[Value]) -> Value:
    value = sketch.turned(inputs[0], first=False)
    if operation.inner != 1 or operation.slice_ != value.shape[-1] or operation.implementation == "argmax":
        raise NotWrittenError(
            f"'{stage.name}': such a softmax has no counterpart in ONNX. Use axis −1, or leave it out."
        )
    return _computed(sketch, "Softmax", value, axis=-1)


def _computed(sketch: Sketch, op_type: str, value: Value, **attributes: Any) -> Value:
    sketch.note(_TABLES)
    return Value(sketch.node(op_type, [value.name], **attributes), value.shape, None, first=value.first)
