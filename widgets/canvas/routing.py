"""Wires between nodes that a user placed: out at one side, in at the other, at right angles."""

from widgets.canvas import metrics
from widgets.canvas.axis import Direction
from widgets.canvas.geometry import Rect, straightened
from widgets.canvas.model import Point

_STUB = 16.0


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
