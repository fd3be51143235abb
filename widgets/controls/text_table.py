"""TextTable: rows of words and figures under titles; nothing in it can be edited."""

from collections.abc import Collection, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView

from widgets import theme
from widgets.controls.dense_table import DenseModel, Index
from widgets.controls.names_table import NamesTable

Rows = Sequence[Sequence[str]]


class TextTable(NamesTable):
    """Rows of texts, the names first."""

    def __init__(self, name: str, titles: Sequence[str], helps: Sequence[str] = ()) -> None:
        self._model = _Texts(titles, helps)
        super().__init__(self._model, name)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)

    @property
    def rows(self) -> Rows:
        """What is shown."""
        return self._model.rows

    def set_rows(
        self, rows: Rows, titles: Sequence[str] = (), missed: Collection[tuple[int, int]] = frozenset()
    ) -> None:
        """Show other rows, and other titles where some are given; cells by row and column that miss a limit are
        marked.
        """
        self._model.set_rows(rows, titles, missed)


class _Texts(DenseModel):
    def __init__(self, titles: Sequence[str], helps: Sequence[str]) -> None:
        super().__init__()
        self._titles, self._helps = tuple(titles), tuple(helps)
        self.rows: Rows = ()
        self._missed: Collection[tuple[int, int]] = frozenset()

    def set_rows(self, rows: Rows, titles: Sequence[str], missed: Collection[tuple[int, int]]) -> None:
        self.beginResetModel()
        self.rows, self._titles, self._missed = rows, tuple(titles) or self._titles, missed
        self.endResetModel()

    def count(self) -> int:
        return len(self.rows)

    def titles(self) -> Sequence[str]:
        return self._titles

    def helps(self) -> Sequence[str]:
        return self._helps

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        text = self.rows[index.row()][index.column()]
        missed = (index.row(), index.column()) in self._missed
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return text
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{self._titles[index.column()]}: {text}{', misses the limit' if missed else ''}"
            case Qt.ItemDataRole.ToolTipRole if missed:
                return f"{text} misses the limit."
            case Qt.ItemDataRole.DecorationRole if missed:
                return theme.icon("over", "danger")
            case Qt.ItemDataRole.ForegroundRole if missed:
                return theme.current().color("danger")
            case Qt.ItemDataRole.TextAlignmentRole:
                return self.alignment(index.column())
        return None
