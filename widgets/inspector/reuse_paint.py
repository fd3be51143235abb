"""Painting reuse factors: what moves with them, over the ground that stands still."""

from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QPolygonF

from widgets import theme
from widgets.controls import draw_focus_ring
from widgets.inspector.drawn import CENTRE, draw_text, scaled, text_width
from widgets.inspector.model import ReuseView, Tally
from widgets.inspector.reuse_axis import INSET, ReuseAxis
from widgets.inspector.reuse_chart import Curves, paint_free_strip, paint_slowest_line, slowest_height
from widgets.inspector.reuse_ground import ReuseGround
from widgets.inspector.reuse_sizes import (
    CHART,
    CURVE_BOTTOM,
    CURVE_TOP,
    THUMB,
    TICK,
    TICK_TOP,
    chart_shown,
    rail_y,
)
from widgets.inspector.words import grouped

_MARK = 6.5


@dataclass(frozen=True, slots=True)
class ReusePicture:
    """What is drawn. `marks` are positions with counts; one mark alone is the thumb."""

    view: ReuseView
    axis: ReuseAxis
    marks: tuple[Tally[float], ...]
    mixed: bool
    before: int | None
    focused: bool
    enabled: bool


def paint_reuse(painter: QPainter, picture: ReusePicture, ground: ReuseGround) -> None:
    """Draw everything; `ground` keeps what stands still from one call to the next."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    device = painter.device()
    ratio = device.devicePixelRatio() if device is not None else 1.0
    painter.drawPixmap(0, 0, ground.show(picture.view, picture.axis, picture.mixed, ratio))
    if chart_shown(picture.view, picture.mixed) and ground.curves.intervals:
        _over_chart(painter, picture, ground.curves)
    y = rail_y(picture.view, picture.mixed)
    _filled_groove(painter, picture, y)
    _labels(painter, picture, y)
    if picture.mixed:
        _marks(painter, picture, y)
    elif picture.marks:
        _before_and_suggestion(painter, picture, y)
        _thumb(painter, picture, y)


def _ink(picture: ReusePicture) -> QColor:
    return theme.current().color("accent" if picture.enabled else "line.control")


# Over the chart


def _over_chart(painter: QPainter, picture: ReusePicture, curves: Curves) -> None:
    paint_free_strip(painter, picture.view, picture.axis)
    slowest = slowest_height(picture.view)
    if slowest is not None:
        paint_slowest_line(painter, picture.axis, slowest)
    _before_line(painter, picture)
    if slowest is not None:
        _slowest_label(painter, picture, slowest)
    _now(painter, picture, curves)


def _before_line(painter: QPainter, picture: ReusePicture) -> None:
    if picture.before is None or picture.before == picture.view.value:
        return
    x = round(picture.axis.x(picture.axis.position(picture.before))) + 0.5
    pen = QPen(theme.current().color("text.secondary"), 1)
    pen.setDashPattern([2, 3])
    painter.setPen(pen)
    painter.drawLine(QLineF(x, scaled(CURVE_TOP), x, scaled(CHART) - 2))


def _slowest_label(painter: QPainter, picture: ReusePicture, y: float) -> None:
    """Beneath the dashed line where there is room, clear of the mark, on a ground that keeps curves off it."""
    now, axis = theme.current(), picture.axis
    text, font = f"slowest {grouped(picture.view.slowest or 0)}", now.font("caption")
    width, height = text_width(text, font), now.line("caption")
    top = y + 2 if y + height + 4 < scaled(CURVE_BOTTOM) else y - height - 1
    mark = axis.x(picture.marks[0].value) if picture.marks else 0.0
    left = mark + INSET if mark < INSET + width + 6 else INSET
    area = QRectF(left, top, width, height)
    ground = now.color("bg.sunken")
    ground.setAlphaF(0.8)
    painter.fillRect(area.adjusted(-2, 0, 2, 0), ground)
    draw_text(painter, area, text, font, "text.secondary")


def _now(painter: QPainter, picture: ReusePicture, curves: Curves) -> None:
    """The line at the present value, its dots on the curves, and the suggestion's diamond."""
    now, axis, view = theme.current(), picture.axis, picture.view
    position = picture.marks[0].value if picture.marks else 0.0
    x = axis.x(position)
    painter.setPen(QPen(_ink(picture), 2))
    room = text_width("Interval", now.font("caption", 600)) + INSET + 4
    painter.drawLine(QLineF(x, 0 if room < x < axis.width - room else scaled(CURVE_TOP), x, scaled(CHART)))
    painter.setPen(QPen(now.color("bg.sunken"), 1.5))
    for heights, token in ((curves.amounts, f"resource.{view.resource}"), (curves.intervals, "text.primary")):
        if heights:
            painter.setBrush(now.color(token))
            painter.drawEllipse(QPointF(x, _between(heights, position)), 4, 4)
    if view.suggestion is not None and view.suggestion != view.value:
        place = axis.position(view.suggestion)
        painter.setBrush(now.color("ok"))
        painter.drawPolygon(_diamond(axis.x(place), _between(curves.intervals, place), 5.5))


def _between(heights: tuple[float, ...], position: float) -> float:
    place = min(int(position), len(heights) - 1)
    after = min(place + 1, len(heights) - 1)
    return heights[place] + (heights[after] - heights[place]) * (position - place)


# The slider


def _filled_groove(painter: QPainter, picture: ReusePicture, y: float) -> None:
    now, axis = theme.current(), picture.axis
    if not picture.marks:
        return
    painter.setPen(Qt.PenStyle.NoPen)
    places = [axis.x(mark.value) for mark in picture.marks]
    begin = min(places) if picture.mixed else INSET
    ink = now.mixed("line.default", "accent", 0.6) if picture.mixed else _ink(picture)
    painter.setBrush(ink)
    painter.drawRoundedRect(QRectF(begin, y - 2, max(places) - begin, 4), 2, 2)


def _labels(painter: QPainter, picture: ReusePicture, y: float) -> None:
    now, axis = theme.current(), picture.axis
    chosen = None if picture.mixed else picture.view.value
    top = y + TICK_TOP + TICK + 1

    def width(value: int) -> float:
        return _label_width(value, value == chosen, id(now))

    for value, left in axis.placed(_wanted(picture), width):
        row = QRectF(left, top, width(value), now.line("dense"))
        token = "accent" if value == chosen and picture.enabled else "text.secondary"
        draw_text(painter, row, grouped(value), _label_font(value == chosen), token, CENTRE)


@lru_cache(maxsize=1024)
def _label_width(value: int, chosen: bool, _theme: int) -> float:
    """Measured once: a drag asks for the same ones at every event."""
    return text_width(grouped(value), _label_font(chosen))


def _label_font(chosen: bool) -> QFont:
    return theme.current().font("dense", 600 if chosen else None)


def _wanted(picture: ReusePicture) -> list[int]:
    """Values to write under the ticks, the most important first."""
    view = picture.view
    held = [each.value for each in view.values]
    if picture.mixed:
        return [min(held), max(held), *held]
    return picture.axis.usual_labels([*held, *([] if view.suggestion is None else [view.suggestion])])


def _before_and_suggestion(painter: QPainter, picture: ReusePicture, y: float) -> None:
    now, axis, view = theme.current(), picture.axis, picture.view
    painter.setBrush(now.color("bg.panel"))
    if picture.before is not None and picture.before != view.value:
        painter.setPen(QPen(now.color("line.control"), 1.5))
        painter.drawEllipse(QPointF(axis.x(axis.position(picture.before)), y), 5, 5)
    if view.suggestion is not None and view.suggestion != view.value:
        painter.setPen(QPen(now.color("ok"), 1.5))
        painter.drawPolygon(_diamond(axis.x(axis.position(view.suggestion)), y, 6.5))


def _thumb(painter: QPainter, picture: ReusePicture, y: float) -> None:
    now = theme.current()
    centre = QPointF(picture.axis.x(picture.marks[0].value), y)
    if picture.focused:
        side = 2 * THUMB
        draw_focus_ring(painter, QRectF(centre.x() - THUMB, y - THUMB, side, side), THUMB)
    painter.setPen(QPen(_ink(picture), 2))
    painter.setBrush(now.color("bg.panel"))
    painter.drawEllipse(centre, THUMB - 1, THUMB - 1)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_ink(picture))
    painter.drawEllipse(centre, 3, 3)


def _marks(painter: QPainter, picture: ReusePicture, y: float) -> None:
    now, axis = theme.current(), picture.axis
    font = now.font("dense", 500)
    for place, mark in enumerate(picture.marks):
        centre = QPointF(axis.x(mark.value), y)
        if picture.focused and place == 0:
            ring = QRectF(centre.x() - _MARK, y - _MARK, 2 * _MARK, 2 * _MARK)
            draw_focus_ring(painter, ring, _MARK)
        painter.setPen(QPen(_ink(picture), 2))
        painter.setBrush(now.color("bg.panel"))
        painter.drawEllipse(centre, _MARK, _MARK)
        text = grouped(mark.layers)
        width = text_width(text, font)
        left = min(max(centre.x() - width / 2, 0), axis.width - width)
        row = QRectF(left, y - THUMB - 2 - now.line("dense"), width, now.line("dense"))
        draw_text(painter, row, text, font, "text.secondary", CENTRE)


def _diamond(x: float, y: float, reach: float) -> QPolygonF:
    return QPolygonF([QPointF(x, y - reach), QPointF(x + reach, y), QPointF(x, y + reach), QPointF(x - reach, y)])
