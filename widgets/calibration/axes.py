"""Axes of the charts: a logarithmic one for amounts, which takes zero, and a plain one for percent."""

from dataclasses import dataclass
from math import ceil, floor, log10

from PySide6.QtCore import QPointF, QRectF

_STEPS = (1, 2, 5)
_FEW = 3
"""Decades up to which 2 and 5 are marked too."""


@dataclass(frozen=True, slots=True)
class Square:
    """Estimates across, reports up, on the same logarithmic axis of 1 + amount."""

    area: QRectF
    low: float
    high: float

    def place(self, across: float, up: float) -> QPointF:
        """Where an estimate and a report meet."""
        return QPointF(
            self.area.left() + self.area.width() * self._share(across),
            self.area.bottom() - self.area.height() * self._share(up),
        )

    def _share(self, amount: float) -> float:
        span = log10(1 + self.high) - log10(1 + self.low)
        return (log10(1 + max(amount, 0.0)) - log10(1 + self.low)) / span

    def ticks(self) -> list[float]:
        """Round amounts inside, zero too where it is the least."""
        first, last = floor(log10(1 + self.low)), ceil(log10(1 + self.high))
        steps = _STEPS if last - first <= _FEW else (1,)
        found = [step * 10.0**power for power in range(max(first, 0), last + 1) for step in steps]
        return [0.0] * (self.low == 0) + [tick for tick in found if self.low <= tick <= self.high]


def square(area: QRectF, amounts: list[float]) -> Square:
    """An axis with room around all amounts; it never spans less than a factor of three."""
    least, most = min(amounts), max(amounts)
    low = 0.0 if least < 1 else 10 ** (log10(least) - 0.08)
    return Square(area, low, max(most * 1.25, 3 * (low + 1)))


@dataclass(frozen=True, slots=True)
class Steps:
    """Runs across, percent up from zero."""

    area: QRectF
    count: int
    top: float

    def place(self, index: int, percent: float) -> QPointF:
        """Where a run's error is; a single run stands in the middle."""
        share = index / (self.count - 1) if self.count > 1 else 0.5
        left = self.area.left() + self.area.width() * share
        return QPointF(left, self.area.bottom() - self.area.height() * percent / self.top)

    def ticks(self) -> list[float]:
        """Zero, and round percents up to the top."""
        step = next(size for size in _sizes() if self.top / size <= 4)
        return [step * place for place in range(int(self.top / step) + 1)]


def steps(area: QRectF, lines: list[tuple[float, ...]]) -> Steps:
    """An axis with room above all lines."""
    return Steps(area, len(lines[0]), max(1.12 * max(max(line) for line in lines), 1.0))


def _sizes() -> list[float]:
    return [step * 10.0**power for power in range(-1, 4) for step in _STEPS]
