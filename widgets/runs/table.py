"""RunTable: all runs, sorted by any column, chosen by mouse or keyboard, copied as text."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from widgets import theme
from widgets.controls import LEFT, RIGHT, DenseModel, DenseTable, Index
from widgets.panels.jobs_panel import FINAL_ICONS
from widgets.runs.figures import FIGURE, STALE, FigureDelegate, shown
from widgets.runs.model import Figure, HistoryView, RunRow

_FACTS = ("Started", "Run", "Tool", "Tier", "State", "Took", "Version")
_TOOK = _FACTS.index("Took")
_TOOL = _FACTS.index("Tool")
_SORT = Qt.ItemDataRole.UserRole
_NARROWEST = 56
_NONE = -1.0
"""What sorts runs without a figure to one end."""


class RunTable(QTableView):
    """One line a run. `chosen` carries the ids of the selected runs, in the order of the lines."""

    chosen = Signal(tuple)
    opened = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._model = _Runs(self)
        self._sorted = QSortFilterProxyModel(self)
        self._sorted.setSourceModel(self._model)
        self._sorted.setSortRole(_SORT)
        self.setModel(self._sorted)
        self._figures = FigureDelegate(self)
        self.setAccessibleName("Runs")
        self.setAccessibleDescription(
            "S sorts by the column of the cursor. Return opens the folder. Select two to compare."
        )
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setSortingEnabled(True)
        self.sortByColumn(0, Qt.SortOrder.DescendingOrder)
        head = self.horizontalHeader()
        head.setMinimumHeight(2 * theme.current().line("caption") + theme.current().space(3))
        head.setMinimumSectionSize(_NARROWEST)
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.copy = DenseTable(self, self.text).copier.copy
        self.selectionModel().selectionChanged.connect(lambda: self.chosen.emit(self.selected()))
        self.activated.connect(lambda index: self.opened.emit(self._row(index).id))

    def set_view(self, view: HistoryView) -> None:
        """Show these runs; the selection stays on those that are still there."""
        if view == self._model.view:
            return
        kept = set(self.selected())
        self._model.show_view(view)
        for column in range(len(_FACTS), self._model.columnCount()):
            self.setItemDelegateForColumn(column, self._figures)
        if self._model.columnCount() > _TOOL:
            # Where room is scarce a name is cut in its middle; figures never are.
            self.horizontalHeader().setSectionResizeMode(_TOOL, QHeaderView.ResizeMode.Stretch)
        for place in range(self._sorted.rowCount()):
            if self._row(self._sorted.index(place, 0)).id in kept:
                self.selectionModel().select(
                    self._sorted.index(place, 0),
                    self.selectionModel().SelectionFlag.Select | self.selectionModel().SelectionFlag.Rows,
                )

    def selected(self) -> tuple[str, ...]:
        """Ids of the selected runs."""
        places = sorted(index.row() for index in self.selectionModel().selectedRows())
        return tuple(self._row(self._sorted.index(place, 0)).id for place in places)

    def text(self) -> str:
        """The selected lines, or all, as a table that spreadsheets paste; estimates in columns of their own."""
        chosen = set(self.selected())
        rows = [self._row(self._sorted.index(place, 0)) for place in range(self._sorted.rowCount())]
        lines = [_head(self._model.view.names), *(_line(row) for row in rows if not chosen or row.id in chosen)]
        return "".join("\t".join(line) + "\n" for line in lines)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Sort by the column of the cursor; once more turns the order round."""
        if event.key() == Qt.Key.Key_S and not event.modifiers():
            self._sort_here()
        else:
            super().keyPressEvent(event)

    def _sort_here(self) -> None:
        head, column = self.horizontalHeader(), max(self.currentIndex().column(), 0)
        up = head.sortIndicatorSection() == column and head.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder
        self.sortByColumn(column, Qt.SortOrder.AscendingOrder if up else Qt.SortOrder.DescendingOrder)

    def _row(self, index: Index) -> RunRow:
        return self._model.view.runs[self._sorted.mapToSource(index).row()]


class _Runs(DenseModel):
    """The view's values by column: facts, then figures."""

    def __init__(self, parent: RunTable) -> None:
        super().__init__(parent)
        self.view = HistoryView()

    def show_view(self, view: HistoryView) -> None:
        """Show other values."""
        self.beginResetModel()
        self.view = view
        self.endResetModel()

    def count(self) -> int:
        """Runs."""
        return len(self.view.runs)

    def titles(self) -> Sequence[str]:
        """Facts and quantities; a unit stands below its quantity: columns are narrow."""
        return [title.replace(", ", "\n") for title in (*_FACTS, *self.view.names)]

    def alignment(self, column: int) -> Qt.AlignmentFlag:
        """Times and figures are numbers, the other facts words."""
        return RIGHT if column == _TOOK or column >= len(_FACTS) else LEFT

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell: its text, its colour, what it sorts by, and more in the tool tip."""
        row, column = self.view.runs[index.row()], index.column()
        figure = row.figures[column - len(_FACTS)] if column >= len(_FACTS) else None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return _facts(row)[column] if column < len(_FACTS) else ""
            case Qt.ItemDataRole.AccessibleTextRole if figure is not None:
                return f"{shown(figure)} {figure.difference}".rstrip()
            case _ if role == FIGURE:
                return figure
            case _ if role == STALE:
                return row.stale
            case Qt.ItemDataRole.TextAlignmentRole:
                return self.alignment(column)
            case Qt.ItemDataRole.FontRole:
                return theme.current().font("dense")
            case Qt.ItemDataRole.DecorationRole if column == _FACTS.index("State"):
                return theme.icon(*FINAL_ICONS[row.state]) if row.state in FINAL_ICONS else None
            case Qt.ItemDataRole.ForegroundRole:
                return theme.current().color("text.tertiary" if row.stale else "text.primary")
            case Qt.ItemDataRole.ToolTipRole:
                return _tip(figure) if column >= len(_FACTS) else row.detail
        return _sort_key(row, column, figure) if role == _SORT else None


def _facts(row: RunRow) -> tuple[str, ...]:
    return (row.started, row.action, row.tool, row.tier, row.state.capitalize(), row.took, row.version)


def _sort_key(row: RunRow, column: int, figure: Figure | None) -> str | float:
    if column >= len(_FACTS):
        return _NONE if figure is None else figure.value
    took = _NONE if row.seconds is None else row.seconds
    keys = (row.order, row.action, row.tool, float(row.tier_rank), row.state, took, abs(row.edits))
    return keys[column]


def _tip(figure: Figure | None) -> str:
    if figure is None or figure.estimate is None:
        return ""
    place = "inside" if figure.inside else "outside"
    return f"{figure.value:,.0f} reported, {figure.estimate:,.0f} estimated: {place} the interval"


def _head(names: tuple[str, ...]) -> list[str]:
    return [*_FACTS, *(text for name in names for text in (name, f"{name} estimated")), "Folder"]


def _line(row: RunRow) -> list[str]:
    cells = list(_facts(row))
    for figure in row.figures:
        estimate = None if figure is None else figure.estimate
        cells += ["" if figure is None else f"{figure.value:g}", "" if estimate is None else f"{estimate:g}"]
    return [cell.replace("\t", " ").replace("\n", " ") for cell in (*cells, row.folder)]
