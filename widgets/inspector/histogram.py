"""How numbers spread over bit positions: each falls under its leading bit."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from engine.precision import FixedType, Rounding
from engine.precision.cast import cast

_SAMPLE = 8192
_NEAREST = {Rounding.RND, Rounding.RND_ZERO, Rounding.RND_INF, Rounding.RND_MIN_INF, Rounding.RND_CONV}


@dataclass(frozen=True, slots=True)
class Histogram:
    """Counts of numbers by the exponent of their leading bit, from `highest` downwards; zeros have none.

    A negative power of two counts one lower, as two's complement stores it.
    """

    highest: int
    counts: tuple[int, ...]
    zeros: int = 0
    negatives: int = 0

    @property
    def lowest(self) -> int:
        """The lowest exponent counted."""
        return self.highest - len(self.counts) + 1

    @property
    def total(self) -> int:
        """How many numbers there are, zeros included."""
        return sum(self.counts) + self.zeros

    def at(self, exponent: int) -> int:
        """How many numbers have their leading bit there."""
        place = self.highest - exponent
        return self.counts[place] if 0 <= place < len(self.counts) else 0

    def share_lost(self, type_: FixedType) -> float:
        """Share (0 to 1) of the numbers that are too small for the type and lose their last bit."""
        kept = max(self.highest - lowest_kept(type_) + 1, 0)
        return self._share(sum(self.counts[kept:]))

    def share_beyond(self, type_: FixedType) -> float:
        """Share (0 to 1) of the numbers that the type cannot hold: too large, or negative without a sign."""
        place = max(self.highest - highest_held(type_), 0)
        too_large = sum(self.counts[:place])
        return self._share(too_large if type_.signed else max(too_large, self.negatives))

    def unused(self, type_: FixedType) -> int:
        """How many bits below the sign no number uses."""
        if not self.counts:
            return 0
        return min(max(highest_held(type_) - self.highest, 0), type_.width - type_.signed)

    def _share(self, count: int) -> float:
        return count / self.total if self.total else 0.0


def highest_held(type_: FixedType) -> int:
    """Exponent of the highest bit that is not the sign."""
    return type_.integer - 1 - type_.signed


def lowest_kept(type_: FixedType) -> int:
    """Exponent of the smallest leading bit that survives; rounding to nearest saves one below the step."""
    return -type_.fraction - (type_.rounding in _NEAREST)


def measure(values: ArrayLike) -> Histogram:
    """Histogram of an array of any shape; a pass over all of it, so keep the result."""
    flat = np.asarray(values, dtype=np.float64).ravel()
    numbers = flat[flat != 0]
    if not numbers.size:
        return Histogram(0, (), zeros=int(flat.size))
    mantissa, exponent = np.frexp(numbers)
    exponent = exponent - 1 - (mantissa == -0.5)
    highest, lowest = int(exponent.max()), int(exponent.min())
    counts = np.bincount(highest - exponent, minlength=highest - lowest + 1)
    zeros, negatives = int(flat.size - numbers.size), int((numbers < 0).sum())
    return Histogram(highest, tuple(int(count) for count in counts), zeros, negatives)


def merge(histograms: Iterable[Histogram]) -> Histogram | None:
    """The histogram of several arrays together; None for none."""
    parts = list(histograms)
    if not parts:
        return None
    filled = [part for part in parts if part.counts]
    highest = max((part.highest for part in filled), default=0)
    lowest = min((part.lowest for part in filled), default=1)
    counts = np.zeros(max(highest - lowest + 1, 0), dtype=np.int64)
    for part in filled:
        start = highest - part.highest
        counts[start : start + len(part.counts)] += part.counts
    zeros, negatives = sum(part.zeros for part in parts), sum(part.negatives for part in parts)
    return Histogram(highest, tuple(int(count) for count in counts), zeros, negatives)


def noise_db(values: ArrayLike, type_: FixedType) -> float | None:
    """Ratio of signal to rounding noise in dB; None where there is no noise or no signal.

    Of large arrays it takes an even sample of about 8,000 numbers, so that it can follow a drag.
    """
    flat = np.asarray(values, dtype=np.float64).ravel()
    sample = flat[:: max(flat.size // _SAMPLE, 1)]
    signal = float(np.square(sample).sum())
    noise = float(np.square(cast(sample, type_) - sample).sum())
    return float(10 * np.log10(signal / noise)) if signal and noise else None
