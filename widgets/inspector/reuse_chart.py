"""The chart over a reuse slider: what each legal value costs and which interval it causes."""

from dataclasses import dataclass
from math import log

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from widgets import theme
from widgets.controls import draw_resource_mark
from widgets.inspector.drawn import CENTRE, LEFT, RIGHT, draw_text, scaled, text_width
from widgets.inspector.model import ReuseView
from widgets.inspector.reuse_axis import INSET, ReuseAxis
from widgets.inspector.reuse_sizes import CHART, CURVE_BOTTOM, CURVE_TOP

_NO_CURVES = "What each value costs is not known yet"


def curves_known(view: ReuseView) -> bool:
    """Whether there are curves to draw."""
    return len(view.intervals) == len(view.legal)


@dataclass(frozen=True, slots=True)
class Curves:
    """Heights in px, one for each legal value."""

    amounts: tuple[float, ...] = ()
    intervals: tuple[float, ...] = ()


def curves_of(view: ReuseView) -> Curves:
    """The curves of what is known."""
    if not curves_known(view):
        return Curves()
    amounts = _heights(view.amounts) if len(view.amounts) == len(view.legal) else ()
    return Curves(amounts, _heights(view.intervals, ceiling(view)))


def paint_chart(painter: QPainter, view: ReuseView, axis: ReuseAxis, curves: Curves) -> None:
    """Draw ground, curves and titles."""
    now = theme.current()
    ground = QPainterPath()
    ground.addRoundedRect(QRectF(0, 0, axis.width, scaled(CHART)), now.radius("chip"), now.radius("chip"))
    painter.fillPath(ground, now.color("bg.sunken"))
    if not curves.intervals:
        area = QRectF(INSET, 0, axis.width - 2 * INSET, scaled(CHART))
        draw_text(painter, area, view.no_curves or _NO_CURVES, now.font("dense"), "text.secondary", CENTRE)
        return
    _curve(painter, axis, curves.amounts, now.color(f"resource.{view.resource}"))
    _curve(painter, axis, curves.intervals, now.color("text.primary"))
    _titles(painter, view, axis, bool(curves.amounts))


def ceiling(view: ReuseView) -> float | None:
    """The slowest layer's interval where it widens the scale: near above what this layer reaches."""
    # One far beyond its reach would flatten the curve: it stays at the upper edge.
    high = max(view.intervals, default=0.0)
    return view.slowest if view.slowest and high < view.slowest <= 4 * high else None


def slowest_height(view: ReuseView) -> float | None:
    """Where the slowest layer's interval lies; None where that is not known or out of sight."""
    low, high = _bounds(view.intervals, ceiling(view))
    if not view.slowest or view.slowest < low:
        return None
    return round(_height(min(log(view.slowest / low) / (log(high / low) or 1.0), 1.0))) + 0.5


def paint_free_strip(painter: QPainter, view: ReuseView, axis: ReuseAxis) -> None:
    """The green strip where more reuse costs no time."""
    free = [place for place, cycles in enumerate(view.intervals) if view.slowest and cycles <= view.slowest]
    if free:
        strip = QRectF(0, scaled(CHART) - 2, axis.x(free[-1]), 2)
        painter.fillRect(strip, theme.current().color("ok"))


def paint_slowest_line(painter: QPainter, axis: ReuseAxis, y: float) -> None:
    """The dashed line at the slowest layer."""
    pen = QPen(theme.current().color("text.secondary"), 1)
    pen.setDashPattern([4, 3])
    painter.setPen(pen)
    painter.drawLine(QLineF(0, y, axis.width, y))


def _heights(values: tuple[float, ...], also: float | None = None) -> tuple[float, ...]:
    """y of each value on a logarithmic scale that spans them all, and `also`."""
    low, high = _bounds(values, also)
    span = log(high / low) or 1.0
    return tuple(_height(log(max(value, low) / low) / span) for value in values)


def _height(share: float) -> float:
    """Height of a share (0 to 1) of the chart's scale."""
    return scaled(CURVE_BOTTOM) - (scaled(CURVE_BOTTOM) - scaled(CURVE_TOP)) * share


def _bounds(values: tuple[float, ...], also: float | None) -> tuple[float, float]:
    positive = [value for value in values if value > 0] or [1.0]
    low, high = min(positive), max(positive)
    if 0 in values:
        low = min(low, 0.5)
    return low, max(high, also or 0.0)


def _curve(painter: QPainter, axis: ReuseAxis, heights: tuple[float, ...], colour: QColor) -> None:
    pen = QPen(colour, 2)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.drawPolyline(QPolygonF([QPointF(axis.x(place), y) for place, y in enumerate(heights)]))


def _titles(painter: QPainter, view: ReuseView, axis: ReuseAxis, with_amounts: bool) -> None:
    now = theme.current()
    font = now.font("caption", 600)
    row = QRectF(INSET, 1, axis.width - 2 * INSET, now.line("caption") + 2)
    draw_text(painter, row, "Interval", font, "text.primary", RIGHT)
    if with_amounts:
        name = "BRAM" if view.resource == "BRAM18" else view.resource
        draw_text(painter, row, name, font, "text.primary", LEFT)
        side = scaled(8)
        left = row.left() + text_width(name, font) + 4
        draw_resource_mark(painter, QRectF(left, row.center().y() - side / 2, side, side), view.resource)
