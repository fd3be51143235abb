"""Shapes that several widgets paint: resource marks, hatching, tier dots, shadows, focus."""

from math import cos, pi, sin

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from widgets import theme

TIER_COUNT = 6
_DOT = 3.0
_DOT_STEP = 4.5
_SHADOW_STEPS = 6


def draw_mark(painter: QPainter, rect: QRectF, mark: str, colour: QColor) -> None:
    """Fill a resource mark: square, circle, triangle, diamond, pentagon or cross, centred in `rect`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawPath(mark_path(rect, mark))
    painter.restore()


def draw_resource_mark(painter: QPainter, rect: QRectF, resource: str) -> None:
    """Fill the mark of a resource in its colour."""
    now = theme.current()
    draw_mark(painter, rect, now.resource_mark(resource), now.color(f"resource.{resource}"))


def mark_path(rect: QRectF, mark: str) -> QPainterPath:
    """Outline of a mark; KeyError for an unknown one."""
    return _MARKS[mark](rect)


def draw_hatch(painter: QPainter, rect: QRectF, colour: QColor, spacing: float = 5.0, width: float = 1.4) -> None:
    """Fill `rect` with rising diagonal lines; `spacing` and `width` in px. Lines of neighbours meet."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setClipRect(rect, Qt.ClipOperation.IntersectClip)
    painter.setPen(QPen(colour, width))
    painter.drawLines(_hatch_lines(rect, spacing))
    painter.restore()


def dashed_pen(colour: QColor) -> QPen:
    """The outline of what is out of date."""
    pen = QPen(colour, 1)
    pen.setDashPattern([3, 3])
    return pen


def draw_over_limit(painter: QPainter, rect: QRectF) -> None:
    """The part of a bar past its limit: hatched in danger, with an outline."""
    danger = theme.current().color("danger")
    painter.fillRect(rect, theme.current().color("danger.soft"))
    draw_hatch(painter, rect, danger)
    painter.save()
    painter.setPen(QPen(danger, 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(rect.adjusted(0.5, 0.5, -0.5, -0.5))
    painter.restore()


def draw_tier_dots(painter: QPainter, left: float, middle: float, rank: int, colour: QColor) -> None:
    """Six dots of 3 px (more at larger text) from `left`, centred on the line `middle`; `rank` (1 to 6) are filled."""
    scale = theme.current().text_scale
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for index in range(TIER_COUNT):
        centre = QPointF(left + (index * _DOT_STEP + _DOT / 2) * scale, middle)
        filled = index < rank
        painter.setPen(Qt.PenStyle.NoPen if filled else QPen(colour, 0.8 * scale))
        painter.setBrush(colour if filled else Qt.BrushStyle.NoBrush)
        radius = (_DOT / 2 + 0.2 if filled else _DOT / 2 - 0.3) * scale
        painter.drawEllipse(centre, radius, radius)
    painter.restore()


def tier_dots_width() -> float:
    """Width of the six dots, px."""
    return ((TIER_COUNT - 1) * _DOT_STEP + _DOT) * theme.current().text_scale


def draw_shadow(painter: QPainter, rect: QRectF, radius: float, name: str = "popup") -> None:
    """Soft shadow of a rounded rectangle: `node`, `nodeDrag` or `popup`."""
    shadow = theme.current().shadow(name)
    colour = QColor(*shadow.colour)
    colour.setAlphaF(colour.alphaF() / _SHADOW_STEPS)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    for step in range(_SHADOW_STEPS):
        grow = shadow.blur / 2 * (1 - 2 * step / _SHADOW_STEPS)
        layer = rect.translated(shadow.dx, shadow.dy / 2).adjusted(-grow, -grow, grow, grow)
        painter.drawRoundedRect(layer, max(radius + grow, 1), max(radius + grow, 1))
    painter.restore()


def draw_focus_ring(painter: QPainter, rect: QRectF, radius: float) -> None:
    """The 2 px ring for an item that paints its own focus; `rect` is the item, the ring lies 1 px off it."""
    now = theme.current()
    off = now.stroke("focusOffset") + now.stroke("focus") / 2
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(now.color("focus"), now.stroke("focus")))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(-off, -off, off, off), radius + off, radius + off)
    painter.restore()


def _hatch_lines(rect: QRectF, spacing: float) -> list[QLineF]:
    """Lines x + y = k·spacing·√2, so that their phase does not depend on where `rect` begins."""
    step = spacing * 2**0.5
    first = int((rect.left() + rect.top()) // step)
    last = int((rect.right() + rect.bottom()) // step) + 1
    height = rect.height()
    return [
        QLineF(k * step - rect.bottom(), rect.bottom(), k * step - rect.bottom() + height, rect.top())
        for k in range(first, last + 1)
    ]


def _square(rect: QRectF) -> QPainterPath:
    path = QPainterPath()
    inset = rect.width() * 0.06
    path.addRoundedRect(rect.adjusted(inset, inset, -inset, -inset), 1, 1)
    return path


def _circle(rect: QRectF) -> QPainterPath:
    path = QPainterPath()
    path.addEllipse(rect)
    return path


def _triangle(rect: QRectF) -> QPainterPath:
    top, base = rect.top() + rect.height() * 0.05, rect.bottom() - rect.height() * 0.05
    return _polygon([QPointF(rect.center().x(), top), QPointF(rect.right(), base), QPointF(rect.left(), base)])


def _diamond(rect: QRectF) -> QPainterPath:
    centre, reach = rect.center(), rect.width() * 0.56
    return _polygon(
        [
            QPointF(centre.x(), centre.y() - reach),
            QPointF(centre.x() + reach, centre.y()),
            QPointF(centre.x(), centre.y() + reach),
            QPointF(centre.x() - reach, centre.y()),
        ]
    )


def _pentagon(rect: QRectF) -> QPainterPath:
    centre, reach = rect.center(), rect.width() * 0.55
    turns = [2 * pi * corner / 5 for corner in range(5)]
    return _polygon([QPointF(centre.x() + reach * sin(turn), centre.y() - reach * cos(turn)) for turn in turns])


def _cross(rect: QRectF) -> QPainterPath:
    arm = rect.width() * 0.3
    centre = rect.center()
    upright = QPainterPath()
    upright.addRect(QRectF(centre.x() - arm / 2, rect.top(), arm, rect.height()))
    level = QPainterPath()
    level.addRect(QRectF(rect.left(), centre.y() - arm / 2, rect.width(), arm))
    return upright.united(level)


def _polygon(points: list[QPointF]) -> QPainterPath:
    path = QPainterPath()
    path.addPolygon(QPolygonF(points))
    path.closeSubpath()
    return path


_MARKS = {
    "square": _square,
    "circle": _circle,
    "triangle": _triangle,
    "diamond": _diamond,
    "pentagon": _pentagon,
    "cross": _cross,
}


def draw_raised_card(widget: QWidget, room: int) -> None:
    """Draw a card that lies over the window, with `room` px around it for its shadow; in a paint event."""
    now = theme.current()
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    inset = room + 0.5
    card = QRectF(widget.rect()).adjusted(inset, inset, -inset, -inset)
    draw_shadow(painter, card, now.radius("card"), "nodeDrag")
    painter.setPen(QPen(now.color("line.default"), 1))
    painter.setBrush(now.color("bg.node"))
    painter.drawRoundedRect(card, now.radius("card"), now.radius("card"))
