"""ScoreTable: the float network, rounded, trained, and the hardware, one line each."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from widgets import theme
from widgets.controls import DenseModel, DenseTable, Index
from widgets.training.model import ScoreRow


class ScoreTable(QTableView):
    """Rows of a name, a figure and its interval."""

    def __init__(self) -> None:
        super().__init__()
        self._model = _Scores(self)
        self.setModel(self._model)
        DenseTable(self)
        self.setAccessibleName("How good the network is")
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)

    def set_rows(self, rows: tuple[ScoreRow, ...], measure: str) -> None:
        """Show other figures; `measure` says what they count."""
        self._model.set_rows(rows, measure)
        height = self.horizontalHeader().sizeHint().height() + len(rows) * self.verticalHeader().defaultSectionSize()
        self.setFixedHeight(height + 2 * self.frameWidth())


class _Scores(DenseModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._rows: tuple[ScoreRow, ...] = ()
        self._measure = ""

    def set_rows(self, rows: tuple[ScoreRow, ...], measure: str) -> None:
        """Show other figures."""
        self.beginResetModel()
        self._rows, self._measure = rows, measure
        self.endResetModel()

    def count(self) -> int:
        """Forms of the network."""
        return len(self._rows)

    def titles(self) -> Sequence[str]:
        """Name, figure, interval."""
        return ("", self._measure, "90 % interval")

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Text and font of a cell."""
        row, column = self._rows[index.row()], index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return (row.name, row.value, row.interval)[column]
            case Qt.ItemDataRole.ToolTipRole:
                return row.help
            case Qt.ItemDataRole.TextAlignmentRole:
                return self.alignment(column)
            case Qt.ItemDataRole.ForegroundRole:
                return theme.current().color("text.primary" if row.strong or column == 0 else "text.secondary")
            case Qt.ItemDataRole.FontRole if row.strong:
                return theme.current().font("dense", 600)
        return None
