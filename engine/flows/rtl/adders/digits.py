"""Whole numbers in canonical signed digits: −1, 0 and 1, no two neighbours of which are both not 0."""

from typing import Any

import numpy as np
from numpy.typing import NDArray


def signed_digits(numbers: NDArray[Any]) -> NDArray[np.int8]:
    """(...) → (..., digits), the lowest first; at least one digit."""
    rest = np.asarray(numbers, dtype=np.int64)
    found: list[NDArray[np.int8]] = []
    while not found or (rest != 0).any():
        digit = np.where(rest & 1 == 1, np.where(rest & 3 == 3, -1, 1), 0)
        found.append(digit.astype(np.int8))
        rest = (rest - digit) >> 1
    return np.stack(found, axis=-1)
