"""One bar: trough, fill, what is past the limit, doubt and the value before the edit."""

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPen, QPolygonF

from widgets.budget.axis import Axis
from widgets.budget.ink import Pen, resource_token
from widgets.budget.view import BudgetRow
from widgets.controls import draw_over_limit

BAR = 12
_RADIUS = 3
_LEAST = 2
_CAP = 4
_GHOST_RISE = 12
_GHOST_FALL = 8
_HALO = 2.5
_STROKE = 1.5
_ARROW = 7


def paint_fill(pen: Pen, axis: Axis, middle: float, row: BudgetRow, height: float = BAR) -> None:
    """Trough, fill up to the limit, hatching past it, an arrow where the value is beyond the axis."""
    top = round(middle - height / 2)
    radius = min(_RADIUS, height / 2)
    pen.box(QRectF(axis.left, top, axis.width, height), radius, pen.ink.colour("bg.sunken"))
    share = row.share(row.quantity.value)
    if not share:
        return
    limit = axis.at(1.0)
    end = max(axis.at(share), axis.left + _LEAST) if share <= 1 else limit
    fill = pen.ink.colour(resource_token(row.name))
    pen.box(QRectF(axis.left, top, end - axis.left, height), radius, fill)
    if share > 1:
        pen.painter.fillRect(QRectF(limit - radius, top, radius, height), fill)
        _paint_over(pen, axis, QRectF(limit, top, max(axis.at(share) - limit, _LEAST), height), share > axis.top)


def _paint_over(pen: Pen, axis: Axis, rect: QRectF, beyond: bool) -> None:
    draw_over_limit(pen.painter, rect)
    if not beyond:
        return
    tip, half = axis.right + _ARROW - 1, rect.height() / 2 + 2
    middle = rect.center().y()
    arrow = QPolygonF(
        [QPointF(tip - _ARROW, middle - half), QPointF(tip, middle), QPointF(tip - _ARROW, middle + half)]
    )
    pen.painter.setPen(QPen(pen.ink.colour("bg.panel"), 1.5))
    pen.painter.setBrush(pen.ink.colour("danger"))
    pen.painter.drawPolygon(arrow)


def paint_doubt(pen: Pen, axis: Axis, middle: float, row: BudgetRow) -> None:
    """The 90 % interval as a whisker with a halo; nothing where it is a point."""
    low, high = row.share(row.quantity.low), row.share(row.quantity.high)
    if low is None or high is None or low == high or low >= axis.top:
        return
    draw_interval(pen, axis.at(low) + 0.5, axis.at(high) + 0.5, round(middle), halo=True)


def paint_ghost(pen: Pen, axis: Axis, middle: float, row: BudgetRow) -> None:
    """The value before the current edit as a tick under a triangle; nothing when it is the value."""
    if row.ghost is None or not round(row.change):
        return
    share = row.share(row.ghost)
    if share is not None:
        draw_ghost(pen, axis.at(share), round(middle))


def draw_ghost(pen: Pen, x: float, middle: float) -> None:
    """The mark of an earlier value across a bar: a tick 2 px wide under a triangle."""
    pen.painter.fillRect(QRectF(x - 2, middle - 8, 4, 8 + _GHOST_FALL), pen.ink.colour("bg.panel"))
    draw_tick(pen, x, middle - _GHOST_RISE, middle + _GHOST_FALL)


def draw_tick(pen: Pen, x: float, top: float, foot: float) -> None:
    """A tick under a triangle, from `top` to `foot`."""
    triangle = QPolygonF([QPointF(x - 4.5, top), QPointF(x + 4.5, top), QPointF(x, top + 5.5)])
    ink = pen.ink.colour("text.primary")
    pen.painter.setPen(Qt.PenStyle.NoPen)
    pen.painter.setBrush(ink)
    pen.painter.drawPolygon(triangle)
    pen.painter.fillRect(QRectF(x - 1, top, 2, foot - top), ink)


def draw_interval(pen: Pen, left: float, right: float, middle: float, halo: bool = False) -> None:
    """The mark of an interval: a line between two caps."""
    lines = [
        QLineF(left, middle, right, middle),
        QLineF(left, middle - _CAP, left, middle + _CAP),
        QLineF(right, middle - _CAP, right, middle + _CAP),
    ]
    for token, width in (("bg.panel", _STROKE + _HALO), ("text.primary", _STROKE)):
        if halo or token != "bg.panel":
            stroke = QPen(pen.ink.colour(token), width)
            stroke.setCapStyle(Qt.PenCapStyle.SquareCap)
            pen.painter.setPen(stroke)
            pen.painter.drawLines(lines)
