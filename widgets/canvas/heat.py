"""How strongly a share of the design's total shows: five steps up to a round full scale, without Qt."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence

LARGEST = 0.5
"""Full scale of small networks, where a single layer may hold half of a resource."""

_ROUND = (0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001)


def full_scale(shares: Iterable[float | None]) -> float:
    """The share (0..1) that fills a bar: at least three times the mean, rounded so that it rarely moves."""
    known = [s for s in shares if s]
    if not known:
        return LARGEST
    wanted = 3.0 * sum(known) / len(known)
    return min((r for r in _ROUND if r >= wanted), default=LARGEST)


def step_of(share: float, full: float, bounds: Sequence[float]) -> int:
    """Heat step of a share, 0 (weakest) upwards; `bounds` between the steps hold for `LARGEST`."""
    return bisect_right(bounds, share * LARGEST / full + 1e-9)


def percent(share: float, full: float = LARGEST) -> str:
    """A share in words, as finely as the scale asks for: "50 %", and "5.3 %" where bars fill at 10 %."""
    value = share * 100
    if value == 0 or full >= 0.2 or value >= 9.95:
        return f"{value:.0f} %" if value == 0 or value >= 0.95 else "<1 %"
    return f"{value:.1f} %" if value >= 0.095 else f"{value:.2f} %"
