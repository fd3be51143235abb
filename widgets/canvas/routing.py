"""Wires between nodes that a user placed: out at one side, in at the other, at right angles."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise

from widgets.canvas import metrics
from widgets.canvas.axis import Direction
from widgets.canvas.geometry import Rect, around, straightened, union
from widgets.canvas.model import Point

_STUB = 16.0
Near = Callable[[Rect], Iterable[Rect]]
"""Boxes that touch a region."""


def port_out(box: Rect, direction: Direction) -> Point:
    """Where a node's output is."""
    if direction == "rows":
        return (box.right, box.centre[1])
    return (box.centre[0], box.bottom)


def port_in(box: Rect, direction: Direction) -> Point:
    """Where a node's inputs are."""
    if direction == "rows":
        return (box.x, box.centre[1])
    return (box.centre[0], box.y)


def free_route(source: Rect, target: Rect, direction: Direction) -> tuple[Point, ...]:
    """A wire between two boxes wherever they are, without regard to what else is there."""
    if direction == "rows":
        return _along_x(source, target)
    turned = _along_x(_turned(source), _turned(target))
    return tuple((y, x) for x, y in turned)


def clear_route(source: Rect, target: Rect, direction: Direction, near: Near) -> tuple[Point, ...]:
    """The same, led round the boxes that are `near` where it would run through one and a bend is enough."""
    direct = free_route(source, target, direction)
    others = _others(direct, source, target, near)
    if not _hits(direct, others):
        return direct
    between = _others((source.centre, target.centre), source, target, near)
    for route in _detours(source, target, direction, [*others, *between, source, target]):
        if not _hits(route, _others(route, source, target, near)):
            return route
    return direct


def _others(route: Sequence[Point], source: Rect, target: Rect, near: Near) -> list[Rect]:
    return [box for box in near(around(route)) if box not in (source, target)]


def _hits(route: Sequence[Point], boxes: Sequence[Rect]) -> bool:
    stretches = [around(pair).grown(0.5, 0.5, 0.5, 0.5) for pair in pairwise(route)]
    return any(box.touches(stretch) for box in boxes for stretch in stretches)


def _detours(source: Rect, target: Rect, direction: Direction, boxes: Sequence[Rect]) -> Iterator[tuple[Point, ...]]:
    """Ways over and under everything that lies between."""
    if direction == "rows":
        yield from _around_x(source, target, union(boxes))
        return
    for turned in _around_x(_turned(source), _turned(target), _turned(union(boxes))):
        yield tuple((y, x) for x, y in turned)


def _around_x(source: Rect, target: Rect, boxes: Rect) -> Iterator[tuple[Point, ...]]:
    start, end = port_out(source, "rows"), port_in(target, "rows")
    out, back = start[0] + metrics.TRUNK, end[0] - metrics.ENTRY
    for height in (boxes.y - metrics.LANE, boxes.bottom + metrics.LANE):
        yield straightened([start, (out, start[1]), (out, height), (back, height), (back, end[1]), end])


def _turned(box: Rect) -> Rect:
    return Rect(box.y, box.x, box.h, box.w)


def _along_x(source: Rect, target: Rect) -> tuple[Point, ...]:
    start, end = port_out(source, "rows"), port_in(target, "rows")
    if end[0] - start[0] >= _STUB:
        bend = max(end[0] - metrics.ENTRY, (start[0] + end[0]) / 2)
        return straightened([start, (bend, start[1]), (bend, end[1]), end])
    out, back = start[0] + _STUB, end[0] - _STUB
    between = _passage(source, target)
    return straightened(
        [start, (out, start[1]), (out, between), (back, between), (back, end[1]), end],
    )


def _passage(source: Rect, target: Rect) -> float:
    """Height at which a wire that turns back passes: between the boxes, or over both."""
    if target.y - source.bottom > 2 * metrics.CORNER:
        return (source.bottom + target.y) / 2
    if source.y - target.bottom > 2 * metrics.CORNER:
        return (target.bottom + source.y) / 2
    return min(source.y, target.y) - metrics.LANE
