"""StillPlot: a plot that is looked at, not dragged; a table beside it is the way by keyboard."""

import pyqtgraph as pg
from PySide6.QtCore import QSize, Qt

from widgets import theme

_WIDTH = 360


class Numbers(pg.AxisItem):  # type: ignore[misc]
    """An axis whose numbers are written as everywhere."""

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        """`14,600`, `−0.5`."""
        return [grouped(text) for text in super().tickStrings(values, scale, spacing)]


def grouped(text: str) -> str:
    """A plain number with commas and a real minus sign."""
    whole, point, rest = text.partition(".")
    digits = whole.removeprefix("-")
    written = f"{int(digits):,}" if digits.isdecimal() else digits
    return f"{'−' if whole.startswith('-') else ''}{written}{point}{rest}"


class StillPlot(pg.PlotWidget):  # type: ignore[misc]
    """Never lower than `least_height` logical pixels. Whoever makes it calls `dress` before each drawing."""

    def __init__(self, least_height: int, axis: type[pg.AxisItem] = Numbers) -> None:
        super().__init__(axisItems={side: axis(side) for side in ("left", "bottom")})
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
            # Without ranges for it: even where it is off, pyqtgraph would count small numbers in thousandths, unsaid.
            self.setLabel(side, title, siPrefixEnableRanges=(), color=quiet.name())
            axis.enableAutoSIPrefix(False)
