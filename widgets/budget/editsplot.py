"""Geometry of the strip of edits: which points are in sight, and where."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF

from widgets.budget.edits_view import EditsView
from widgets.budget.ink import CAPTION, CAPTION_STRONG, Ink

DOTS = 18
CAPTIONS = 20
_TOP = 4
_PAD = 16
_LABEL_GAP = 10
_LEAST_STEP = 12
_RISE = 9


@dataclass(frozen=True, slots=True)
class Plot:
    """The chart's rectangle, the points in sight (`first` to `last`, last excluded) and the top of the axis."""

    chart: QRectF
    first: int
    last: int
    top: float
    bottom: float

    @property
    def step(self) -> float:
        """Distance of two dots, px."""
        return self.chart.width() / max(self.last - self.first - 1, 1)

    def x(self, index: int) -> float:
        """Place of a point; a single one stands at the end."""
        if self.last - self.first == 1:
            return self.chart.right()
        return self.chart.left() + (index - self.first) * self.step

    def y(self, share: float) -> float:
        """Height of a share; what is beyond the axis runs along its end."""
        return self.chart.bottom() - self.chart.height() * min(max(share, 0.0), self.top) / self.top

    def rise(self) -> float:
        """How far before its dot a line steps, px."""
        return min(_RISE, self.step / 2)

    def index_at(self, x: float) -> int | None:
        """The point nearest to a place; None beside the chart."""
        if not self.chart.left() - _PAD <= x <= self.chart.right() + _PAD:
            return None
        index = self.first + round((x - self.chart.left()) / self.step)
        return min(max(index, self.first), self.last - 1)


def lay_plot(view: EditsView, width: float, height: float, scroll: int, ink: Ink) -> Plot:
    """Put the chart between the axis' numbers and the labels; `scroll` points are left out at the end."""
    left = _PAD + ink.width("100", CAPTION) + 8
    right = width - _PAD - label_width(view, ink) - ink.px(_LABEL_GAP)
    below = ink.px(DOTS + CAPTIONS)
    chart = QRectF(round(left), _TOP, max(round(right - left), 20), max(height - below - _TOP, 20))
    fitting = max(int(chart.width() // _LEAST_STEP) + 1, 2)
    last = max(len(view.points) - scroll, min(fitting, len(view.points)))
    first = max(last - fitting, 0)
    return Plot(chart, first, last, view.axis_top(first, last), height)


def label_width(view: EditsView, ink: Ink) -> float:
    """Room for the longest label with three digits, so that labels that change move nothing."""
    names = [ink.width(f"{label} 100 %", CAPTION_STRONG) for _, label in view.resources]
    return max(names, default=0) + 2


def most_scroll(view: EditsView, plot: Plot) -> int:
    """Points that can be left out at the end."""
    return max(len(view.points) - (plot.last - plot.first), 0)
