"""LSTM and GRU as ONNX has them: weights and what leaves the layer as in hardware, the cell in floating point."""

from typing import Any

import numpy as np

from engine.emulate.exact.activations import Clip
from engine.emulate.exact.lookups import Lookup
from engine.emulate.exact.numbers import Codes
from engine.emulate.exact.products import Sum
from engine.emulate.exact.recurrent import Gated, LongShortTerm, Recurrent
from engine.emulate.exact.stage import Stage
from engine.writers.onnx.registry import writes
from engine.writers.onnx.sketch import Sketch, Value

_STEPS_FIRST = [1, 0, 2]
_EVERY, _LAST = 0, 1
"""The outputs that are the states of every step and the last one."""


@writes(LongShortTerm)
def _lstm(sketch: Sketch, stage: Stage, operation: LongShortTerm, inputs: list[Value]) -> Value:
    gate, candidate = _function(operation.gate), _function(operation.candidate)
    # ONNX has its gates in the order i, o, f, c; they stand here as i, f, c, o.
    return _written(sketch, stage, operation, inputs[0], "LSTM", (0, 3, 1, 2), activations=[gate, candidate, candidate])


@writes(Gated)
def _gru(sketch: Sketch, stage: Stage, operation: Gated, inputs: list[Value]) -> Value:
    functions = [_function(operation.gate), _function(operation.candidate)]
    return _written(sketch, stage, operation, inputs[0], "GRU", (0, 1, 2), activations=functions, linear_before_reset=1)


def _written(
    sketch: Sketch,
    stage: Stage,
    operation: Recurrent,
    value: Value,
    op_type: str,
    gates: tuple[int, ...],
    **attributes: Any,
) -> Value:
    last = sketch.turned(value, first=False)
    steps_first = sketch.node("Transpose", [last.name], "_steps_first", perm=_STEPS_FIRST)
    kernels = [
        _kernel(sketch, operation.ahead, "kernel", operation.units, gates),
        _kernel(sketch, operation.back, "recurrent_kernel", operation.units, gates),
    ]
    inputs = [steps_first, *kernels, *_biases(sketch, operation, gates)]
    output = _EVERY if operation.every_step else _LAST
    states = sketch.node(op_type, inputs, output=output, hidden_size=operation.units, **attributes)
    direction = sketch.constant(np.array([1 - output]), "direction")
    name = sketch.node("Squeeze", [states, direction], "_states")
    if operation.every_step:
        name = sketch.node("Transpose", [name], "_samples_first", perm=_STEPS_FIRST)
    sketch.note(
        f"its steps are computed in floating point here; in hardware sums are kept as {operation.accum.canonical}, "
        f"states as {stage.result.canonical}, and functions are looked up in tables"
    )
    return Value(name, stage.shape, None)


def _kernel(sketch: Sketch, product: Sum, what: str, units: int, gates: tuple[int, ...]) -> str:
    codes = product.weights.codes
    return sketch.weights(product.weights, what, _in_order(codes, units, gates)[None], product.weight_type)


def _biases(sketch: Sketch, operation: Recurrent, gates: tuple[int, ...]) -> list[str]:
    """What is added to the product of the input, then to that of the state, in one; none where both are zero."""
    products = (("bias", operation.ahead), ("recurrent_bias", operation.back))
    if not any(np.any(product.bias.codes) for _, product in products):
        return []
    parts = []
    for what, product in products:
        width = len(gates) * operation.units
        spread = np.broadcast_to(product.bias.codes, (1, width))
        ordered = _in_order(spread, operation.units, gates)
        parts.append(sketch.weights(product.bias, what, ordered.reshape(1, width), product.bias_type))
    return [sketch.node("Concat", parts, "_biases", axis=1)]


def _in_order(codes: Codes, units: int, gates: tuple[int, ...]) -> Codes:
    """(rows, gates · units) in Keras's order → (gates · units, rows) in ONNX's."""
    moved: Codes = codes.T.reshape(len(gates), units, -1)[list(gates)]
    return moved.reshape(len(gates) * units, -1)


def _function(function: Lookup | Clip) -> str:
    return "Relu" if isinstance(function, Clip) else function.function.capitalize()
