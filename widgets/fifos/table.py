"""FifoTable: one line a FIFO; its depth can be typed."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal

from widgets import theme
from widgets.controls import DenseModel, Index, NamesTable
from widgets.fifos.view import COLUMNS, HELP, FifosView

_NAME, _DEPTH = 0, COLUMNS.index("Depth")


class FifoTable(NamesTable):
    """`depth_set` carries the name of a FIFO and the depth that was typed."""

    depth_set = Signal(str, int)

    def __init__(self) -> None:
        self._model = _Fifos()
        super().__init__(self._model, "FIFOs")
        self._model.depth_set.connect(self.depth_set)

    def set_view(self, view: FifosView) -> None:
        """Show other FIFOs, or the same ones after another run."""
        self._model.set_view(view)

    @property
    def view(self) -> FifosView:
        """What is shown."""
        return self._model.view


class _Fifos(DenseModel):
    depth_set = Signal(str, int)

    def __init__(self) -> None:
        super().__init__()
        self.view = FifosView()

    def set_view(self, view: FifosView) -> None:
        """Names that stay keep their lines, and a depth that is being typed its field."""
        same = [row.name for row in view.rows] == [row.name for row in self.view.rows]
        self.renew(same, lambda: setattr(self, "view", view))

    def count(self) -> int:
        """FIFOs."""
        return len(self.view.rows)

    def titles(self) -> Sequence[str]:
        """Name and figures."""
        return COLUMNS

    def helps(self) -> Sequence[str]:
        """What the figures mean."""
        return HELP

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Depths can be typed."""
        found = super().flags(index)
        return found | Qt.ItemFlag.ItemIsEditable if index.column() == _DEPTH else found

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Text, colour and font of a cell."""
        row, column = self.view.rows[index.row()], index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.name if column == _NAME else f"{row.figures[column - 1]:,}"
            case Qt.ItemDataRole.EditRole if column == _DEPTH:
                return row.depth
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                return row.said
            case Qt.ItemDataRole.TextAlignmentRole:
                return self.alignment(column)
            case Qt.ItemDataRole.ForegroundRole:
                return theme.current().color(self._ink(index.row(), column))
            case Qt.ItemDataRole.DecorationRole if column == _NAME and row.hangs:
                return theme.icon("over", "danger")
        return None

    def _ink(self, place: int, column: int) -> str:
        row = self.view.rows[place]
        if self.view.stale:
            return "text.tertiary"
        if row.hangs and column == _DEPTH:
            return "danger"
        quiet = column == _DEPTH and not row.chosen
        return "text.secondary" if quiet else "text.primary"

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Say what was typed; whoever keeps the design shows it."""
        row = self.view.rows[index.row()]
        if role != Qt.ItemDataRole.EditRole or not isinstance(value, int) or value < 1 or value == row.depth:
            return False
        self.depth_set.emit(row.name, value)
        return True
