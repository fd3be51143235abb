"""BalanceTable: one line a class, one column a split; a bar shows how even the classes are."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from widgets import theme
from widgets.controls import DenseModel, DenseTable, Index
from widgets.data.model import DataView

_SHARE = Qt.ItemDataRole.UserRole
_NAME = 0


class BalanceTable(QTableView):
    """How many samples each class has in each split."""

    def __init__(self) -> None:
        super().__init__()
        self._model = _Balance(self)
        self.setModel(self._model)
        self._bars = _Bars(self)
        DenseTable(self)
        self.setAccessibleName("Samples by class and split")
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)

    def set_view(self, view: DataView) -> None:
        """Show another data set."""
        self._model.set_view(view)
        for column in range(1, self._model.columnCount()):
            self.setItemDelegateForColumn(column, self._bars)


class _Balance(DenseModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._view = DataView()

    def set_view(self, view: DataView) -> None:
        """Show another data set."""
        self.renew(False, lambda: setattr(self, "_view", view))

    def count(self) -> int:
        """Classes, and all of them."""
        return len(self._view.rows)

    def titles(self) -> Sequence[str]:
        """The splits."""
        return ("Class", *(split.capitalize() for split in self._view.splits))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Name or count of a cell, and which share of its split that is."""
        row, column = self._view.rows[index.row()], index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.name if column == _NAME else f"{row.counts[column - 1]:,}"
            case Qt.ItemDataRole.ToolTipRole if column != _NAME:
                return f"{row.name}: {row.counts[column - 1]:,}, {100 * row.shares[column - 1]:.1f} %"
            case Qt.ItemDataRole.TextAlignmentRole:
                return self.alignment(column)
            case _ if role == _SHARE and column != _NAME:
                return row.shares[column - 1]
        return None


class _Bars(QStyledItemDelegate):
    """A bar behind each count, as long as its share of the largest class."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Bar, then text."""
        share = index.data(_SHARE) or 0.0
        if share < 1:
            column = [
                index.model().index(row, index.column()).data(_SHARE) or 0.0 for row in range(index.model().rowCount())
            ]
            largest = max((each for each in column if each < 1), default=1.0)
            area = QRectF(option.rect).adjusted(4, 4, -4, -4)
            area.setWidth(area.width() * share / largest if largest else 0.0)
            painter.fillRect(area, theme.current().color("accent.soft"))
        super().paint(painter, option, index)
