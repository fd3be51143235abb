"""Constants as the generated C++ has them: hls4ml writes them as decimals, and the code casts what it reads."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine.emulate.exact.numbers import Exact, held
from engine.precision import FixedType

Array = NDArray[Any]


def written(values: ArrayLike, type_: FixedType) -> Exact:
    """Constants of a type. They are written with as many decimals as the type has fraction bits."""
    floats = np.asarray(values, dtype=np.float64)
    decimals = max(0, type_.fraction)
    steps = np.ldexp(floats, type_.fraction)
    # Only near a multiple of half a step can the decimals that are left out change how a value is rounded.
    halves = np.abs(2 * steps - np.rint(2 * steps))
    doubtful = (steps != np.rint(steps)) & (halves <= 2.0 * np.ldexp(10.0**-decimals, type_.fraction))
    if doubtful.any():
        floats = floats.copy()
        floats[doubtful] = [float(f"{value:.{decimals}f}") for value in floats[doubtful]]
    exact = held(floats, type_)
    exact.codes.setflags(write=False)
    return exact


def powers_of_two(values: Array) -> Array:
    """Signed powers of two as hls4ml's exponents reproduce them."""
    exponents = np.trunc(np.log2(np.abs(values)) / np.log2(2.0))
    return np.asarray(np.where(values < 0, -1.0, 1.0) * np.exp2(exponents))
