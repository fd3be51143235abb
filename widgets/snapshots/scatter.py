"""SnapshotScatter: quality over a cost, with the front of those that no other one beats."""

import pyqtgraph as pg
from PySide6.QtCore import Signal

from widgets import theme
from widgets.plots import StillPlot
from widgets.snapshots.model import COLUMNS, QUALITY, SnapshotsView

_SIZE, _CHOSEN_SIZE = 9, 15
_LEAST_HEIGHT = 200


class SnapshotScatter(StillPlot):
    """`chosen` carries the place of a point that was clicked."""

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__(_LEAST_HEIGHT)
        self.setAccessibleName("Accuracy over cost")
        self._view, self._cost, self._place = SnapshotsView(), "LUT", -1
        self.front = pg.PlotDataItem()
        self.points = pg.ScatterPlotItem(hoverable=True, tip=lambda x, y, data: self._view.rows[data].said)
        self.addItem(self.front)
        self.addItem(self.points)
        self.points.sigClicked.connect(lambda _item, points, _event: self.chosen.emit(points[0].data()))
        theme.signals().changed.connect(self._draw)
        self._draw()

    def set_view(self, view: SnapshotsView) -> None:
        """Show other snapshots."""
        self._view = view
        self._draw()

    def set_cost(self, cost: str) -> None:
        """Show quality over another figure."""
        self._cost = cost
        self._draw()

    def select(self, place: int) -> None:
        """Mark one snapshot."""
        self._place = place
        self._draw()

    def _draw(self) -> None:
        self.dress(self._view.quality, dict(COLUMNS)[self._cost])
        now, rows = theme.current(), self._view.rows
        places = [n for n, row in enumerate(rows) if QUALITY in row.figures and self._cost in row.figures]
        front = list((self._view.fronts or {}).get(self._cost, ()))
        self.points.setData(
            [rows[n].figures[self._cost] for n in places],
            [rows[n].figures[QUALITY] for n in places],
            data=places,
            size=[_CHOSEN_SIZE if n == self._place else _SIZE for n in places],
            symbol=["d" if n in front else "o" for n in places],
            brush=[now.color("accent" if n in front else "text.tertiary") for n in places],
            pen=pg.mkPen(now.color("bg.panel")),
        )
        self.front.setData([rows[n].figures[self._cost] for n in front], [rows[n].figures[QUALITY] for n in front])
        self.front.setPen(pg.mkPen(now.color("accent"), width=2))
        self.setAccessibleDescription(f"No other snapshot beats {', '.join(rows[n].name for n in front) or 'none'}.")
