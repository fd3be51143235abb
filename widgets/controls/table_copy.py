"""TableCopy: Ctrl+C in a table puts it on the clipboard as spreadsheets paste it."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QTableView


class TableCopy(QObject):
    """Lives with the table. `text` gives another table than the one that is seen; `copied` tells that it is there."""

    copied = Signal()

    def __init__(self, table: QTableView, text: Callable[[], str] | None = None) -> None:
        super().__init__(table)
        self._text = text or (lambda: _cells(table))
        table.installEventFilter(self)

    def copy(self) -> None:
        """Put the table on the clipboard."""
        QGuiApplication.clipboard().setText(self._text())
        self.copied.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep Copy for the table: the window would copy layers."""
        if not (isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Copy)):
            return False
        if event.type() == QEvent.Type.KeyPress:
            self.copy()
        event.accept()
        return True


def _cells(table: QTableView) -> str:
    """Titles and all lines in their order, columns that are hidden included."""
    model, columns = table.model(), range(table.model().columnCount())
    titles = [model.headerData(column, Qt.Orientation.Horizontal) for column in columns]
    lines = [[model.index(row, column).data() for column in columns] for row in range(model.rowCount())]
    return "".join("\t".join(map(_cell, line)) + "\n" for line in (titles, *lines))


def _cell(value: object) -> str:
    return " ".join(str("" if value is None else value).split())
