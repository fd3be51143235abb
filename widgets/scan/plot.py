"""ScanPlot: the figure over bits, or over LUTs saved, a line for each layer; the current one stands out."""

from collections.abc import Iterator
from enum import StrEnum
from math import nan

import pyqtgraph as pg
from PySide6.QtCore import Qt, Signal

from widgets import theme
from widgets.plots import StillPlot
from widgets.scan.names import LineEnd, LineNames
from widgets.scan.view import ScanView

_SIZE, _CHOSEN_SIZE = 7, 13
_LEAST_HEIGHT = 190
_FAINT = 0.16
_Place = tuple[int, int]
"""Row and width."""
_Point = tuple[int, float, float]
"""Width and coordinates."""


class Over(StrEnum):
    """What the figure is drawn over; the value is the axis's title."""

    LUT = "LUT saved"
    BITS = "Bits"


class ScanPlot(StillPlot):
    """`chosen` carries row and width, as places in the view, of a point that was clicked."""

    chosen = Signal(int, int)

    def __init__(self) -> None:
        super().__init__(_LEAST_HEIGHT)
        self.setAccessibleName("Figure of each layer narrowed")
        self._view, self._over = ScanView(), Over.LUT
        self._current: _Place | None = None
        self.now = pg.InfiniteLine(angle=0)
        self.doubt = pg.LinearRegionItem(orientation="horizontal", movable=False)
        self.others, self.line = pg.PlotDataItem(connect="finite"), pg.PlotDataItem()
        self.points = pg.ScatterPlotItem(hoverable=True, tip=lambda x, y, data: self._said(data))
        self._rows: list[list[_Point]] = []
        self._bits: list[pg.TextItem] = []
        for item in (self.doubt, self.now, self.others, self.line, self.points):
            self.addItem(item)
        self.names = LineNames(self)
        self.points.sigClicked.connect(lambda _item, points, _event: self.chosen.emit(*points[0].data()))
        theme.signals().changed.connect(self._draw)
        self._draw()

    def set_view(self, view: ScanView) -> None:
        """Show another scan, or more of the same; no point stands out until one is selected in it."""
        # The current one may be of a layer that is gone.
        self._view, self._current = view, None
        self._draw()

    def set_over(self, over: Over) -> None:
        """Draw it over something else."""
        self._over = over
        self._draw()

    def select(self, place: _Place | None) -> None:
        """Let one point, and the line of its layer, stand out."""
        self._current = place
        self._draw()

    def _draw(self) -> None:
        self.dress(self._view.title, self._over.value)
        self._rows = [[*self._known(row)] for row in range(len(self._view.rows))]
        self.setVisible(bool(self._rows))
        chosen = -1 if self._current is None else self._current[0]
        self._draw_now()
        self._draw_lines(chosen)
        self._draw_points(chosen)
        self._write_bits(chosen)
        self._name_lines(chosen)

    def _known(self, row: int) -> Iterator[_Point]:
        """The points of a row that have both coordinates."""
        for width, cell in enumerate(self._view.rows[row].cells):
            if cell is not None:
                over = cell.lut_saved if self._over is Over.LUT else self._view.widths[width]
                if over is not None:
                    yield width, over, cell.figure

    def _draw_now(self) -> None:
        """The design as it is, with its interval: what is beyond differs by more than chance."""
        now, (figure, low, high) = theme.current(), self._view.now
        band = now.color("text.tertiary")
        band.setAlphaF(_FAINT)
        self.doubt.setRegion((low, high))
        self.doubt.setBrush(band)
        for edge in self.doubt.lines:
            edge.setPen(pg.mkPen(None))
        self.now.setValue(figure)
        self.now.setPen(pg.mkPen(now.color("text.secondary"), style=Qt.PenStyle.DashLine))

    def _draw_lines(self, chosen: int) -> None:
        now = theme.current()
        gap = (-1, nan, nan)
        quiet = [point for row, points in enumerate(self._rows) if row != chosen for point in (*points, gap)]
        mine = self._rows[chosen] if chosen >= 0 else []
        self.others.setPen(pg.mkPen(now.color("line.control")))
        self.others.setData([x for _, x, _ in quiet], [y for _, _, y in quiet])
        self.line.setPen(pg.mkPen(now.color("accent"), width=2))
        self.line.setData([x for _, x, _ in mine], [y for _, _, y in mine])

    def _draw_points(self, chosen: int) -> None:
        now = theme.current()
        # The chosen layer's come last: they lie above the others.
        order = sorted(range(len(self._rows)), key=lambda row: row == chosen)
        points = [((row, width), x, y) for row in order for width, x, y in self._rows[row]]
        self.points.setData(
            [x for _, x, _ in points],
            [y for _, _, y in points],
            data=[place for place, _, _ in points],
            size=[_CHOSEN_SIZE if place == self._current else _SIZE for place, _, _ in points],
            brush=[now.color("accent" if place[0] == chosen else "text.tertiary") for place, _, _ in points],
            pen=pg.mkPen(now.color("bg.panel")),
        )

    def _write_bits(self, chosen: int) -> None:
        """Over LUTs the points of the chosen layer say how many bits they are."""
        for each in self._bits:
            self.removeItem(each)
        named = self._rows[chosen] if chosen >= 0 and self._over is Over.LUT else []
        self._bits = [self._label(*point) for point in named]

    def _name_lines(self, chosen: int) -> None:
        """The chosen one's name comes first, then those that are farthest from the design as it is."""
        now, rows = self._view.now[0], self._rows
        named = [row for row in range(len(rows)) if rows[row]]
        named.sort(key=lambda row: (row != chosen, -abs(rows[row][-1][2] - now)))
        ends = [LineEnd(self._name(row), *rows[row][-1][1:], row == chosen) for row in named]
        self.names.show(ends, [point[1:] for points in rows for point in points])

    def _name(self, row: int) -> str:
        """The layer's, with what is narrowed where the layer has several lines."""
        mine = self._view.rows[row]
        several = sum(each.layer == mine.layer for each in self._view.rows) > 1
        return f"{mine.layer}, {mine.numbers.lower()}" if several else mine.layer

    def _label(self, width: int, x: float, y: float) -> pg.TextItem:
        now = theme.current()
        label = pg.TextItem(str(self._view.widths[width]), now.color("text.primary"), anchor=(0.5, 1.2))
        label.setFont(now.font("caption"))
        label.setPos(x, y)
        self.addItem(label, ignoreBounds=True)
        return label

    def _said(self, place: _Place) -> str:
        cell = self._view.rows[place[0]].cells[place[1]]
        return "" if cell is None else cell.said
