"""Turns wires into strokes that cover no stretch twice: forks leave a shared trunk, joins enter one."""

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from widgets.canvas.geometry import straightened
from widgets.canvas.metrics import CORNER
from widgets.canvas.model import EdgeKey, Point

_Cover = dict[tuple[str, float], list[tuple[float, float]]]


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line to draw; only the one that reaches the node carries the arrow."""

    points: tuple[Point, ...]
    arrow: bool


@dataclass(frozen=True, slots=True)
class Nets:
    """Strokes, and the places where a wire forks: a dot, and no round corner."""

    strokes: tuple[Stroke, ...]
    forks: frozenset[Point]


def join_wires(routes: Mapping[EdgeKey, Sequence[Point]], keys: Iterable[EdgeKey]) -> Nets:
    """Strokes for some of the routes."""
    forks: set[Point] = set()
    longest_first = sorted(keys, key=lambda key: (-_length(routes[key]), key))
    parts: list[tuple[EdgeKey, tuple[Point, ...]]] = []
    covers: dict[str, _Cover] = {}
    for key in longest_first:
        points = tuple(routes[key])
        rest = _uncovered(points, covers.setdefault(key[0], {}))
        if rest:
            parts.append((key, rest))
            if rest[0] != points[0]:
                forks.add(rest[0])
    joins: dict[str, _Cover] = {}
    strokes = [_joined(points, joins.setdefault(key[1], {})) for key, points in parts]
    return Nets(tuple(s for s in strokes if s is not None), frozenset(forks))


def _joined(points: tuple[Point, ...], cover: _Cover) -> Stroke | None:
    """The stroke of a wire that may end in another one towards the same node."""
    rest = _uncovered(points[::-1], cover)[::-1]
    if not rest:
        return None
    if rest[-1] == points[-1]:
        return Stroke(rest, arrow=True)
    before = next(k for k in range(1, len(points)) if _between(points[k - 1], rest[-1], points[k]))
    return Stroke(straightened([*rest, _onward(rest[-1], points[before:])]), arrow=False)


def _onward(start: Point, way: Sequence[Point]) -> Point:
    """A little further, so that the join is round like any corner."""
    goal = next((p for p in way if p != start), start)
    length = abs(goal[0] - start[0]) + abs(goal[1] - start[1])
    share = min(CORNER / length, 1.0) if length else 0.0
    return (start[0] + (goal[0] - start[0]) * share, start[1] + (goal[1] - start[1]) * share)


def _between(a: Point, p: Point, b: Point) -> bool:
    inside_x = min(a[0], b[0]) <= p[0] <= max(a[0], b[0])
    return inside_x and min(a[1], b[1]) <= p[1] <= max(a[1], b[1])


def _uncovered(points: tuple[Point, ...], cover: _Cover) -> tuple[Point, ...]:
    """What is left of a line from where it leaves what is covered; it is covered from then on."""
    rest: tuple[Point, ...] = ()
    for k, (a, b) in enumerate(itertools.pairwise(points)):
        leaving = _reach(a, b, cover)
        if leaving != b:
            rest = straightened((leaving, *points[k + 1 :]))
            break
    for a, b in itertools.pairwise(rest):
        name, low, high = _stretch(a, b)
        cover.setdefault(name, []).append((low, high))
    return rest


def _reach(a: Point, b: Point, cover: _Cover) -> Point:
    """How far one comes from `a` towards `b` on what is covered."""
    name, low, high = _stretch(a, b)
    axis = 1 if name[0] == "upright" else 0
    forward = b[axis] > a[axis]
    at = a[axis]
    for first, last in sorted(cover.get(name, ()), reverse=not forward):
        if first <= at <= last:
            at = min(last, high) if forward else max(first, low)
    return (a[0], at) if axis else (at, a[1])


def _stretch(a: Point, b: Point) -> tuple[tuple[str, float], float, float]:
    if a[0] == b[0]:
        return ("upright", a[0]), min(a[1], b[1]), max(a[1], b[1])
    return ("level", a[1]), min(a[0], b[0]), max(a[0], b[0])


def _length(points: Sequence[Point]) -> float:
    return sum(abs(a[0] - b[0]) + abs(a[1] - b[1]) for a, b in itertools.pairwise(points))
