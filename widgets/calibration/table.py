"""The table of own runs: what ran, and how far each estimate was from its report."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from widgets import theme
from widgets.calibration.model import CalibrationView, RunLine
from widgets.controls import LEFT, RIGHT, DenseModel, DenseTable, Index

FACTS = ("Started", "Network", "Tool", "Level", "Family")
_NETWORK = 1
_LEAST_NAME = 130
_HELP = "Report against estimate: as shipped → with what the runs before it had taught"


class OwnRunsTable(QTableView):
    """`chosen` carries the id of the run that the cursor is on."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._model = _Runs(self)
        self.setModel(self._model)
        self.setAccessibleName("Own runs")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        DenseTable(self)
        self.selectionModel().currentRowChanged.connect(self._on_current)

    def set_view(self, view: CalibrationView, group: str) -> None:
        """Show these runs; those of other groups than the one in the charts stand back."""
        kept = self.current()
        self._model.show_view(view, group)
        self._fit()
        self.select_run(kept)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Names take what room there is."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """The name takes the room that the figures leave, but never less than can be read."""
        head, least = self.horizontalHeader(), round(_LEAST_NAME * theme.current().text_scale)
        wanted = [max(self.sizeHintForColumn(column), head.sectionSizeHint(column)) for column in range(head.count())]
        others = sum(wanted) - wanted[_NETWORK]
        head.setSectionResizeMode(_NETWORK, QHeaderView.ResizeMode.Fixed)
        head.resizeSection(_NETWORK, max(self.viewport().width() - others, least))

    def current(self) -> str:
        """The run that the cursor is on; '' where it is on none."""
        index = self.currentIndex()
        return self._model.view.runs[index.row()].id if index.isValid() else ""

    def select_run(self, run: str) -> None:
        """Put the cursor on a run without saying so."""
        place = next((place for place, each in enumerate(self._model.view.runs) if each.id == run), None)
        if place is not None and run != self.current():
            self.selectionModel().blockSignals(True)
            self.setCurrentIndex(self._model.index(place, 0))
            self.selectionModel().blockSignals(False)
            self.viewport().update()
            self.scrollTo(self._model.index(place, 0))

    def stand_back(self, group: str) -> None:
        """Another group is in the charts."""
        self._model.set_group(group)

    def _on_current(self, now: Index) -> None:
        if now.isValid():
            self.chosen.emit(self._model.view.runs[now.row()].id)


class _Runs(DenseModel):
    def __init__(self, parent: OwnRunsTable) -> None:
        super().__init__(parent)
        self.view, self._group = CalibrationView(), ""

    def show_view(self, view: CalibrationView, group: str) -> None:
        """Show other runs."""
        self.beginResetModel()
        self.view, self._group = view, group
        self.endResetModel()

    def set_group(self, group: str) -> None:
        """Let runs of other groups stand back."""
        self._group = group
        if self.count():
            self.dataChanged.emit(self.index(0, 0), self.index(self.count() - 1, self.columnCount() - 1))

    def count(self) -> int:
        """Runs."""
        return len(self.view.runs)

    def titles(self) -> Sequence[str]:
        """Facts and quantities."""
        return (*FACTS, *(label for _, label in self.view.quantities))

    def helps(self) -> Sequence[str]:
        """What the figures are."""
        return (*("",) * len(FACTS), *(_HELP for _ in self.view.quantities))

    def alignment(self, column: int) -> Qt.AlignmentFlag:
        """Facts are words."""
        return LEFT if column < len(FACTS) else RIGHT

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Text, colour and font of a cell."""
        run, column = self.view.runs[index.row()], index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return (*run.facts, *run.figures)[column]
            case Qt.ItemDataRole.ToolTipRole:
                return run.words
            case Qt.ItemDataRole.TextAlignmentRole:
                return self.alignment(column)
            case Qt.ItemDataRole.FontRole:
                return theme.current().font("dense")
            case Qt.ItemDataRole.ForegroundRole:
                return theme.current().color(self._ink(run))
        return None

    def _ink(self, run: RunLine) -> str:
        return "text.primary" if run.group == self._group else "text.tertiary"
