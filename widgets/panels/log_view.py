"""The log of one job: takes hundreds of thousands of lines without holding up the window."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from widgets import theme
from widgets.controls import PanelHeader, SearchField

KEPT_LINES = 200_000
_SLICE = 4000
"""Lines appended at once: about 10 ms of work, so that a flood never takes a frame."""


class LogView(QWidget):
    """Follows the end unless the user scrolled up."""

    def __init__(self) -> None:
        super().__init__()
        self.header = PanelHeader("Log")
        self._text = QPlainTextEdit(readOnly=True, undoRedoEnabled=False, maximumBlockCount=KEPT_LINES)
        self._text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self._text.setFont(theme.current().font("mono"))
        self._text.setAccessibleName("Log")
        self._search = SearchField("Find in the log")
        self._search.returnPressed.connect(self._find)
        self._search.setMaximumWidth(240)
        self.header.add_trailing(self._search)
        self._waiting: list[str] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        body = QHBoxLayout()
        body.addWidget(self._text)
        column.addLayout(body, 1)

    @property
    def line_count(self) -> int:
        """Lines shown."""
        return self._text.blockCount() if self._text.document().characterCount() > 1 else 0

    @property
    def backlog(self) -> int:
        """Lines taken but not shown yet."""
        return len(self._waiting)

    def start(self, title: str) -> None:
        """Begin a job's log."""
        self._waiting.clear()
        self._text.clear()
        self.header.set_detail(title)

    def append(self, text: str) -> None:
        """Take more of the log; it is shown slice by slice, see `show_slice`."""
        self._waiting += text.splitlines()

    def show_slice(self) -> bool:
        """Show the next slice; whether there is more. Called from a timer while there is."""
        if not self._waiting:
            return False
        lines, self._waiting = self._waiting[:_SLICE], self._waiting[_SLICE:]
        bar = self._text.verticalScrollBar()
        at_end = bar.value() >= bar.maximum() - 2
        self._text.appendPlainText("\n".join(lines))
        if at_end:
            bar.setValue(bar.maximum())
        return bool(self._waiting)

    def _find(self) -> None:
        if not self._text.find(self._search.text()):
            self._text.moveCursor(QTextCursor.MoveOperation.Start)
            self._text.find(self._search.text())
        self._text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
