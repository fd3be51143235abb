"""Packs intervals side by side: branches into tracks, skips into lanes."""

from bisect import bisect_left, insort
from collections.abc import Mapping
from dataclasses import dataclass

from widgets.canvas import metrics
from widgets.canvas.axis import Axis

Span = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Lane:
    """A lane over a track; rung 0 is nearest to it."""

    track: int
    rung: int


@dataclass(frozen=True, slots=True)
class Stack:
    """Where tracks lie across the flow, and how far everything reaches from the main line."""

    centre: list[float]
    half: list[float]
    above: float
    below: float

    def height(self, lane: Lane) -> float:
        """Where a lane runs across the flow."""
        edge = self.centre[lane.track] - self.half[lane.track]
        return edge - metrics.LANE - metrics.LANE_STEP * lane.rung


def first_free(taken: list[list[Span]], span: Span, depth: int) -> int:
    """Lowest of `taken`'s levels from which `depth` levels are free over `span`; they are taken then.

    Spans on one level are in order and keep a little apart, so that what ends does not seem to go on.
    """
    level = 0
    while any(_overlaps(taken[k], span) for k in range(level, min(level + depth, len(taken)))):
        level += 1
    taken.extend([] for _ in range(level + depth - len(taken)))
    for k in range(level, level + depth):
        insort(taken[k], span)
    return level


def _overlaps(spans: list[Span], span: Span) -> bool:
    k = bisect_left(spans, span)
    after = k < len(spans) and spans[k][0] < span[1] + metrics.CLEAR
    return after or (k > 0 and span[0] < spans[k - 1][1] + metrics.CLEAR)


def stack_tracks(track: Mapping[int, int], lanes: Mapping[tuple[int, int], Lane], axis: Axis) -> Stack:
    """Distances between the tracks, with room for their lanes and for frames that begin or end there."""
    count = 1 + max(track.values())
    half, lower = [0.0] * count, [0.0] * count
    for node, t in track.items():
        half[t] = max(half[t], axis.breadth[node] / 2)
        lower[t] = max(lower[t], axis.breadth[node] / 2 + axis.hang[node])
    over = _lane_room(lanes, count)
    head, foot = _frame_room(track, axis, over)
    centre = [0.0]
    for t in range(1, count):
        between = lower[t - 1] + foot[t - 1] + metrics.TRACK_GAP + head[t] + over[t] + half[t]
        centre.append(centre[-1] + between)
    return Stack(centre, half, half[0] + over[0] + head[0], centre[-1] + lower[-1] + foot[-1])


def _lane_room(lanes: Mapping[tuple[int, int], Lane], count: int) -> list[float]:
    over = [0.0] * count
    for lane in lanes.values():
        over[lane.track] = max(over[lane.track], metrics.LANE + metrics.LANE_STEP * lane.rung)
    return over


def _frame_room(track: Mapping[int, int], axis: Axis, over: list[float]) -> tuple[list[float], list[float]]:
    """Room for frames over and under each track."""
    reach: dict[int, tuple[int, int]] = {}
    for node, t in track.items():
        for frame in axis.frames[node]:
            low, high = reach.get(frame, (t, t))
            reach[frame] = (min(low, t), max(high, t))
    head, foot = [0.0] * len(over), [0.0] * len(over)
    for low, high in reach.values():
        head[low] = max(head[low], axis.lane_above if over[low] else axis.frame_above)
        foot[high] = max(foot[high], metrics.FRAME_PAD)
    return head, foot
