"""Pooling."""

from dataclasses import replace
from math import prod

from engine.emulate.exact.pooling import GlobalPool, Pool
from engine.emulate.exact.stage import Stage
from engine.precision import FixedType, Overflow, Rounding
from engine.writers.onnx.products import geometry
from engine.writers.onnx.registry import writes
from engine.writers.onnx.sketch import Sketch, Value


@writes(Pool)
def _pool(sketch: Sketch, stage: Stage, operation: Pool, inputs: list[Value]) -> Value:
    value = sketch.turned(inputs[0], first=True)
    attributes = geometry(operation.window, value)
    if operation.mode == "max":
        if operation.window.padding == "same" and not operation.source.signed:
            sketch.note("hardware takes what is beyond the edges for the largest value; here it does not count")
        return replace(value, name=sketch.node("MaxPool", [value.name], **attributes), shape=stage.shape)
    name = sketch.node("AveragePool", [value.name], count_include_pad=int(operation.streamed), **attributes)
    size = prod(operation.window.size)
    return _mean(sketch, replace(value, name=name, shape=stage.shape), operation.accum, size)


@writes(GlobalPool)
def _global_pool(sketch: Sketch, stage: Stage, operation: GlobalPool, inputs: list[Value]) -> Value:
    value = sketch.turned(inputs[0], first=True)
    largest = operation.mode == "max"
    name = sketch.node("GlobalMaxPool" if largest else "GlobalAveragePool", [value.name])
    found = replace(value, name=name, shape=(*(1 for _ in value.shape[:-1]), value.shape[-1]))
    found = found if largest else _mean(sketch, found, operation.accum, prod(value.shape[:-1]))
    return sketch.reshaped(found, stage.shape)


def _mean(sketch: Sketch, value: Value, accum: FixedType, size: int) -> Value:
    """The accumulator holds the sum and then the mean, whose further digits are dropped towards zero."""
    assert value.fraction is not None
    total = replace(value, lowest=value.lowest * size, highest=value.highest * size)
    if not sketch.fits(total, accum):
        sketch.note(f"its accumulator {accum.canonical} drops bits of the sums; here they are kept")
    # Dropped even where a mean seems to be held: it may lie between two steps.
    finest = replace(value, fraction=None)
    mean = sketch.cast(finest, accum.changed(rounding=Rounding.TRN_ZERO, overflow=Overflow.SAT))
    raised = accum.fraction - value.fraction
    if raised < 0:
        return mean
    return replace(mean, lowest=value.lowest << raised, highest=value.highest << raised)
