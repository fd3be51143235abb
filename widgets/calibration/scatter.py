"""Scatter: estimates across, reports up; on the diagonal they agree."""

from collections.abc import Iterator
from math import hypot

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from widgets.budget.ink import CAPTION, Pen, begin, ink
from widgets.budget.numbers import grouped
from widgets.calibration.axes import Square, square
from widgets.calibration.model import Chart, Dot
from widgets.controls.painting import draw_mark

_DOT, _OUTSIDE, _HOLLOW, _RING = 4.0, 11.0, 3.2, 8.0
_REACH = 12.0
_BAND_STEPS = 40
_TINT = 0.3
_SWATCH = 12


class Scatter(QWidget):
    """`chosen` carries the id of the run whose dot was clicked."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Reports against estimates")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._chart: Chart | None = None
        self._selected = ""

    def set_chart(self, chart: Chart | None) -> None:
        """Show another quantity."""
        self._chart = chart
        self.setAccessibleDescription("" if chart is None else chart.sentence)
        self.update()

    def select(self, run: str) -> None:
        """Ring a run's dot."""
        self._selected = run
        self.update()

    def dot_place(self, run: str) -> QPointF:
        """Where a run's dot is; StopIteration for one that is not shown."""
        assert self._chart is not None
        dot = next(each for each in self._chart.dots if each.run == run)
        return self._square(self._chart).place(dot.own, dot.said)

    def minimumSizeHint(self) -> QSize:
        """Axes that still tell."""
        return QSize(ink().px(220), ink().px(150))

    def sizeHint(self) -> QSize:
        """As designed."""
        return QSize(ink().px(480), ink().px(250))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the run under the pointer."""
        found = self._at(event.position())
        if found is not None:
            self.chosen.emit(found.run)

    def event(self, event: QEvent) -> bool:
        """Say what the run under the pointer came to."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            found = self._at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), found.words if found else "", self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground, band, diagonal and dots."""
        pen = begin(QPainter(self))
        if self._chart is not None and self._chart.dots:
            plot = self._square(self._chart)
            _paint_ground(pen, plot, self._chart)
            _paint_legend(pen, plot, self._chart)
            for dot in self._chart.dots:
                _paint_shipped(pen, plot, dot)
            for dot in self._chart.dots:
                _paint_dot(pen, plot, dot, self._chart.token, selected=dot.run == self._selected)
        pen.painter.end()

    def _square(self, chart: Chart) -> Square:
        now = ink()
        amounts = [amount for dot in chart.dots for amount in (dot.shipped, dot.own, dot.said)]
        left = max(now.width(grouped(round(2 * max(amounts))), CAPTION), now.width("100,000", CAPTION)) + 10
        area = QRectF(left, now.px(22), self.width() - left - now.px(10), self.height() - now.px(22 + 36))
        return square(area, amounts)

    def _at(self, place: QPointF) -> Dot | None:
        if self._chart is None or not self._chart.dots:
            return None
        plot = self._square(self._chart)

        def distance(dot: Dot) -> float:
            away = plot.place(dot.own, dot.said) - place
            return hypot(away.x(), away.y())

        nearest = min(self._chart.dots, key=distance)
        return nearest if distance(nearest) <= _REACH else None


def _paint_ground(pen: Pen, plot: Square, chart: Chart) -> None:
    area = plot.area
    pen.box(area, 3, pen.ink.colour("bg.sunken" if pen.ink.theme.is_dark else "bg.block"))
    pen.painter.save()
    pen.painter.setClipRect(area)
    if chart.band is not None:
        _paint_band(pen, plot, chart.band)
    pen.line(plot.place(plot.low, plot.low), plot.place(plot.high, plot.high), "line.control", 1.5)
    pen.painter.restore()
    free = area.right() + 20
    for tick in reversed(plot.ticks()):
        text, place = grouped(round(tick)), plot.place(tick, tick)
        pen.write_right(text, area.left() - 6, place.y(), CAPTION, "text.secondary")
        half = pen.ink.width(text, CAPTION) / 2
        if place.x() + half < free:
            pen.write(text, place.x() - half, area.bottom() + pen.ink.px(10), CAPTION, "text.secondary")
            free = place.x() - half - 8
    words = f"{chart.title}, estimated"
    middle = area.center().x() - pen.ink.width(words, CAPTION) / 2
    pen.write(words, middle, area.bottom() + pen.ink.px(26), CAPTION, "text.secondary")


def _paint_band(pen: Pen, plot: Square, band: tuple[float, float]) -> None:
    """Where 90 % of reports should lie, as wide as it usually is here."""
    ratio = (1 + plot.high) / (1 + plot.low)
    across = [(1 + plot.low) * ratio ** (step / _BAND_STEPS) - 1 for step in range(_BAND_STEPS + 1)]
    ends = [plot.place(each, each * band[0]) for each in across]
    ends += [plot.place(each, each * band[1]) for each in reversed(across)]
    pen.painter.setPen(Qt.PenStyle.NoPen)
    pen.painter.setBrush(pen.ink.mixed("bg.block", "line.control", _TINT))
    pen.painter.drawPolygon(QPolygonF(ends))


def _paint_legend(pen: Pen, plot: Square, chart: Chart) -> None:
    """What the marks mean, above the chart, as far as there is room."""
    middle, left = pen.ink.px(10), plot.area.left()
    pen.write("Reported", left, middle, CAPTION, "text.secondary")
    left += pen.ink.width("Reported", CAPTION) + pen.ink.px(18)
    for mark, words in _legend(chart):
        right = left + _SWATCH + 6 + pen.ink.width(words, CAPTION)
        if right > plot.area.right() + pen.ink.px(8):
            return
        if mark == "band":
            pen.box(QRectF(left, middle - 4, _SWATCH, 8), 0, pen.ink.mixed("bg.block", "line.control", _TINT))
        else:
            _mark(pen, QPointF(left + _SWATCH / 2, middle), mark, chart.token)
        pen.write(words, left + _SWATCH + 6, middle, CAPTION, "text.secondary")
        left = right + pen.ink.px(14)


def _legend(chart: Chart) -> Iterator[tuple[str, str]]:
    """Marks and words, the least telling last."""
    yield "own", "with the runs before"
    yield "shipped", "as shipped"
    if not all(dot.inside for dot in chart.dots):
        yield "outside", "outside its interval"
    if chart.band is not None:
        yield "band", "usual 90 % interval"


def _paint_shipped(pen: Pen, plot: Square, dot: Dot) -> None:
    """Where the estimate was without own runs, and the way it has come."""
    if dot.shipped == dot.own:
        return
    start, end = plot.place(dot.shipped, dot.said), plot.place(dot.own, dot.said)
    pen.line(start, end, "line.edge", 1.0)
    _mark(pen, start, "shipped", "")


def _paint_dot(pen: Pen, plot: Square, dot: Dot, token: str, *, selected: bool) -> None:
    place = plot.place(dot.own, dot.said)
    _mark(pen, place, "own" if dot.inside else "outside", token)
    if selected:
        pen.painter.setPen(QPen(pen.ink.colour("accent"), 2))
        pen.painter.setBrush(Qt.BrushStyle.NoBrush)
        pen.painter.drawEllipse(place, _RING, _RING)


def _mark(pen: Pen, centre: QPointF, mark: str, token: str) -> None:
    """Filled with own runs, hollow as shipped, a triangle outside the interval."""
    if mark == "outside":
        side = QRectF(centre.x() - _OUTSIDE / 2, centre.y() - _OUTSIDE / 2, _OUTSIDE, _OUTSIDE)
        draw_mark(pen.painter, side, "triangle", pen.ink.colour("warning"))
        return
    hollow = mark == "shipped"
    pen.painter.setPen(QPen(pen.ink.colour("line.edge"), 1.2) if hollow else Qt.PenStyle.NoPen)
    pen.painter.setBrush(pen.ink.colour("bg.panel" if hollow else token))
    radius = _HOLLOW if hollow else _DOT
    pen.painter.drawEllipse(centre, radius, radius)
