"""LineNames: the names of lines, beside their ends where there is room for them."""

from dataclasses import dataclass

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF

from widgets import theme

_MOST = 16
"""So many names are tried: more would be read by nobody, and take a while to place."""
_WIDEST = 150
_APART = 2
"""Px between the end of a line and its name's own margin."""


@dataclass(frozen=True, slots=True)
class LineEnd:
    """A name, and where its line ends in the plot's own numbers; the chosen one's is written in any case."""

    name: str
    x: float
    y: float
    chosen: bool = False


class LineNames:
    """Writes in a plot. A name hides neither another one nor a point; one without such room is left out."""

    def __init__(self, plot: pg.PlotWidget) -> None:
        self._plot = plot
        self._ends: list[LineEnd] = []
        self._points: list[tuple[float, float]] = []
        self._items: list[pg.TextItem] = []
        view = plot.getViewBox()
        view.sigRangeChanged.connect(self._place)
        view.sigResized.connect(self._place)

    @property
    def shown(self) -> dict[str, QRectF]:
        """The names that have found room, with where they stand, in px of the plot."""
        return {item.toPlainText(): item.mapRectToScene(item.boundingRect()) for item in self._items}

    def show(self, ends: list[LineEnd], points: list[tuple[float, float]]) -> None:
        """Name lines, those that matter most first; `points` are what must stay in sight."""
        self._ends, self._points = ends[:_MOST], points
        self._plot.getViewBox().updateAutoRange()
        self._place()

    def _place(self, *_changed: object) -> None:
        for item in self._items:
            self._plot.removeItem(item)
        self._items = []
        view = self._plot.getViewBox()
        marks = [view.mapViewToScene(QPointF(*point)) for point in self._points]
        taken: list[QRectF] = []
        for end in self._ends:
            text = _text(end)
            room = self._room(end, text, taken, marks)
            if room is not None:
                taken.append(room)
                self._plot.addItem(text, ignoreBounds=True)
                text.setPos(view.mapSceneToView(room.topLeft()))
                self._items.append(text)

    def _room(self, end: LineEnd, text: pg.TextItem, taken: list[QRectF], marks: list[QPointF]) -> QRectF | None:
        """Right of the line's end, else below, above or left of it; None where all that is taken."""
        view = self._plot.getViewBox()
        at, within, size = view.mapViewToScene(QPointF(end.x, end.y)), view.sceneBoundingRect(), text.boundingRect()
        width, height = size.width(), size.height()
        for left, top in (
            (_APART, -height / 2), (-width / 2, _APART), (-width / 2, -height - _APART), (-width - _APART, -height / 2),
        ):  # fmt: skip
            room = QRectF(at.x() + left, at.y() + top, width, height)
            hidden = any(room.intersects(each) for each in taken) or any(room.contains(mark) for mark in marks)
            if within.contains(room) and (end.chosen or not hidden):
                return room
        return None


def _text(end: LineEnd) -> pg.TextItem:
    now = theme.current()
    font = now.font("caption")
    name = QFontMetricsF(font).elidedText(end.name, Qt.TextElideMode.ElideMiddle, _WIDEST * now.text_scale)
    text = pg.TextItem(name, now.color("accent" if end.chosen else "text.secondary"))
    if end.chosen:
        text.fill = pg.mkBrush(now.color("bg.panel"))
    text.setFont(font)
    return text
