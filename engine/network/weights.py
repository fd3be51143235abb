"""The weights that a layer computes with, as opposed to the ones that training moves."""

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
