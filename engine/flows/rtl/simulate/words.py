"""Values as the words that travel between modules, and back."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.flows.rtl.word import Stream

_CHUNK = 32


def chunks(stream: Stream) -> int:
    """32-bit chunks of a word."""
    return -(-stream.bits // _CHUNK)


def to_words(codes: NDArray[Any], stream: Stream) -> NDArray[np.uint32]:
    """(frames, *shape) whole numbers → (words of all frames, chunks)."""
    width = stream.type.width
    rows = codes.reshape(-1, stream.lanes, 1)
    shifts = np.arange(width, dtype=np.int64)
    bits = ((rows >> (shifts if rows.dtype != object else shifts.astype(object))) & 1).astype(np.uint8)
    padded = np.zeros((len(rows), chunks(stream) * _CHUNK), np.uint8)
    padded[:, : stream.bits] = bits.reshape(len(rows), -1)
    return np.packbits(padded, axis=1, bitorder="little").view("<u4")


def from_words(words: NDArray[np.uint32], stream: Stream) -> NDArray[Any]:
    """(words, chunks) → (frames, values) whole numbers."""
    width = stream.type.width
    bits = np.unpackbits(np.ascontiguousarray(words).view(np.uint8), axis=1, bitorder="little")[:, : stream.bits]
    values = bits.reshape(-1, stream.values, width)
    dtype: Any = np.int64 if width < 63 else object
    weights = np.array([1 << place for place in range(width)], dtype=dtype)
    if stream.type.signed:
        weights[-1] = -weights[-1]
    return np.asarray((values.astype(dtype) * weights).sum(axis=-1))
