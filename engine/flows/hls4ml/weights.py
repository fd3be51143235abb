"""The arrays of a layer as the hardware will hold them: after their quantisers, scales set apart."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.network import Layer, TensorStore
from engine.network.weights import effective_weight
from engine.precision.quantizer import Quantizer, QuantizerKind

Array = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Scaled:
    """Weights as multiples of a scale: values = codes · scale. The codes fit the quantiser's type."""

    codes: Array
    scale: Array


def weights_of(layer: Layer, tensors: TensorStore) -> dict[str, Array]:
    """All arrays of one layer by their roles, quantised as the layer quantises them."""
    return {role: effective_weight(layer, role, tensors) for role, _ in layer.weights}


def scaled(values: Array, quantizer: Quantizer) -> Scaled | None:
    """Quantised weights with the quantiser's scale set apart, one for each channel of the last axis; None: it is 1.

    'auto' scales follow from the values, as the largest of a channel is the quantiser's largest step; of the
    powers of two that fit, the smallest is taken.
    """
    alpha = quantizer.alpha
    if alpha in ("", 1):
        return None
    scale = _found(values, quantizer) if isinstance(alpha, str) else np.full(values.shape[-1:], alpha)
    return Scaled(_on_grid(values / scale, quantizer), scale)


def _found(values: Array, quantizer: Quantizer) -> Array:
    largest = np.abs(values).max(axis=tuple(range(values.ndim - 1))).astype(np.float64)
    scale = np.where(largest > 0, largest / _reach(quantizer), 1.0)
    return np.exp2(np.ceil(np.log2(scale))) if quantizer.alpha == "auto_po2" else scale


def _reach(quantizer: Quantizer) -> float:
    """Largest value of the quantiser when its scale is 1."""
    if quantizer.kind is QuantizerKind.BITS and quantizer.bits > quantizer.signed:
        return quantizer.storage_type().maximum
    return 1.0


def _on_grid(codes: Array, quantizer: Quantizer) -> Array:
    """Take the division's rounding error off."""
    step = quantizer.storage_type().step
    rounded: Array = np.round(codes / step) * step
    return rounded
