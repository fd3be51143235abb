"""ErrorLines: the mean error so far, as shipped and with own runs, run by run."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from widgets.budget.edits_view import spread
from widgets.budget.ink import CAPTION, CAPTION_STRONG, Pen, begin, ink
from widgets.calibration.axes import Steps, steps
from widgets.calibration.model import Chart

_DASH = (4.0, 3.0)
_GAP = 12


class ErrorLines(QWidget):
    """Two lines with their names at the end."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Mean error so far")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._chart: Chart | None = None

    def set_chart(self, chart: Chart | None) -> None:
        """Show another quantity."""
        self._chart = chart
        if chart is not None and chart.errors_own:
            ends = f"{chart.errors_shipped[-1]:.1f} % as shipped, {chart.errors_own[-1]:.1f} % with own runs"
            self.setAccessibleDescription(f"{chart.title}: {ends}")
        self.update()

    def minimumSizeHint(self) -> QSize:
        """Axes that still tell."""
        return QSize(ink().px(220), ink().px(150))

    def sizeHint(self) -> QSize:
        """As designed."""
        return QSize(ink().px(480), ink().px(250))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw both lines."""
        pen = begin(QPainter(self))
        if self._chart is not None and self._chart.errors_own:
            self._paint(pen, self._chart)
        pen.painter.end()

    def _paint(self, pen: Pen, chart: Chart) -> None:
        now = pen.ink
        lines = [
            (chart.errors_shipped, "as shipped", "text.secondary", _DASH),
            (chart.errors_own, "with the runs before", chart.token, ()),
        ]
        labels = [f"{errors[-1]:.1f} % {words}" for errors, words, _, _ in lines]
        left, room = now.width("100", CAPTION) + 10, max(now.width(label, CAPTION_STRONG) for label in labels)
        area = QRectF(left, now.px(22), self.width() - left - room - 2 * _GAP - 6, self.height() - now.px(22 + 36))
        plot = steps(area, [errors for errors, *_ in lines])
        _paint_ground(pen, plot)
        for errors, _, token, dash in lines:
            _paint_line(pen, plot, errors, token, dash)
        wanted = [plot.place(plot.count - 1, errors[-1]).y() for errors, *_ in lines]
        heights = spread(wanted, now.metrics(CAPTION_STRONG).height(), area.top(), area.bottom())
        for label, height in zip(labels, heights, strict=True):
            pen.write(label, area.right() + _GAP, height, CAPTION_STRONG, "text.primary")


def _paint_ground(pen: Pen, plot: Steps) -> None:
    area = plot.area
    pen.box(area.adjusted(-6, 0, 6, 0), 3, pen.ink.colour("bg.sunken" if pen.ink.theme.is_dark else "bg.block"))
    pen.write("Mean error so far, %", area.left() - 6, pen.ink.px(10), CAPTION, "text.secondary")
    for tick in plot.ticks():
        pen.write_right(f"{tick:g}", area.left() - 12, plot.place(0, tick).y(), CAPTION, "text.secondary")
    below = area.bottom() + pen.ink.px(10)
    words = "1 run" if plot.count == 1 else f"{plot.count} runs"
    if plot.count > 1:
        pen.write("first run", area.left() - 6, below, CAPTION, "text.secondary")
    right = plot.place(plot.count - 1, 0).x()
    pen.write_right(words, right + 6, below, CAPTION, "text.secondary")


def _paint_line(pen: Pen, plot: Steps, errors: tuple[float, ...], token: str, dash: tuple[float, ...]) -> None:
    path = QPainterPath(plot.place(0, errors[0]))
    for index, error in enumerate(errors[1:], start=1):
        path.lineTo(plot.place(index, error))
    stroke = QPen(pen.ink.colour(token), 2)
    stroke.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    if dash:
        stroke.setDashPattern(list(dash))
    pen.painter.setPen(stroke)
    pen.painter.setBrush(Qt.BrushStyle.NoBrush)
    pen.painter.drawPath(path)
    _end(pen, plot.place(plot.count - 1, errors[-1]), token)


def _end(pen: Pen, place: QPointF, token: str) -> None:
    pen.painter.setPen(Qt.PenStyle.NoPen)
    pen.painter.setBrush(pen.ink.colour(token))
    pen.painter.drawEllipse(place, 3.5, 3.5)
