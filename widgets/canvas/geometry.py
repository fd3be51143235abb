"""Rectangles and bent lines, without Qt. y grows downwards."""

import itertools
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from widgets.canvas.model import Point


class Rect(NamedTuple):
    """An upright rectangle."""

    x: float
    y: float
    w: float
    h: float

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.x + self.w

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.y + self.h

    @property
    def centre(self) -> Point:
        """Its middle."""
        return (self.x + self.w / 2, self.y + self.h / 2)

    def grown(self, left: float, top: float, right: float, bottom: float) -> "Rect":
        """Larger on each side by what is given."""
        return Rect(self.x - left, self.y - top, self.w + left + right, self.h + top + bottom)

    def contains(self, point: Point) -> bool:
        """Whether a point lies inside or on the edge."""
        return self.x <= point[0] <= self.right and self.y <= point[1] <= self.bottom

    def touches(self, other: "Rect") -> bool:
        """Whether the two share more than an edge."""
        return self.x < other.right and other.x < self.right and self.y < other.bottom and other.y < self.bottom


NOTHING = Rect(0.0, 0.0, 0.0, 0.0)


def union(rects: Iterable[Rect]) -> Rect:
    """The smallest rectangle around all; an empty one for none."""
    known = list(rects)
    if not known:
        return NOTHING
    left, top = min(r.x for r in known), min(r.y for r in known)
    return Rect(left, top, max(r.right for r in known) - left, max(r.bottom for r in known) - top)


def around(points: Sequence[Point]) -> Rect:
    """The smallest rectangle around points."""
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return Rect(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))


def straightened(points: Sequence[Point]) -> tuple[Point, ...]:
    """The same line without repeated points and without points on straight stretches."""
    kept: list[Point] = []
    for point in points:
        if kept and kept[-1] == point:
            continue
        if len(kept) > 1 and _in_line(kept[-2], kept[-1], point):
            kept[-1] = point
        else:
            kept.append(point)
    return tuple(kept)


def _in_line(a: Point, b: Point, c: Point) -> bool:
    return (a[0] == b[0] == c[0]) or (a[1] == b[1] == c[1])


def longest_stretch(points: Sequence[Point], upright: bool = False) -> tuple[Point, Point]:
    """The longest level (or upright) stretch of a bent line, or its longest stretch when there is none."""
    pairs = list(itertools.pairwise(points))
    axis = 0 if upright else 1
    wanted = [pair for pair in pairs if pair[0][axis] == pair[1][axis]]
    return max(wanted or pairs, key=lambda pair: abs(pair[0][0] - pair[1][0]) + abs(pair[0][1] - pair[1][1]))


def distance_to_line(points: Sequence[Point], at: Point) -> float:
    """Distance of a point from a line of upright and level stretches."""
    return min(_distance(a, b, at) for a, b in itertools.pairwise(points))


def _distance(a: Point, b: Point, at: Point) -> float:
    x = min(max(at[0], min(a[0], b[0])), max(a[0], b[0]))
    y = min(max(at[1], min(a[1], b[1])), max(a[1], b[1]))
    return float(((at[0] - x) ** 2 + (at[1] - y) ** 2) ** 0.5)
