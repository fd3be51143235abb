"""What own runs taught, put to the totals of many settings at once, as `apply` puts it to an estimate."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.calibration.apply import FLOOR, SHARE
from engine.calibration.own import AS_SHIPPED, Correction, Own
from engine.calibration.record import TARGETS
from engine.estimate import QUANTITIES, Picks, Sweep, Totals

_CYCLES = ("latency", "interval")

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class CalibratedSweep:
    """A sweep whose totals own runs correct."""

    bare: Sweep
    own: Own

    def totals(self, picks: Picks) -> Totals:
        """Totals of settings."""
        found = self.bare.totals(picks)
        rows = np.array([found.value, found.low, found.high])
        for place, target in enumerate(QUANTITIES):
            if target in TARGETS:
                _correct(rows[:, place], self.own, target)
        return Totals(*rows)


def _correct(rows: Array, own: Own, target: str) -> None:
    """One quantity's values, lows and highs, in place; what is exact has corrections of its own."""
    exact = rows[1] == rows[2]
    for is_exact, part in ((True, exact), (False, ~exact)):
        correction = own.corrections.get((target, is_exact), AS_SHIPPED)
        if correction is AS_SHIPPED or not part.any():
            continue
        value, low, high = rows[:, part] * correction.factor
        if not is_exact or correction.stretch > 1:
            low, high = _stretched(value, low, high, correction)
        if target in _CYCLES and correction.factor != 1:
            value, low, high = _in_whole_cycles(value, low, high)
        rows[:, part] = value, low, high


def _stretched(value: Array, low: Array, high: Array, correction: Correction) -> tuple[Array, Array]:
    """The ends of intervals that have at least the least room, widened or narrowed."""
    room = FLOOR + SHARE * value
    low, high = np.maximum(np.minimum(low, value - room), 0), np.maximum(high, value + room)
    least = (value + 1) * np.exp(correction.stretch * np.log((low + 1) / (value + 1))) - 1
    return np.clip(least, 0, value), value + correction.stretch * (high - value)


def _in_whole_cycles(value: Array, low: Array, high: Array) -> tuple[Array, Array, Array]:
    whole = np.maximum(np.rint(value), value > 0)
    exact = low == high
    low, high = np.where(exact, whole, np.minimum(low, whole)), np.where(exact, whole, np.maximum(high, whole))
    return whole, low, high
