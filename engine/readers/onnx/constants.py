"""Quantised constants as the weights of layers."""

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.precision.quantizer import Quantizer, QuantizerKind
from engine.readers.onnx.values import Constant, exponent, is_power_of_two

Array = NDArray[Any]


def weights(constant: Constant, axis: int) -> tuple[Array, Quantizer | None, Array]:
    """The array to store, its quantiser, and the scale that is left for each place along `axis` (or a single one).

    Scales that differ along another axis are multiplied into the values, which then have no quantiser.
    """
    one = np.asarray(1.0)
    if constant.quantizer is None or constant.stored is None or constant.steps is None:
        return constant.values, None, one
    steps = np.moveaxis(constant.steps, axis, 0).reshape(constant.steps.shape[axis], -1)
    if not (steps == steps[:, :1]).all():
        return constant.values, None, one
    if not (steps == steps[0, 0]).all():
        return constant.stored, constant.quantizer, steps[:, 0].astype(np.float64)
    common = with_step(constant, float(steps[0, 0]))
    return (*common, one) if common else (constant.stored, constant.quantizer, np.asarray(float(steps[0, 0])))


def with_step(constant: Constant, step: float) -> tuple[Array, Quantizer] | None:
    """Array and quantiser of a constant on a grid of whole numbers times a power of two; None for other steps."""
    quantizer, stored = constant.quantizer, constant.stored
    if quantizer is None or stored is None or not is_power_of_two(step):
        return None
    if quantizer.kind is QuantizerKind.BINARY:
        return (stored, quantizer) if step == 1 else None
    return stored * np.float32(step), replace(quantizer, integer=quantizer.integer + exponent(step))
