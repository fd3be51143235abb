"""The table of layers: what does not fit its width is left out, the least telling first."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from widgets import theme
from widgets.controls import DenseTable
from widgets.traces.delegate import BAR, TraceDelegate
from widgets.traces.model import NAME, OFF, TYPE, TracesModel
from widgets.traces.view import COLUMNS, TracesView

_LEFT_OUT = (TYPE, 3, 5, 4, 2, 6)
"""Columns in the order in which they give way; the tool tip has them all."""
_CELL_PAD = 20
_LEAST_NAME, _MOST_NAME = 120, 260


class TraceTable(QTableView):
    """Signals as those of the outline; Enter asks for the layer on the canvas."""

    selected = Signal(tuple)
    hovered = Signal(object)
    activated_layer = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._model, self._delegate, self._quiet = TracesModel(self), TraceDelegate(self), False
        self._widths: list[int] = []
        self.setModel(self._model)
        self.setItemDelegate(self._delegate)
        self.copier = DenseTable(self, lambda: self._model.view.text).copier
        self._dress()
        self.selectionModel().selectionChanged.connect(self._on_selection)
        self.entered.connect(lambda index: self.hovered.emit(self._id(index)))
        self.doubleClicked.connect(lambda index: self.activated_layer.emit(self._id(index)))
        theme.signals().changed.connect(self._measure)

    def set_view(self, view: TracesView) -> None:
        """Show another emulation; the selection is told again by whoever keeps it."""
        self._quiet = True
        self._model.set_view(view)
        self._quiet = False
        self._measure()

    def set_selection(self, ids: Iterable[str]) -> None:
        """Select layers without saying so."""
        places = [place for name in ids if (place := self._model.row_of(name)) is not None]
        selection = QItemSelection()
        for place in places:
            selection.select(self._model.index(place, 0), self._model.index(place, len(COLUMNS) - 1))
        self._quiet = True
        self.selectionModel().select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self._quiet = False
        if places:
            self.scrollTo(self._model.index(places[0], 0))

    def set_hovered(self, name: str) -> None:
        """Highlight a layer that the pointer is on elsewhere; '' for none. Tells nobody."""
        if name != self._delegate.hovered:
            self._delegate.hovered = name
            self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out what no longer fits."""
        super().resizeEvent(event)
        self._fit()

    def leaveEvent(self, event: QEvent) -> None:
        """No layer is under the pointer."""
        super().leaveEvent(event)
        self.hovered.emit(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to a layer, or walk."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.activated_layer.emit(self._id(self.currentIndex()))
        else:
            super().keyPressEvent(event)

    def _dress(self) -> None:
        self.setAccessibleName("Layer by layer")
        self.setMouseTracking(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setMinimumSectionSize(24)

    def _on_selection(self) -> None:
        if not self._quiet:
            rows = sorted(index.row() for index in self.selectionModel().selectedRows())
            self.selected.emit(tuple(row.id for row in map(self._model.view.rows.__getitem__, rows) if row.known))

    def _id(self, index: QModelIndex) -> str:
        return self._model.view.rows[index.row()].id

    def _measure(self) -> None:
        """How wide each column has to be."""
        now = theme.current()
        body, mono, head = (QFontMetrics(now.font(role)) for role in ("body", "mono", "caption"))
        self._widths = []
        for column in range(len(COLUMNS)):
            texts = [row.id if column == NAME else row.figures[column - 1] for row in self._model.view.rows]
            metrics = mono if column == TYPE else body
            title = self._model.headerData(column, Qt.Orientation.Horizontal)
            widest = max((metrics.horizontalAdvance(text) for text in set(texts)), default=0)
            more = round(BAR * now.text_scale) + _CELL_PAD // 2 if column == OFF else 0
            self._widths.append(max(widest + more, head.horizontalAdvance(title)) + _CELL_PAD)
        self._widths[NAME] = min(max(self._widths[NAME] + now.size("icon"), _LEAST_NAME), _MOST_NAME)
        self._fit()

    def _fit(self) -> None:
        """Leave columns out until the others fit; the name takes the rest."""
        room, shown = self.viewport().width(), list(range(len(COLUMNS)))
        for column in _LEFT_OUT:
            if sum(self._widths[each] for each in shown) <= room:
                break
            shown.remove(column)
        spare = room - sum(self._widths[each] for each in shown)
        for column, width in enumerate(self._widths):
            self.setColumnHidden(column, column not in shown)
            self.setColumnWidth(column, max(width + spare, _LEAST_NAME) if column == NAME else width)
