"""What becomes of each class of Keras and QKeras layers, one family a file."""

from engine.readers.keras.layers import (
    activation,
    conv,
    dense,
    dropped,
    hgq,
    hgq_einsum,
    hgq_norm,
    io,
    merge,
    norm,
    pooling,
    recurrent,
    reshape,
)
from engine.readers.keras.layers.registry import translate

_FAMILIES = (  # fill the registry
    activation,
    conv,
    dense,
    dropped,
    hgq,
    hgq_einsum,
    hgq_norm,
    io,
    merge,
    norm,
    pooling,
    recurrent,
    reshape,
)

__all__ = ["translate"]
