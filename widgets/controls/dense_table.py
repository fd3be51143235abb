"""DenseTable: the design's look of a table, and what its models share."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QTableView

from widgets import theme
from widgets.controls.table_copy import TableCopy

Index = QModelIndex | QPersistentModelIndex

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class DenseTable(QObject):
    """Keeps the rows of a table 24 px high, more at larger text, without numbers, grid or wrapped words.

    Tab leaves the table, Ctrl+C copies it, and names too long for their column lose their middle. Lives with the table.
    """

    def __init__(self, table: QTableView, text: Callable[[], str] | None = None) -> None:
        super().__init__(table)
        self._table, self.copier = table, TableCopy(table, text)
        table.verticalHeader().hide()
        table.horizontalHeader().setHighlightSections(False)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.setWordWrap(False)
        table.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        theme.signals().changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        height = theme.current().size("row")
        self._table.verticalHeader().setMinimumSectionSize(height)
        self._table.verticalHeader().setDefaultSectionSize(height)


class DenseModel(QAbstractTableModel):
    """Rows below titles. A kind of table says how many rows it has, its titles, and what is in a cell."""

    def count(self) -> int:
        """How many rows there are."""
        raise NotImplementedError

    def titles(self) -> Sequence[str]:
        """The columns' titles."""
        raise NotImplementedError

    def helps(self) -> Sequence[str]:
        """What each column means, for tool tips; nothing where titles say it."""
        return ()

    def alignment(self, column: int) -> Qt.AlignmentFlag:
        """Names stand at the left, numbers at the right."""
        return RIGHT if column else LEFT

    def renew(self, same_lines: bool, change: Callable[[], None]) -> None:
        """Let `change` put other values in place; lines that stay the same keep selection and a field being typed."""
        if not same_lines:
            self.beginResetModel()
        change()
        if not same_lines:
            self.endResetModel()
        elif self.count():
            self.dataChanged.emit(self.index(0, 0), self.index(self.count() - 1, self.columnCount() - 1))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - as Qt declares it
        """Rows have no children."""
        return 0 if parent.isValid() else self.count()

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - as Qt declares it
        """One for each title."""
        return 0 if parent.isValid() else len(self.titles())

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Titles and what they mean."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self.titles()[section]
            case Qt.ItemDataRole.ToolTipRole if self.helps():
                return self.helps()[section]
            case Qt.ItemDataRole.TextAlignmentRole:
                return self.alignment(section)
        return None
