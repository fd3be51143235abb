"""What is known of the adders of a constant matrix before they are found."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.flows.rtl.adders.graph import Adder, AdderGraph, Output


def outlined(matrix: NDArray[Any]) -> AdderGraph:
    """A graph about as deep as a matrix needs it, with one adder a level and one output."""
    longest = int(digits(matrix).sum(axis=0).max(initial=1))
    levels = max(longest - 1, 0).bit_length()
    return AdderGraph(1, [Adder(level, level, 1, False) for level in range(levels)], [Output(levels)])


def digits(matrix: NDArray[Any]) -> NDArray[np.int64]:
    """Signed digits of each number that are not zero: the bits of x xor 3x that are one."""
    codes = np.abs(matrix.astype(np.int64, copy=False))
    return np.asarray(np.bitwise_count(codes ^ (3 * codes)), np.int64)
