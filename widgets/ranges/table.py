"""RangeTable: one line for each kind of number of each layer; lines chosen name their layers."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal

from widgets import theme
from widgets.controls import LEFT, RIGHT, DenseModel, Index, NamesTable
from widgets.ranges.view import COLUMNS, HELP, RangesView

_LEFT_COLUMNS = ("Layer", "Numbers", "Type", "Suggested")
_OVERFLOW = COLUMNS.index("Overflow")
_MONO = ("Type", "Suggested")


class RangeTable(NamesTable):
    """`chosen` carries the layers of the selected lines."""

    chosen = Signal(tuple)

    def __init__(self) -> None:
        self._model = _Ranges()
        super().__init__(self._model, "Ranges")
        self.selectionModel().selectionChanged.connect(lambda: self.chosen.emit(self.layers()))

    @property
    def view(self) -> RangesView:
        """What is shown."""
        return self._model.view

    def set_view(self, view: RangesView) -> None:
        """Show other figures; lines that stay keep their place."""
        self._model.set_view(view)

    def layers(self) -> tuple[str, ...]:
        """The layers of the selected lines, each once, in the order of the lines."""
        places = sorted(index.row() for index in self.selectionModel().selectedRows())
        return tuple(dict.fromkeys(self.view.rows[place].layer for place in places))


class _Ranges(DenseModel):
    def __init__(self) -> None:
        super().__init__()
        self.view = RangesView()

    def set_view(self, view: RangesView) -> None:
        """The same lines stay selected."""
        same = [(row.layer, row.role) for row in view.rows] == [(row.layer, row.role) for row in self.view.rows]
        self.renew(same, lambda: setattr(self, "view", view))

    def count(self) -> int:
        """Lines."""
        return len(self.view.rows)

    def titles(self) -> Sequence[str]:
        """Names and figures."""
        return COLUMNS

    def helps(self) -> Sequence[str]:
        """What they mean."""
        return HELP

    def alignment(self, column: int) -> Qt.AlignmentFlag:
        """Names and types at the left, numbers at the right."""
        return LEFT if COLUMNS[column] in _LEFT_COLUMNS else RIGHT

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Text, colour and font of a cell."""
        row, column = self.view.rows[index.row()], index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.cells[column]
            case Qt.ItemDataRole.ToolTipRole:
                return row.said
            case Qt.ItemDataRole.TextAlignmentRole:
                return self.alignment(column)
            case Qt.ItemDataRole.FontRole:
                return theme.current().font("mono" if COLUMNS[column] in _MONO else "dense")
            case Qt.ItemDataRole.ForegroundRole:
                return theme.current().color("danger" if row.wrong and column == _OVERFLOW else "text.primary")
            case Qt.ItemDataRole.DecorationRole if row.wrong and column == _OVERFLOW:
                return theme.icon("over", "danger")
        return None
