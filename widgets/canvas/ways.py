"""How a wire gets from track to track: through the gaps between nodes, and along the lanes over tracks."""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from widgets.canvas import metrics
from widgets.canvas.tracks import Span

_BESIDE = 6.0
"""Between wires of different outputs that pass the same gap."""
_STEP, _STEPS = 5.0, 3
SPREAD = _STEP * (_STEPS - 1)
"""So far a fork may move back, to be clear of another."""
_TRIES = 8
"""So many places on either side are tried."""


@dataclass(frozen=True, slots=True)
class Leg:
    """A stretch of a wire along the lane over a track."""

    track: int
    start: float
    end: float


class Gaps:
    """Where wires may cross a track, and where they do already."""

    def __init__(self, nodes: Mapping[int, tuple[int, Span]]) -> None:
        """`nodes`: track of each node, and where it lies along the flow."""
        self._taken: dict[int, list[Span]] = {}
        for track, span in sorted(nodes.values()):
            self._taken.setdefault(track, []).append(span)
        self._used: dict[int, list[float]] = {}
        """Per track, in order, where wires cross it."""
        self._own: dict[tuple[int, int], list[float]] = {}
        """Per track and output, where its wires do."""

    def open_at(self, track: int, at: float) -> bool:
        """Whether a wire may cross a track here."""
        low, high = self._around(track, at)
        return low <= at <= high

    def _around(self, track: int, at: float) -> Span:
        """The gap that holds `at`, else the one behind the node that is there."""
        spans = self._taken.get(track, [])
        k = bisect_right(spans, (at, float("inf"))) - 1
        before = spans[k][1] if k >= 0 else float("-inf")
        after = spans[k + 1][0] if k + 1 < len(spans) else float("inf")
        return before + metrics.CLEAR, after - metrics.CLEAR

    def cross(self, track: int, source: int, at: float, goal: float) -> float:
        """Where a wire of `source` that is `at` crosses a track on its way to `goal`, with little detour."""

        def detour(x: float) -> float:
            return abs(x - at) + abs(x - goal)

        shared = self._own.setdefault((track, source), [])
        if at in shared:
            return at
        places = [self._apart(track, x) for x in self._candidates(track, at, goal)]
        best = min([*shared, *places], key=lambda x: (detour(x), x not in shared, abs(x - at)))
        if best not in shared:
            shared.append(best)
            insort(self._used.setdefault(track, []), best)
        return best

    def _candidates(self, track: int, at: float, goal: float) -> Iterator[float]:
        if self.open_at(track, at):
            yield at
            return
        yield from self._nearest_open(track, at)
        if self.open_at(track, goal):
            yield goal
        else:
            yield from self._nearest_open(track, goal)

    def _nearest_open(self, track: int, at: float) -> Iterator[float]:
        """The ends of the next gaps on both sides that are wide enough for a wire."""
        spans = self._taken[track]
        k = bisect_left(spans, (at, float("-inf")))
        for j in range(min(k, len(spans) - 1), -1, -1):
            left = spans[j][0] - metrics.CLEAR
            if left <= at and (j == 0 or spans[j - 1][1] + metrics.CLEAR <= left):
                yield left
                break
        for j in range(max(k - 1, 0), len(spans)):
            right = spans[j][1] + metrics.CLEAR
            if right >= at and (j + 1 == len(spans) or right <= spans[j + 1][0] - metrics.CLEAR):
                yield right
                break

    def _apart(self, track: int, at: float) -> float:
        """The same place, moved within its gap until it is clear of other wires, if there is room."""
        used = self._used.get(track, [])
        low, high = self._around(track, at)
        for step in range(_TRIES):
            for x in (at + step * _BESIDE, at - step * _BESIDE):
                if low <= x <= high and not _any_between(used, x - _BESIDE, x + _BESIDE):
                    return x
        return at


def _any_between(places: list[float], low: float, high: float) -> bool:
    k = bisect_right(places, low)
    return k < len(places) and places[k] < high


def spread(places: Mapping[int, float], reach: Mapping[int, Span]) -> dict[int, float]:
    """Forks of different outputs a little apart where they would cover each other: back by up to `SPREAD`.

    `places`: along the flow, per output; `reach`: the tracks between which it runs across the flow.
    """
    taken: dict[int, list[Span]] = {}
    moved: dict[int, float] = {}
    for source in sorted(reach, key=lambda u: (reach[u][1] - reach[u][0], u)):
        low, high = reach[source]
        at = places[source]
        for step in range(_STEPS):
            cell = taken.setdefault(round(at - step * _STEP), [])
            if all(high <= other[0] or other[1] <= low for other in cell):
                moved[source] = at - step * _STEP
                cell.append((low, high))
                break
    return {**places, **moved}


def weave(gaps: Gaps, source: int, tracks: Span, start: float, entry: float) -> list[Leg]:
    """Legs of a wire between two tracks, down or up, round whatever lies on the tracks between."""
    first, last = int(tracks[0]), int(tracks[1])
    down = last > first
    legs, at = [], start
    for track in range(first + 1, last) if down else range(first - 1, last, -1):
        x = gaps.cross(track, source, at, entry)
        legs.append(Leg(track if down else track + 1, at, x))
        at = x
    return [leg for leg in (*legs, Leg(last if down else last + 1, at, entry)) if leg.start != leg.end]
