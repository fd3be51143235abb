"""ReuseAxis: legal reuse factors evenly spaced along a line, and which of them are written beneath."""

from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import log

INSET = 8
_LABEL_GAP = 10
_KEY_LABELS = 4
_CLOSEST_TICKS = 4.0


@dataclass(frozen=True, slots=True)
class ReuseAxis:
    """`legal` ascends and is not empty; positions run from 0 to len(legal) − 1 over `width` px."""

    legal: tuple[int, ...]
    width: float

    @property
    def last(self) -> int:
        """The highest position."""
        return len(self.legal) - 1

    def x(self, position: float) -> float:
        """Where a position lies; one value alone lies at the left."""
        return INSET + (position * (self.width - 2 * INSET) / self.last if self.last else 0)

    def position_at(self, x: float) -> int:
        """The legal value nearest to `x`."""
        if not self.last:
            return 0
        return self.clamped(round((x - INSET) * self.last / (self.width - 2 * INSET)))

    def clamped(self, position: int) -> int:
        """The nearest position there is."""
        return min(max(position, 0), self.last)

    def position(self, value: int) -> float:
        """Where a value lies; one that is not legal for all lies between its neighbours, by its logarithm."""
        place = bisect_left(self.legal, value)
        if place > self.last:
            return self.last
        if self.legal[place] == value or place == 0:
            return place
        low, high = self.legal[place - 1], self.legal[place]
        return place - 1 + log(value / low) / log(high / low)

    def nearest(self, value: int) -> int:
        """Position of the legal value that the converter would take: the closest, the smaller of two."""
        place = bisect_left(self.legal, value)
        if place == 0:
            return 0
        if place > self.last:
            return self.last
        return place if self.legal[place] - value < value - self.legal[place - 1] else place - 1

    def ticks(self) -> Iterable[float]:
        """Where ticks stand: one for each value, or each second, fourth... where they would touch."""
        step = 1
        while self.last and step * (self.width - 2 * INSET) / self.last < _CLOSEST_TICKS:
            step *= 2
        return (self.x(position) for position in range(0, self.last + 1, step))

    def usual_labels(self, first: Iterable[int]) -> list[int]:
        """What to write beneath, the most important first: `first`, the ends, powers of two, the others."""
        return [*first, self.legal[0], self.legal[-1], *(v for v in self.legal if v & (v - 1) == 0), *self.legal]

    def placed(self, wanted: Iterable[int], text_width: Callable[[int], float]) -> list[tuple[int, float]]:
        """Values to write and their left edges; one that would crowd another before it is left out."""
        placed: dict[int, tuple[float, float]] = {}
        for value in dict.fromkeys(wanted):
            width = text_width(value)
            left = min(max(self.x(self.position(value)) - width / 2, 0), self.width - width)
            crowd = _LABEL_GAP if len(placed) < _KEY_LABELS else 3 * _LABEL_GAP
            if all(left > end + crowd or left + width < start - crowd for start, end in placed.values()):
                placed[value] = (left, left + width)
        return [(value, left) for value, (left, _) in placed.items()]
