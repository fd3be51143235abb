"""What stands still under a moving thumb: chart, groove and ticks, drawn once and kept."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap

from widgets import theme
from widgets.inspector.model import ReuseView
from widgets.inspector.reuse_axis import INSET, ReuseAxis
from widgets.inspector.reuse_chart import Curves, ceiling, curves_of, paint_chart
from widgets.inspector.reuse_sizes import TICK, TICK_TOP, chart_shown, rail_y, track_height
from widgets.theme.easel import easel


class ReuseGround:
    """Keeps the last picture: a drag asks for the same one at every event."""

    def __init__(self) -> None:
        self._key: tuple[object, ...] = ()
        self._drawn = QPixmap()
        self.curves = Curves()

    def show(self, view: ReuseView, axis: ReuseAxis, mixed: bool, ratio: float) -> QPixmap:
        """The picture for a screen with `ratio` device pixels per px; `curves` are those drawn in it."""
        facts = (view.intervals, view.amounts, ceiling(view), view.resource, view.no_curves)
        key = (*facts, axis, mixed, ratio, id(theme.current()))
        if key != self._key:
            self._key, self.curves = key, curves_of(view)
            self._drawn = self._draw(view, axis, mixed, ratio)
        return self._drawn

    def _draw(self, view: ReuseView, axis: ReuseAxis, mixed: bool, ratio: float) -> QPixmap:
        def paint(painter: QPainter) -> None:
            if chart_shown(view, mixed):
                paint_chart(painter, view, axis, self.curves)
            _paint_groove(painter, axis, rail_y(view, mixed))

        return easel().draw(axis.width, track_height(view, mixed), ratio, paint)


def _paint_groove(painter: QPainter, axis: ReuseAxis, y: float) -> None:
    now = theme.current()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(now.color("line.default"))
    painter.drawRoundedRect(QRectF(INSET, y - 2, axis.width - 2 * INSET, 4), 2, 2)
    ink = now.color("line.control")
    for x in axis.ticks():
        painter.fillRect(QRectF(round(x) - 0.5, y + TICK_TOP, 1, TICK), ink)
