"""How few bits hold constants exactly."""

from typing import Any

import numpy as np
from numpy.typing import NDArray


def fraction_bits(values: NDArray[Any]) -> int:
    """Bits behind the binary point that single-precision numbers, not all of them zero, need; negative for multiples
    of powers of two."""
    mantissa, power = np.frexp(np.asarray(values, np.float64)[values != 0])
    whole = np.abs(mantissa * 2.0**24).astype(np.int64)
    trailing = np.log2(whole & -whole).astype(np.int64)
    return int((24 - power - trailing).max())
