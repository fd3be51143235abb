"""What a search is after: the fastest design that fits a board, or the least hardware that keeps a rate."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.advice import limit
from engine.boards import Board
from engine.estimate import RESOURCES, Totals

Array = NDArray[np.float64]

LATENCY, INTERVAL = "latency", "interval"


@dataclass(frozen=True, slots=True)
class Goal:
    """Settings are better the smaller their key is, entry by entry.

    Without `cycles`: what is over the board, then `speed` (latency or interval), then the hardware. With `cycles`: what
    the interval is over these, what is over the board, then the hardware, then the speed. Hardware is the largest of
    the shares of the board, then all of them together.
    """

    board: Board
    speed: str = INTERVAL
    cycles: float | None = None

    def keys(self, totals: Totals) -> Array:
        """One column for each setting, the entry that counts first on top."""
        shares = self.shares(totals)
        fullest, whole = shares.max(axis=0), shares.sum(axis=0)
        over = np.maximum(fullest - 1, 0)
        if self.cycles is None:
            return np.stack([over, totals.of(self.speed), fullest, whole])
        late = np.maximum(totals.of(INTERVAL) - self.cycles, 0)
        return np.stack([late, over, fullest, whole, totals.of(self.speed)])

    def shares(self, totals: Totals) -> Array:
        """What each resource takes of the board, one row each; those whose number is not known take nothing."""
        amounts = totals.value[: len(RESOURCES)]
        limits = [limit(self.board, resource) for resource in RESOURCES]
        missing = np.array([[1.0 if each == 0 else 0.0] for each in limits])
        shares: Array = amounts / np.array([[each or np.inf] for each in limits])
        # What a board has none of must not be taken at all.
        return np.asarray(np.where(missing > 0, amounts * 2.0, shares), float)


def best(keys: Array) -> int:
    """The setting with the smallest key; of equal ones the first."""
    return int(np.lexsort(keys[::-1])[0])


def better(one: Sequence[float], other: Sequence[float]) -> bool:
    """Whether a key is smaller than another one, beyond rounding."""
    for a, b in zip(one, other, strict=True):
        if abs(a - b) > 1e-9 * max(abs(a), abs(b), 1):
            return a < b
    return False
