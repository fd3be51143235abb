"""SnapshotTable: one line a snapshot."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from widgets import theme
from widgets.controls import DenseModel, DenseTable, Index
from widgets.snapshots.model import COLUMNS, QUALITY, SnapshotsView

_NAME = 0


class SnapshotTable(QTableView):
    """`chosen` carries the place of the selected snapshot, −1 for none; `opened` that of one double-clicked."""

    chosen = Signal(int)
    opened = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._model = _Snapshots(self)
        self.setModel(self._model)
        DenseTable(self)
        self.setAccessibleName("Snapshots")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(_NAME, QHeaderView.ResizeMode.Stretch)
        self.selectionModel().selectionChanged.connect(lambda *_: self.chosen.emit(self.selected()))
        self.doubleClicked.connect(lambda index: self.opened.emit(index.row()))

    def set_view(self, view: SnapshotsView) -> None:
        """Show other snapshots; the selection stays at its place."""
        place = self.selected()
        self._model.set_view(view)
        if 0 <= place < len(view.rows):
            self.selectRow(place)
        self.chosen.emit(self.selected())

    def selected(self) -> int:
        """The place of the selected snapshot, −1 for none."""
        rows = self.selectionModel().selectedRows()
        return rows[0].row() if rows else -1


class _Snapshots(DenseModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._view = SnapshotsView()

    def set_view(self, view: SnapshotsView) -> None:
        """Show other snapshots."""
        self.renew(False, lambda: setattr(self, "_view", view))

    def count(self) -> int:
        """Snapshots."""
        return len(self._view.rows)

    def titles(self) -> Sequence[str]:
        """Name and figures."""
        return ("Snapshot", *(self._view.quality if name == QUALITY else title for name, title in COLUMNS))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Text, colour and font of a cell."""
        row, column = self._view.rows[index.row()], index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.name if column == _NAME else row.texts.get(COLUMNS[column - 1][0], "–")
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                return row.said
            case Qt.ItemDataRole.TextAlignmentRole:
                return self.alignment(column)
            case Qt.ItemDataRole.FontRole if row.present:
                return theme.current().font("dense", 600)
        return None
