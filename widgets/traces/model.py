"""The rows of a view for Qt's table."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QIcon

from widgets import theme
from widgets.traces.view import COLUMNS, HELP, NO_TRACES, TraceRow, TracesView

Index = QModelIndex | QPersistentModelIndex

NAME, OFF, TYPE = 0, 1, len(COLUMNS) - 1
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class TracesModel(QAbstractTableModel):
    """Layers down, figures across."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.view = NO_TRACES

    def set_view(self, view: TracesView) -> None:
        """Show another emulation."""
        self.beginResetModel()
        self.view = view
        self.endResetModel()

    def row_of(self, name: str) -> int | None:
        """Where a layer stands; None for one that is not shown."""
        return next((place for place, row in enumerate(self.view.rows) if row.id == name), None)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - as Qt declares it
        """Layers."""
        return 0 if parent.isValid() else len(self.view.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - as Qt declares it
        """Name and figures."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The columns' titles and what they mean."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return f"{COLUMNS[section]}{self.view.scale}" if section == OFF else COLUMNS[section]
            case Qt.ItemDataRole.ToolTipRole:
                return HELP[section]
            case Qt.ItemDataRole.TextAlignmentRole:
                return _alignment(section)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Text, icon, colour and font of a cell."""
        row, column = self.view.rows[index.row()], index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.id if column == NAME else row.figures[column - 1]
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                return row.words
            case Qt.ItemDataRole.TextAlignmentRole:
                return _alignment(column)
            case Qt.ItemDataRole.ForegroundRole:
                return theme.current().color(self._ink(row, column))
            case Qt.ItemDataRole.FontRole if column == TYPE:
                return theme.current().font("mono")
            case Qt.ItemDataRole.DecorationRole if column == NAME:
                return _icon(row)
        return None

    def _ink(self, row: TraceRow, column: int) -> str:
        if not row.known or not row.compared:
            return "text.tertiary"
        if row.wrong and column == OFF:
            return "danger"
        return "text.tertiary" if self.view.age else "text.primary"


def _icon(row: TraceRow) -> QIcon | None:
    if row.first:
        return theme.icon("over", "danger")
    return theme.kind_icon(row.group, row.kind) if row.group else None


def _alignment(column: int) -> Qt.AlignmentFlag:
    return _LEFT if column in (NAME, TYPE) else _RIGHT
