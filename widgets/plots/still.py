"""StillPlot: a plot that is looked at, not dragged; a table beside it is the way by keyboard."""

import pyqtgraph as pg
from PySide6.QtCore import QSize, Qt

from widgets import theme

_WIDTH = 360


class StillPlot(pg.PlotWidget):  # type: ignore[misc]
    """Never lower than `least_height` logical pixels. Whoever makes it calls `dress` before each drawing."""

    def __init__(self, least_height: int) -> None:
        super().__init__()
        self.setMouseEnabled(False, False)
        self.hideButtons()
        self.setMenuEnabled(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMinimumHeight(round(least_height * theme.current().text_scale))

    def sizeHint(self) -> QSize:
        """As low as it may be: whoever shows it gives it the room that is left."""
        return QSize(_WIDTH, self.minimumHeight())

    def dress(self, left: str, bottom: str) -> None:
        """Take the theme's colours, and name the axes."""
        now, quiet = theme.current(), theme.current().color("text.secondary")
        self.setBackground(now.color("bg.panel"))
        self.getViewBox().setBackgroundColor(now.color("bg.sunken" if now.is_dark else "bg.block"))
        for side, title in (("left", left), ("bottom", bottom)):
            axis = self.getAxis(side)
            axis.setPen(now.color("line.default"))
            axis.setTextPen(quiet)
            axis.setTickFont(now.font("caption"))
            axis.enableAutoSIPrefix(False)
            self.setLabel(side, title, color=quiet.name())
