"""Whole numbers and the step that they count: what streams and weights hold."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]

MOST_BITS = 24
"""Bits of whole weights at most: more means that they have no step in common."""


class NotWholeError(ValueError):
    """What has no exact model in whole numbers; the message says where and what to do."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Values are `step` times whole numbers from `low` to `high`; the step is a power of two."""

    step: float
    low: int
    high: int

    @property
    def bits(self) -> int:
        """Bits of the smallest type that holds them, as FINN counts: INT with a sign, else UINT; BIPOLAR is one."""
        if (self.low, self.high) == (-1, 1):
            return 1
        if self.low >= 0:
            return max(self.high.bit_length(), 1)
        return max((-self.low - 1).bit_length(), self.high.bit_length()) + 1


def whole(values: Array, where: str) -> tuple[Array, float]:
    """Values as whole numbers times their coarsest common power of two. Raises NotWholeError."""
    found = np.asarray(values, np.float64)
    step = _common_step(found)
    counts = found / step
    if np.abs(counts).max(initial=0.0) >= 2.0**MOST_BITS:
        raise NotWholeError(
            f"'{where}': its weights have no step in common that {MOST_BITS} bits would count. Give them a type, or a "
            "quantiser whose scale is a power of two."
        )
    return counts, step


def _common_step(values: Array) -> float:
    """The largest power of two that divides all of them; 1 where all are zero."""
    nonzero = values[values != 0]
    if not nonzero.size:
        return 1.0
    mantissa, exponent = np.frexp(nonzero)
    digits = np.abs(mantissa * 2.0**53).astype(np.int64)
    lowest = np.log2((digits & -digits).astype(np.float64))
    return float(2.0 ** (exponent - 53 + lowest).min())


def sums(weights: Array, grid: Grid) -> tuple[Array, Array]:
    """Smallest and largest sum of each output, over all inputs of a grid; weights (inputs, outputs)."""
    ends = np.stack([weights * grid.low, weights * grid.high])
    return ends.min(axis=0).sum(axis=0), ends.max(axis=0).sum(axis=0)
