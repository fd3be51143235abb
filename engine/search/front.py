"""The Pareto front of a sweep: the settings that fit a board and that no other one beats in both speed and cost."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.advice import limit
from engine.boards import Board
from engine.estimate import QUANTITIES, RESOURCES, Axis, Sweep, Totals, combinations, picks_of

SPEEDS = ("latency", "interval")
SHARE = "share"
"""Cost: the largest of the shares of the board that the resources take."""
COSTS = (SHARE, *RESOURCES)

_AT_ONCE = 1 << 16

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Found:
    """One setting: a candidate of each axis, what it comes to, and the resource that fills most of the board."""

    picks: tuple[int, ...]
    totals: Mapping[str, float]
    """Values by QUANTITIES."""
    share: float
    fullest: str


@dataclass(frozen=True, slots=True)
class Front:
    """What a search found, the fastest first."""

    settings: tuple[Found, ...]
    evaluated: int
    fitting: int
    nearest: Found
    """The setting that fills the board least, or is least beyond it."""


@dataclass(frozen=True, slots=True, eq=False)
class _Points:
    """Settings by number, with what they are compared by."""

    numbers: NDArray[np.intp]
    speed: Array
    cost: Array
    share: Array

    def at(self, places: NDArray[np.intp]) -> "_Points":
        return _Points(self.numbers[places], self.speed[places], self.cost[places], self.share[places])

    def and_(self, other: "_Points") -> "_Points":
        return _Points(
            np.concatenate([self.numbers, other.numbers]),
            np.concatenate([self.speed, other.speed]),
            np.concatenate([self.cost, other.cost]),
            np.concatenate([self.share, other.share]),
        )


def front(sweep: Sweep, axes: Sequence[Axis], board: Board, *, speed: str, cost: str) -> Front:
    """Evaluate all combinations of the axes' candidates. `speed` is one of SPEEDS, `cost` one of COSTS."""
    best: _Points | None = None
    nearest, least = 0, np.inf
    fitting, count = 0, combinations(axes)
    for numbers in _numbers(count):
        totals = sweep.totals(picks_of(axes, numbers))
        share = _shares(totals, board).max(axis=0)
        points = _Points(numbers, totals.of(speed), share if cost == SHARE else totals.of(cost), share)
        lowest = int(share.argmin())
        if share[lowest] < least:
            nearest, least = int(numbers[lowest]), float(share[lowest])
        fits = np.flatnonzero(share <= 1)
        fitting += len(fits)
        found = points.at(fits)
        best = _unbeaten(found if best is None else best.and_(found))
    kept = best.numbers if best is not None else np.zeros(0, np.intp)
    *settings, closest = _described(sweep, axes, board, np.append(kept, nearest))
    return Front(tuple(settings), count, fitting, closest)


def _numbers(count: int) -> Iterator[NDArray[np.intp]]:
    for start in range(0, count, _AT_ONCE):
        yield np.arange(start, min(start + _AT_ONCE, count), dtype=np.intp)


def _shares(totals: Totals, board: Board) -> Array:
    """What the resources take of the board: one row each; those whose number is not known take nothing."""
    limits = [limit(board, resource) for resource in RESOURCES]
    shares: Array = totals.value[: len(RESOURCES)] / np.array([[each or np.inf] for each in limits])
    return shares


def _unbeaten(points: _Points) -> _Points:
    """The points that no other one beats, the fastest first; of those that cost and last the same, the emptiest."""
    ordered = points.at(np.lexsort((points.numbers, points.share, points.cost, points.speed)))
    if not len(ordered.numbers):
        return ordered
    before = np.append(np.inf, np.minimum.accumulate(ordered.cost)[:-1])
    return ordered.at(np.flatnonzero(ordered.cost < before))


def _described(sweep: Sweep, axes: Sequence[Axis], board: Board, numbers: NDArray[np.intp]) -> list[Found]:
    picks = picks_of(axes, numbers)
    totals = sweep.totals(picks)
    shares = _shares(totals, board)
    return [
        Found(
            tuple(picks[place].tolist()),
            dict(zip(QUANTITIES, totals.value[:, place].tolist(), strict=True)),
            float(shares[:, place].max()),
            RESOURCES[int(shares[:, place].argmax())],
        )
        for place in range(len(numbers))
    ]
