"""Qt paths of wires: bent lines with round corners, and arrow heads."""

from collections.abc import Container, Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from widgets.canvas.geometry import Rect
from widgets.canvas.metrics import CORNER
from widgets.canvas.model import Point

ARROW = 7.0
_ARROW_WIDTH = 0.9
"""Of an arrow head, as a share of its length."""


def line_pen(painter: QPainter, colour: QColor, px: float, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QPen:
    """A pen of `px` logical pixels at the painter's zoom. Qt's cosmetic pens count the device's pixels: on a screen
    with two of them for each logical one, lines would be half as wide."""
    return QPen(colour, px / painter.worldTransform().m11(), style)


def qrect(rect: Rect) -> QRectF:
    """The same rectangle for Qt."""
    return QRectF(rect.x, rect.y, rect.w, rect.h)


def from_qrect(rect: QRectF) -> Rect:
    """The same rectangle without Qt."""
    return Rect(rect.x(), rect.y(), rect.width(), rect.height())


def add_wire(path: QPainterPath, points: Sequence[Point], sharp: Container[Point] = ()) -> None:
    """Append a wire to a path; corners are round where there is room, unless they are `sharp`."""
    path.moveTo(*points[0])
    last = len(points) - 2
    for k, (before, corner, after) in enumerate(zip(points, points[1:], points[2:], strict=False), start=1):
        if corner in sharp:
            path.lineTo(*corner)
            continue
        # The first and the last stretch have no second corner to share their length with.
        room_before = _length(before, corner) / (1 if k == 1 else 2)
        room_after = _length(corner, after) / (1 if k == last else 2)
        radius = min(CORNER, room_before, room_after)
        path.lineTo(*_towards(corner, before, radius))
        path.quadTo(QPointF(*corner), QPointF(*_towards(corner, after, radius)))
    path.lineTo(*points[-1])


def add_arrow(path: QPainterPath, points: Sequence[Point], size: float = ARROW) -> None:
    """Append the head at the end of a wire."""
    (x0, y0), (x, y) = points[-2], points[-1]
    along = _length((x0, y0), (x, y)) or 1.0
    dx, dy = (x - x0) / along * size, (y - y0) / along * size
    back_x, back_y, wide = x - dx, y - dy, _ARROW_WIDTH / 2
    corners = [(x, y), (back_x - dy * wide, back_y + dx * wide), (back_x + dy * wide, back_y - dx * wide)]
    path.addPolygon(QPolygonF([QPointF(*corner) for corner in corners]))
    path.closeSubpath()


def _length(a: Point, b: Point) -> float:
    return abs(a[0] - b[0]) + abs(a[1] - b[1])


def _towards(start: Point, goal: Point, distance: float) -> Point:
    length = _length(start, goal)
    if length == 0:
        return start
    share = distance / length
    return (start[0] + (goal[0] - start[0]) * share, start[1] + (goal[1] - start[1]) * share)
