"""TrainingCurves: loss and accuracy over the epochs, while they come in."""

import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from widgets import theme
from widgets.plots import StillPlot
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
        self.loss.follow_theme()
        self.accuracy.follow_theme()
        self.set_view(self._view)


class _Plot(StillPlot):
    """One figure over the epochs."""

    def __init__(self, title: str, legend: tuple[int, int]) -> None:
        super().__init__(_LEAST_HEIGHT)
        self._title = title
        self.legend = self.addLegend(offset=legend, colCount=2)

    def follow_theme(self) -> None:
        """Take the theme's colours, the legend too."""
        now = theme.current()
        self.dress(self._title, "Epoch")
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
