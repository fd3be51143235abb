"""The weights that a layer computes with, as opposed to the ones that training moves."""

import numpy as np
from numpy.typing import NDArray

from engine.network.kinds.norm import BatchNorm
from engine.network.layer import Layer
from engine.network.tensors import Array, MissingTensorError, TensorStore
from engine.precision.quantize import apply_quantizer


def effective_weight(layer: Layer, role: str, store: TensorStore) -> Array:
    """One weight array of a layer, by its role ('kernel', 'bias', ...), quantised as the layer quantises it.

    float32, in the shape that `Op.weight_shapes` gives. Raises MissingTensorError if the layer has no such
    weights or the store does not hold them.
    """
    ref = layer.weight(role)
    if ref is None:
        raise MissingTensorError(f"'{layer.name}' has no weights called '{role}'.")
    quantizer = layer.quantizer(role)
    stored = store.get(ref)
    return stored if quantizer is None else apply_quantizer(stored, quantizer)


def norm_scale(layer: Layer, store: TensorStore) -> NDArray[np.float64]:
    """γ / √(variance + ε) of a batch normalisation, one for each channel, 0 where there is no root.

    Raises MissingTensorError.
    """
    variance = _divided_by(layer, store)
    has_root = variance > 0
    scale = np.where(has_root, 1 / np.sqrt(np.where(has_root, variance, 1)), 0)
    return scale if layer.weight("gamma") is None else scale * effective_weight(layer, "gamma", store)


def rootless(layer: Layer, store: TensorStore) -> int:
    """How many channels of a batch normalisation have no root to divide by: a damaged file, or ε is 0.

    Raises MissingTensorError.
    """
    # What is no number at all is not above zero either.
    return int((~(_divided_by(layer, store) > 0)).sum())


def _divided_by(layer: Layer, store: TensorStore) -> NDArray[np.float64]:
    assert isinstance(layer.op, BatchNorm)
    return np.asarray(effective_weight(layer, "variance", store), np.float64) + layer.op.epsilon


def norm_shift(layer: Layer, store: TensorStore) -> NDArray[np.float64]:
    """β − mean · scale of a batch normalisation, one for each channel. Raises MissingTensorError."""
    shift = -norm_scale(layer, store) * effective_weight(layer, "mean", store)
    return shift if layer.weight("beta") is None else shift + effective_weight(layer, "beta", store)
