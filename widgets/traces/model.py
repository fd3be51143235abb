"""The rows of a view for Qt's table."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QIcon

from widgets import theme
from widgets.controls import LEFT, RIGHT, DenseModel, Index
from widgets.traces.view import COLUMNS, HELP, NO_TRACES, TraceRow, TracesView

NAME, OFF, TYPE = 0, 1, len(COLUMNS) - 1


class TracesModel(DenseModel):
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

    def count(self) -> int:
        """Layers."""
        return len(self.view.rows)

    def titles(self) -> Sequence[str]:
        """Name and figures; the bar's column says how long a full one is."""
        return [f"{title}{self.view.scale}" if place == OFF else title for place, title in enumerate(COLUMNS)]

    def helps(self) -> Sequence[str]:
        """What the figures mean."""
        return HELP

    def alignment(self, column: int) -> Qt.AlignmentFlag:
        """Types are words."""
        return LEFT if column in (NAME, TYPE) else RIGHT

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Text, icon, colour and font of a cell."""
        row, column = self.view.rows[index.row()], index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.id if column == NAME else row.figures[column - 1]
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                return row.words
            case Qt.ItemDataRole.TextAlignmentRole:
                return self.alignment(column)
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
