"""TrainingCurves: loss and accuracy over the epochs, while they come in."""

import pyqtgraph as pg
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from widgets import theme
from widgets.training.model import CurvesView, Line

_WIDTH = 2
_LEAST_HEIGHT = 150


class TrainingCurves(QWidget):
    """Two plots above each other; the lower one only where there is an accuracy."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Curves of the training")
        self._view = CurvesView()
        # Losses fall and accuracies rise: there the lines leave room for their names.
        self.loss, self.accuracy = _Plot("Loss", (-8, 8)), _Plot("Accuracy, %", (-8, -8))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.current().space(3))
        column.addWidget(self.loss, 1)
        column.addWidget(self.accuracy, 1)
        theme.signals().changed.connect(self._dress)
        self._dress()

    def set_view(self, view: CurvesView) -> None:
        """Show how far it is now."""
        self._view = view
        self.setAccessibleDescription(view.said)
        self.loss.show_lines(view.loss, view.epochs)
        self.accuracy.show_lines(view.accuracy, view.epochs)
        self.loss.setVisible(bool(view.loss))
        self.accuracy.setVisible(bool(view.accuracy))
        # The lines of both plots have the same names: once is enough.
        self.loss.legend.setVisible(not view.accuracy)

    def _dress(self) -> None:
        self.loss.dress()
        self.accuracy.dress()
        self.set_view(self._view)


class _Plot(pg.PlotWidget):  # type: ignore[misc]
    """A plot that is looked at, not dragged."""

    def __init__(self, title: str, legend: tuple[int, int]) -> None:
        super().__init__()
        self._title = title
        self.setMinimumHeight(round(_LEAST_HEIGHT * theme.current().text_scale))
        self.setMouseEnabled(False, False)
        self.hideButtons()
        self.setMenuEnabled(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.legend = self.addLegend(offset=legend, colCount=2)

    def sizeHint(self) -> QSize:
        """As low as it may be: whoever shows it gives it the room that is left."""
        return QSize(320, self.minimumHeight())

    def dress(self) -> None:
        """Take the theme's colours."""
        now = theme.current()
        ground = now.color("bg.sunken" if now.is_dark else "bg.block")
        self.setBackground(now.color("bg.panel"))
        self.getViewBox().setBackgroundColor(ground)
        for side in ("left", "bottom"):
            axis = self.getAxis(side)
            axis.setPen(now.color("line.default"))
            axis.setTextPen(now.color("text.secondary"))
            axis.setTickFont(now.font("caption"))
            axis.enableAutoSIPrefix(False)
        self.setLabel("left", self._title, color=now.color("text.secondary").name())
        self.setLabel("bottom", "Epoch", color=now.color("text.secondary").name())
        self.getAxis("left").setWidth(round(58 * now.text_scale))
        self.legend.setLabelTextSize(f"{now.text_px('caption')}px")
        self.legend.setLabelTextColor(now.color("text.primary"))

    def show_lines(self, lines: tuple[Line, ...], epochs: int) -> None:
        """Draw them anew: a few hundred points."""
        self.clear()
        for line in lines:
            style = Qt.PenStyle.DashLine if line.dashed else Qt.PenStyle.SolidLine
            pen = pg.mkPen(theme.current().color(line.token), width=_WIDTH, style=style)
            # A single point makes no line.
            symbol = "o" if len(line.epochs) == 1 else None
            brush = theme.current().color(line.token)
            self.plot(
                line.epochs,
                line.values,
                pen=pen,
                name=line.name,
                symbol=symbol,
                symbolSize=6,
                symbolBrush=brush,
                symbolPen=None,
            )
        self.setXRange(0, max(epochs, 1), padding=0.02)
