"""A gesture: one drag, or keys held down, that the document keeps as one step."""

from PySide6.QtCore import QObject, Signal


class Gesture(QObject):
    """Begins with the first change, not with the press, and ends or is cancelled exactly once."""

    started = Signal()
    finished = Signal()
    cancelled = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._running = False

    @property
    def running(self) -> bool:
        """Whether changes are being made."""
        return self._running

    def begin(self) -> None:
        """Before each change; the first one starts the gesture."""
        if not self._running:
            self._running = True
            self.started.emit()

    def finish(self) -> None:
        """Keep the changes."""
        if self._running:
            self._running = False
            self.finished.emit()

    def cancel(self) -> None:
        """Take the changes back."""
        if self._running:
            self._running = False
            self.cancelled.emit()
