"""The constants of a layer as its hardware has them, by the role that their type has."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.design import BIAS, WEIGHT
from engine.network import Layer, TensorStore
from engine.network.kinds import BatchNorm
from engine.network.weights import effective_weight, norm_scale, norm_shift

Array = NDArray[Any]

SCALE = "scale"
"""Role of a batch normalisation's factors."""
_TENSORS = {
    "kernel": WEIGHT,
    "depthwise": "depthwise",
    "pointwise": "pointwise",
    "recurrent_kernel": "recurrent_weight",
    "alpha": "param",
    "bias": BIAS,
}
FACTORS = (SCALE, *(role for role in _TENSORS.values() if role != BIAS))
"""Roles of the constants that are multiplied."""


def stored_numbers(layer: Layer, tensors: TensorStore) -> Iterator[tuple[str, Array]]:
    """Role and float64 values of each. Raises MissingTensorError."""
    if isinstance(layer.op, BatchNorm) and layer.weight("variance") is not None:
        yield SCALE, norm_scale(layer, tensors)
        yield BIAS, norm_shift(layer, tensors)
    for tensor, role in _TENSORS.items():
        if layer.weight(tensor) is not None:
            yield role, np.asarray(effective_weight(layer, tensor, tensors), np.float64)
