"""ScanTable: layers by widths, each cell the figure of the design with only that layer narrowed."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from widgets import theme
from widgets.controls import LEFT, RIGHT, DenseModel, DenseTable, Index
from widgets.scan.view import ScanCell, ScanView

_FACTS = ("Layer", "Numbers", "Now")


class ScanTable(QTableView):
    """`chosen` says that another cell, or none, is current."""

    chosen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._model = _Scan(self)
        self.setModel(self._model)
        DenseTable(self)
        self.setAccessibleName("Layers by widths")
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.selectionModel().currentChanged.connect(lambda: self.chosen.emit())

    @property
    def view(self) -> ScanView:
        """What is shown."""
        return self._model.view

    def set_view(self, view: ScanView) -> None:
        """Show another scan, or more of the same."""
        self._model.set_view(view)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(_FACTS.index("Now"), QHeaderView.ResizeMode.Stretch)
        self.chosen.emit()

    def current(self) -> tuple[int, int] | None:
        """Places of the row and of the width of the current cell, where a point is known there."""
        index = self.currentIndex()
        if not index.isValid() or self._model.cell(index) is None:
            return None
        return index.row(), index.column() - len(_FACTS)

    def choose(self, row: int, width: int) -> None:
        """Make a cell the current one, and bring it into sight."""
        self.setCurrentIndex(self._model.index(row, len(_FACTS) + width))


class _Scan(DenseModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.view = ScanView()

    def set_view(self, view: ScanView) -> None:
        """Lines and columns that stay keep the current cell."""
        shown, now = ([(row.layer, row.role) for row in each.rows] for each in (self.view, view))
        self.renew((view.widths, now) == (self.view.widths, shown), lambda: setattr(self, "view", view))

    def cell(self, index: Index) -> ScanCell | None:
        """What is known of a layer at a width."""
        place = index.column() - len(_FACTS)
        return self.view.rows[index.row()].cells[place] if place >= 0 else None

    def count(self) -> int:
        """Layers."""
        return len(self.view.rows)

    def titles(self) -> Sequence[str]:
        """Facts, then widths."""
        return (*_FACTS, *(f"{bits} bits" for bits in self.view.widths))

    def alignment(self, column: int) -> Qt.AlignmentFlag:
        """Names at the left, figures at the right."""
        return LEFT if column < len(_FACTS) else RIGHT

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Text, mark and ink of a cell."""
        row, cell, column = self.view.rows[index.row()], self.cell(index), index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole if column < len(_FACTS):
                return (row.layer, row.numbers, row.now)[column]
            case Qt.ItemDataRole.DisplayRole if cell is not None:
                return cell.text
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole if cell is not None:
                return cell.said
            case Qt.ItemDataRole.TextAlignmentRole:
                return self.alignment(column)
            case Qt.ItemDataRole.DecorationRole if cell is not None and cell.worse:
                return theme.icon("warning", "danger")
            case Qt.ItemDataRole.ForegroundRole:
                return theme.current().color("text.tertiary" if self.view.stale else "text.primary")
        return None
