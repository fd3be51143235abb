"""SchedulesPlot: inferences a second over what they take, both on logarithmic axes."""

from math import floor, log10

import pyqtgraph as pg
from PySide6.QtCore import Qt, Signal

from widgets import theme
from widgets.plots import StillPlot
from widgets.schedules.model import COSTS, SchedulesView, Way

_PRESENT_SIZE = 15
_LEAST_HEIGHT = 240
_MARKS = (("o", 8, "accent"), ("d", 12, "warning"))
"""Mark, its size and colour of each series."""


class _Decades(pg.AxisItem):  # type: ignore[misc]
    """A logarithmic axis whose ticks are numbers: 1, 2 and 5 of each decade."""

    def __init__(self, side: str) -> None:
        super().__init__(side)
        self.setLogMode(True)

    def logTickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        """`500`, `1,000`; nothing for ticks in between."""
        amounts = [10**value for value in values]
        return [f"{amount:,.3g}" if amount < 1 else f"{amount:,.0f}" if _round(amount) else "" for amount in amounts]


def _round(amount: float) -> bool:
    return round(amount / 10 ** floor(log10(amount) + 1e-9)) in (1, 2, 5)


class SchedulesPlot(StillPlot):
    """`chosen` carries the place of a series and the way that was clicked."""

    chosen = Signal(int, object)

    def __init__(self) -> None:
        super().__init__(_LEAST_HEIGHT, _Decades)
        self.setAccessibleName("Rate over hardware")
        self.view, self._cost = SchedulesView(), COSTS[0][0]
        self._legend = self.addLegend(offset=(12, 8))
        theme.signals().changed.connect(self._draw)
        self._draw()

    def set_view(self, view: SchedulesView) -> None:
        """Show other schedules."""
        self.view = view
        self._draw()

    def set_cost(self, cost: str) -> None:
        """Show the rate over another cost."""
        self._cost = cost
        self._draw()

    def _draw(self) -> None:
        self.clear()
        self.dress("Inferences a second", dict(COSTS)[self._cost])
        self._legend.setLabelTextColor(theme.current().color("text.secondary"))
        for place, series in enumerate(self.view.series):
            self._draw_series(place, series.title, series.front(self._cost))
        if self.view.present is not None:
            self._draw_present(self.view.present)
        limit = (self.view.limits or {}).get(self._cost)
        if limit:
            quiet = theme.current().color("text.secondary")
            words = {"position": 0.06, "color": quiet, "anchors": [(1.1, 0.5), (1.1, 0.5)]}
            line = pg.mkPen(quiet, style=Qt.PenStyle.DashLine)
            self.addItem(pg.InfiniteLine(log10(limit), pen=line, label="board is full", labelOpts=words))
        self.setAccessibleDescription("; ".join(self._sentences()))

    def _draw_series(self, place: int, title: str, ways: list[Way]) -> None:
        shown = [way for way in ways if way.costs[self._cost] > 0]
        across, up = [log10(way.costs[self._cost]) for way in shown], [log10(way.rate) for way in shown]
        symbol, size, token = _MARKS[place]
        colour = theme.current().color(token)
        points = pg.ScatterPlotItem(
            across, up, data=shown, symbol=symbol, size=size, brush=colour, pen=None, name=title, hoverable=True,
            tip=lambda x, y, data: data.said,
        )  # fmt: skip
        points.sigClicked.connect(lambda _item, clicked, _event: self.chosen.emit(place, clicked[0].data()))
        self.addItem(pg.PlotDataItem(across, up, pen=pg.mkPen(colour, width=1.5)))
        self.addItem(points)

    def _draw_present(self, way: Way) -> None:
        if way.costs[self._cost] <= 0:
            return
        ring = pg.mkPen(theme.current().color("text.primary"), width=2)
        at = [log10(way.costs[self._cost])], [log10(way.rate)]
        self.addItem(pg.ScatterPlotItem(*at, symbol="o", size=_PRESENT_SIZE, brush=None, pen=ring, name="as set"))

    def _sentences(self) -> list[str]:
        fastest = [(series.title, max((way.rate for way in series.ways), default=0.0)) for series in self.view.series]
        return [f"{title}: up to {rate:,.0f} inferences a second" for title, rate in fastest]
