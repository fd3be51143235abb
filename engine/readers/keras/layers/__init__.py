"""What becomes of each class of Keras and QKeras layers, one family a file."""

from engine.readers.keras.layers import (
    activation,
    conv,
    dense,
    dropped,
    hgq,
    io,
    merge,
    norm,
    pooling,
    recurrent,
    reshape,
)
from engine.readers.keras.layers.registry import translate

_FAMILIES = (activation, conv, dense, dropped, hgq, io, merge, norm, pooling, recurrent, reshape)  # fill the registry

__all__ = ["translate"]
