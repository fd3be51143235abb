"""EditsStrip: how each quantity moved over the edits of this sitting; a click goes back to one."""

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractSlider, QToolTip, QWidget

from widgets.budget.edits_view import EditsView
from widgets.budget.editspaint import caption, paint_dots, paint_plot
from widgets.budget.editsplot import Plot, lay_plot, most_scroll
from widgets.budget.ink import CAPTION, begin, ink
from widgets.budget.numbers import percent

_EMPTY = "Every edit leaves a mark here."


class EditsStrip(QAbstractSlider):
    """A slider over the steps of the sitting. `go_to` carries the index that the user chose by mouse or keys.

    The wheel brings earlier steps into sight where there are many.
    """

    go_to = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setOrientation(Qt.Orientation.Horizontal)
        self.setAccessibleName("Edits of this sitting")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setPageStep(5)
        self._view = EditsView()
        self._pointed: int | None = None
        self._scroll = 0
        self.valueChanged.connect(self._chosen)

    def set_view(self, view: EditsView) -> None:
        """Show other steps; one that is out of sight comes into it."""
        if len(view.points) != len(self._view.points):
            self._scroll, self._pointed = 0, None
        self._view = view
        self._agree()
        self._bring_into_sight(view.current)
        self.setAccessibleDescription(self._words(view.current) if view.points else _EMPTY)
        self.update()

    def dot(self, index: int) -> QPointF:
        """Where a step's dot is."""
        plot = self._plot()
        return QPointF(plot.x(index), plot.chart.bottom() + ink().px(10))

    def minimumSizeHint(self) -> QSize:
        """A chart that still shows a step."""
        now = ink()
        return QSize(now.px(180), now.px(40) + 60)

    def sizeHint(self) -> QSize:
        """As designed."""
        return QSize(484, ink().px(40) + 124)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Name the step under the pointer."""
        self._point(self._plot().index_at(event.position().x()) if self._view.points else None)

    def leaveEvent(self, event: QEvent) -> None:
        """Name the step in force again."""
        self._point(None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the step under the pointer."""
        if event.button() != Qt.MouseButton.LeftButton or not self._view.points:
            return
        index = self._plot().index_at(event.position().x())
        if index is not None:
            self.setValue(index)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll through the steps, if they do not all fit: a turn of the wheel must not undo."""
        most = most_scroll(self._view, self._plot())
        if most:
            turns = 1 if event.angleDelta().y() + event.angleDelta().x() > 0 else -1
            self._scroll = min(max(self._scroll + 3 * turns, 0), most)
            self.update()
            event.accept()
        else:
            event.ignore()

    def changeEvent(self, event: QEvent) -> None:
        """Follow theme and text scale."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()
            self.update()

    def event(self, event: QEvent) -> bool:
        """Say what a step came to."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip and self._view.points:
            index = self._plot().index_at(event.pos().x())
            QToolTip.showText(event.globalPos(), self._words(index) if index is not None else "", self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw chart and dots."""
        pen = begin(QPainter(self))
        if self._view.points:
            plot = self._plot()
            paint_plot(pen, self._view, plot)
            paint_dots(pen, self._view, plot, self._pointed)
        else:
            pen.write(_EMPTY, 16, pen.ink.px(12), CAPTION, "text.secondary")
        pen.painter.end()

    def _plot(self) -> Plot:
        return lay_plot(self._view, self.width(), self.height(), self._scroll, ink())

    def _point(self, index: int | None) -> None:
        if index != self._pointed:
            self._pointed = index
            self.update()

    def _chosen(self, index: int) -> None:
        """Whoever listens goes there and shows another view; if nobody did, the step in force stays."""
        if index != self._view.current:
            self.go_to.emit(index)
            self._agree()

    def _agree(self) -> None:
        """Stand on the step in force, without telling."""
        self.blockSignals(True)
        self.setRange(0, max(len(self._view.points) - 1, 0))
        self.setValue(self._view.current)
        self.blockSignals(False)

    def _bring_into_sight(self, index: int) -> None:
        plot = self._plot()
        if self._view.points and not plot.first <= index < plot.last:
            self._scroll = min(max(len(self._view.points) - 1 - index, 0), most_scroll(self._view, plot))

    def _words(self, index: int) -> str:
        """`Reuse factor 144 to 72, now: LUT 77 %, FF 42 %`."""
        pairs = zip(self._view.resources, self._view.points[index].shares, strict=True)
        shares = [f"{label} {percent(share)}" for (_, label), share in pairs if share is not None]
        return f"{caption(self._view, index)}: {', '.join(shares)}"
