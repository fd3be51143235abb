"""Painting reuse factors: cost and interval of each legal value, and the slider on the same axis."""

from dataclasses import dataclass
from math import log

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from widgets import theme
from widgets.controls import draw_focus_ring, draw_resource_mark
from widgets.inspector.drawn import CENTRE, LEFT, RIGHT, draw_text, scaled, text_width
from widgets.inspector.model import ReuseView, Tally
from widgets.inspector.reuse_axis import INSET, ReuseAxis
from widgets.inspector.words import grouped

_CHART, _CURVE_TOP, _CURVE_BOTTOM = 72, 18, 65
_RAIL_ROOM = 16
_NO_CURVES = "What each value costs is not known yet"
_THUMB = 8.0
_MARK = 6.5
_TICK_TOP, _TICK = 8, 5


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


def chart_shown(view: ReuseView, mixed: bool) -> bool:
    """Whether there is a chart above the slider; its room is kept while curves are worked out, so nothing jumps."""
    return not mixed and len(view.legal) > 1


def curves_known(view: ReuseView) -> bool:
    """Whether there are curves to draw."""
    return len(view.intervals) == len(view.legal)


def track_height(view: ReuseView, mixed: bool) -> int:
    """Height of chart, slider, ticks and labels."""
    return round(rail_y(view, mixed)) + _TICK_TOP + _TICK + 2 + theme.current().line("dense")


def rail_y(view: ReuseView, mixed: bool) -> float:
    """Where the slider's groove lies."""
    if mixed:
        return theme.current().line("dense") + _THUMB + 2
    return (scaled(_CHART) if chart_shown(view, mixed) else 0) + _RAIL_ROOM


def paint_reuse(painter: QPainter, picture: ReusePicture) -> None:
    """Draw everything."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if chart_shown(picture.view, picture.mixed):
        _chart(painter, picture)
    y = rail_y(picture.view, picture.mixed)
    _rail(painter, picture, y)
    _ticks(painter, picture, y)
    if picture.mixed:
        _marks(painter, picture, y)
    elif picture.marks:
        _before_and_suggestion(painter, picture, y)
        _thumb(painter, picture, y)


def _ink(picture: ReusePicture) -> QColor:
    return theme.current().color("accent" if picture.enabled else "line.control")


# The chart


def _chart(painter: QPainter, picture: ReusePicture) -> None:
    now, view, axis = theme.current(), picture.view, picture.axis
    ground = QPainterPath()
    ground.addRoundedRect(QRectF(0, 0, axis.width, scaled(_CHART)), now.radius("chip"), now.radius("chip"))
    painter.fillPath(ground, now.color("bg.sunken"))
    if not curves_known(view):
        area = QRectF(INSET, 0, axis.width - 2 * INSET, scaled(_CHART))
        draw_text(painter, area, view.no_curves or _NO_CURVES, now.font("dense"), "text.secondary", CENTRE)
        return
    intervals = _heights(view.intervals, view.slowest)
    amounts = _heights(view.amounts) if len(view.amounts) == len(view.legal) else []
    slowest = _slowest(painter, picture)
    _before_line(painter, picture)
    _curve(painter, axis, amounts, now.color(f"resource.{view.resource}"))
    _curve(painter, axis, intervals, now.color("text.primary"))
    _titles(painter, picture, bool(amounts))
    if slowest is not None:
        _slowest_label(painter, picture, slowest)
    _now(painter, picture, amounts, intervals)


def _heights(values: tuple[float, ...], also: float | None = None) -> list[float]:
    """y of each value on a logarithmic scale that spans them all; `also` widens it where it lies near."""
    low, high = _bounds(values, also)
    span = log(high / low) or 1.0
    return [_curve_y(log(max(value, low) / low) / span) for value in values]


def _curve_y(share: float) -> float:
    """Height of a share (0 to 1) of the chart's scale."""
    return scaled(_CURVE_BOTTOM) - (scaled(_CURVE_BOTTOM) - scaled(_CURVE_TOP)) * share


def _bounds(values: tuple[float, ...], also: float | None) -> tuple[float, float]:
    positive = [value for value in values if value > 0] or [1.0]
    low, high = min(positive), max(positive)
    if 0 in values:
        low = min(low, 0.5)
    # A slowest layer far beyond this one's reach would flatten its curve: it stays at the upper edge.
    if also and high < also <= 4 * high:
        high = also
    return low, high


def _curve(painter: QPainter, axis: ReuseAxis, heights: list[float], colour: QColor) -> None:
    pen = QPen(colour, 2)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.drawPolyline(QPolygonF([QPointF(axis.x(place), y) for place, y in enumerate(heights)]))


def _slowest(painter: QPainter, picture: ReusePicture) -> float | None:
    """The dashed line at the slowest layer, and the green strip where more reuse costs no time; y of the line."""
    now, view, axis = theme.current(), picture.view, picture.axis
    if not view.slowest:
        return None
    free = [place for place, cycles in enumerate(view.intervals) if cycles <= view.slowest]
    if free:
        painter.fillRect(QRectF(0, scaled(_CHART) - 2, axis.x(free[-1]), 2), now.color("ok"))
    low, high = _bounds(view.intervals, view.slowest)
    if view.slowest < low:
        return None
    share = min(log(view.slowest / low) / (log(high / low) or 1.0), 1.0)
    y = round(_curve_y(share)) + 0.5
    pen = QPen(now.color("text.secondary"), 1)
    pen.setDashPattern([4, 3])
    painter.setPen(pen)
    painter.drawLine(QLineF(0, y, axis.width, y))
    return y


def _slowest_label(painter: QPainter, picture: ReusePicture, y: float) -> None:
    """Beneath the dashed line where there is room, clear of the mark, on a ground that keeps curves off it."""
    now, axis = theme.current(), picture.axis
    text, font = f"slowest {grouped(picture.view.slowest or 0)}", now.font("caption")
    width, height = text_width(text, font), now.line("caption")
    top = y + 2 if y + height + 4 < scaled(_CURVE_BOTTOM) else y - height - 1
    mark = axis.x(picture.marks[0].value) if picture.marks else 0.0
    left = mark + INSET if mark < INSET + width + 6 else INSET
    area = QRectF(left, top, width, height)
    ground = now.color("bg.sunken")
    ground.setAlphaF(0.8)
    painter.fillRect(area.adjusted(-2, 0, 2, 0), ground)
    draw_text(painter, area, text, font, "text.secondary")


def _before_line(painter: QPainter, picture: ReusePicture) -> None:
    if picture.before is None or picture.before == picture.view.value:
        return
    x = round(picture.axis.x(picture.axis.position(picture.before))) + 0.5
    pen = QPen(theme.current().color("text.secondary"), 1)
    pen.setDashPattern([2, 3])
    painter.setPen(pen)
    painter.drawLine(QLineF(x, scaled(_CURVE_TOP), x, scaled(_CHART) - 2))


def _titles(painter: QPainter, picture: ReusePicture, with_amounts: bool) -> None:
    now, axis = theme.current(), picture.axis
    font = now.font("caption", 600)
    row = QRectF(INSET, 1, axis.width - 2 * INSET, now.line("caption") + 2)
    draw_text(painter, row, "Interval", font, "text.primary", RIGHT)
    if with_amounts:
        name = "BRAM" if picture.view.resource == "BRAM18" else picture.view.resource
        draw_text(painter, row, name, font, "text.primary", LEFT)
        side = scaled(8)
        left = row.left() + text_width(name, font) + 4
        draw_resource_mark(painter, QRectF(left, row.center().y() - side / 2, side, side), picture.view.resource)


def _now(painter: QPainter, picture: ReusePicture, amounts: list[float], intervals: list[float]) -> None:
    """The line at the present value, its dots on the curves, and the suggestion's diamond."""
    now, axis, view = theme.current(), picture.axis, picture.view
    position = picture.marks[0].value if picture.marks else 0.0
    x = axis.x(position)
    painter.setPen(QPen(_ink(picture), 2))
    room = text_width("Interval", now.font("caption", 600)) + INSET + 4
    painter.drawLine(QLineF(x, 0 if room < x < axis.width - room else scaled(_CURVE_TOP), x, scaled(_CHART)))
    painter.setPen(QPen(now.color("bg.sunken"), 1.5))
    for heights, token in ((amounts, f"resource.{view.resource}"), (intervals, "text.primary")):
        if heights:
            painter.setBrush(now.color(token))
            painter.drawEllipse(QPointF(x, _between(heights, position)), 4, 4)
    if view.suggestion is not None and view.suggestion != view.value:
        place = axis.position(view.suggestion)
        painter.setBrush(now.color("ok"))
        painter.drawPolygon(_diamond(axis.x(place), _between(intervals, place), 5.5))


def _between(heights: list[float], position: float) -> float:
    place = min(int(position), len(heights) - 1)
    after = min(place + 1, len(heights) - 1)
    return heights[place] + (heights[after] - heights[place]) * (position - place)


# The slider


def _rail(painter: QPainter, picture: ReusePicture, y: float) -> None:
    now, axis = theme.current(), picture.axis
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(now.color("line.default"))
    painter.drawRoundedRect(QRectF(INSET, y - 2, axis.width - 2 * INSET, 4), 2, 2)
    if not picture.marks:
        return
    places = [axis.x(mark.value) for mark in picture.marks]
    begin = min(places) if picture.mixed else INSET
    ink = now.mixed("line.default", "accent", 0.6) if picture.mixed else _ink(picture)
    painter.setBrush(ink)
    painter.drawRoundedRect(QRectF(begin, y - 2, max(places) - begin, 4), 2, 2)


def _ticks(painter: QPainter, picture: ReusePicture, y: float) -> None:
    now, axis, view = theme.current(), picture.axis, picture.view
    ink = now.color("line.control")
    for x in axis.ticks():
        painter.fillRect(QRectF(round(x) - 0.5, y + _TICK_TOP, 1, _TICK), ink)
    plain, bold = now.font("dense"), now.font("dense", 600)
    chosen = None if picture.mixed else view.value
    top = y + _TICK_TOP + _TICK + 1
    written = axis.placed(_wanted(picture), lambda each: text_width(grouped(each), bold if each == chosen else plain))
    for value, left in written:
        font = bold if value == chosen else plain
        row = QRectF(left, top, text_width(grouped(value), font), now.line("dense"))
        token = "accent" if value == chosen and picture.enabled else "text.secondary"
        draw_text(painter, row, grouped(value), font, token, CENTRE)


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
        side = 2 * _THUMB
        draw_focus_ring(painter, QRectF(centre.x() - _THUMB, y - _THUMB, side, side), _THUMB)
    painter.setPen(QPen(_ink(picture), 2))
    painter.setBrush(now.color("bg.panel"))
    painter.drawEllipse(centre, _THUMB - 1, _THUMB - 1)
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
        row = QRectF(left, y - _THUMB - 2 - now.line("dense"), width, now.line("dense"))
        draw_text(painter, row, text, font, "text.secondary", CENTRE)


def _diamond(x: float, y: float, reach: float) -> QPolygonF:
    return QPolygonF([QPointF(x, y - reach), QPointF(x + reach, y), QPointF(x, y + reach), QPointF(x - reach, y)])
