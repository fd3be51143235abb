"""How numbers spread over bit positions: each falls under its leading bit."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from engine.precision import FixedType, Rounding
from engine.precision.cast import cast

_SAMPLE = 8192
_TALLIED = ("counts", "negatives", "edges")
_NEAREST = {Rounding.RND, Rounding.RND_ZERO, Rounding.RND_INF, Rounding.RND_MIN_INF, Rounding.RND_CONV}


@dataclass(frozen=True, slots=True)
class Histogram:
    """Counts of numbers by the exponent of their leading bit, from `highest` downwards; zeros have none.

    `negatives` counts those below zero among them, `edges` those that are minus a power of two: two's complement
    holds these with one bit less.
    """

    highest: int
    counts: tuple[int, ...]
    negatives: tuple[int, ...] = ()
    edges: tuple[int, ...] = ()
    zeros: int = 0

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
        return _at(self.counts, self.highest - exponent)

    def beyond_at(self, exponent: int, type_: FixedType) -> int:
        """How many of the numbers there the type cannot hold: too large, or negative without a sign."""
        place = self.highest - exponent
        if not type_.signed:
            return _at(self.counts if exponent > highest_held(type_) else self.negatives, place)
        if exponent <= highest_held(type_):
            return 0
        return _at(self.counts, place) - (_at(self.edges, place) if exponent == highest_held(type_) + 1 else 0)

    def share_beyond(self, type_: FixedType) -> float:
        """Share (0 to 1) of the numbers that the type cannot hold."""
        return self._share(sum(self.beyond_at(self.highest - place, type_) for place in range(len(self.counts))))

    def share_lost(self, type_: FixedType) -> float:
        """Share (0 to 1) of the numbers that are too small for the type and lose their last bit."""
        kept = max(self.highest - lowest_kept(type_) + 1, 0)
        return self._share(sum(self.counts[kept:]))

    def unused(self, type_: FixedType) -> int:
        """How many bits below the sign no number uses."""
        if not self.counts:
            return 0
        needed = self.highest - (self.counts[0] == _at(self.edges, 0))
        return min(max(highest_held(type_) - needed, 0), type_.width - type_.signed)

    def _share(self, count: int) -> float:
        return count / self.total if self.total else 0.0


def _at(counts: tuple[int, ...], place: int) -> int:
    return counts[place] if 0 <= place < len(counts) else 0


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
    zeros = int(flat.size - numbers.size)
    if not numbers.size:
        return Histogram(0, (), zeros=zeros)
    mantissa, exponent = np.frexp(numbers)
    highest = int(exponent.max())
    places, length = highest - exponent, highest - int(exponent.min()) + 1
    counts, negatives, edges = (
        tuple(int(count) for count in np.bincount(places[chosen], minlength=length))
        for chosen in (np.ones(numbers.shape, dtype=bool), numbers < 0, mantissa == -0.5)
    )
    return Histogram(highest - 1, counts, negatives, edges, zeros)


def merge(histograms: Iterable[Histogram]) -> Histogram | None:
    """The histogram of several arrays together; None for none."""
    parts = list(histograms)
    if not parts:
        return None
    filled = [part for part in parts if part.counts]
    highest = max((part.highest for part in filled), default=0)
    length = max((highest - part.lowest + 1 for part in filled), default=0)
    sums = [_sum([(getattr(part, name), highest - part.highest) for part in filled], length) for name in _TALLIED]
    return Histogram(highest, sums[0], sums[1], sums[2], sum(part.zeros for part in parts))


def _sum(counts: list[tuple[tuple[int, ...], int]], length: int) -> tuple[int, ...]:
    """Sum of counts that begin at different places of `length`."""
    total = np.zeros(length, dtype=np.int64)
    for each, start in counts:
        total[start : start + len(each)] += each
    return tuple(int(count) for count in total)


def noise_db(values: ArrayLike, type_: FixedType) -> float | None:
    """Ratio of signal to rounding noise in dB; None where there is no noise or no signal.

    Of large arrays it takes an even sample of about 8,000 numbers, so that it can follow a drag.
    """
    flat = np.asarray(values, dtype=np.float64).ravel()
    sample = flat[:: max(flat.size // _SAMPLE, 1)]
    signal = float(np.square(sample).sum())
    noise = float(np.square(cast(sample, type_) - sample).sum())
    return float(10 * np.log10(signal / noise)) if signal and noise else None
