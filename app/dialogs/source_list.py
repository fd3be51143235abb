"""SourceList: the list of data sources, of which some ask for a file."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox

FILE = "A file…"
FOLDER = "A folder of images…"
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class SourceList(QComboBox):
    """`taken`: this line is meant, by a click or Enter; `passed`: arrow keys, letters or the wheel went to it."""

    taken = Signal(int)
    passed = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._passing = False
        self.activated.connect(self._tell)

    @property
    def asks(self) -> bool:
        """Whether the present line asks for a file or folder."""
        return self.currentData() in (FILE, FOLDER)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes a line that asks; on others it is the dialog's."""
        if event.key() in _ENTER and self.asks:
            self.taken.emit(self.currentIndex())
            return
        self._passing = True
        super().keyPressEvent(event)
        self._passing = False

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Goes from line to line."""
        self._passing = True
        super().wheelEvent(event)
        self._passing = False

    def _tell(self, place: int) -> None:
        (self.passed if self._passing else self.taken).emit(place)
