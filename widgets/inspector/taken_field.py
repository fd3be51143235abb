"""TakenField: a line of text that is taken by Enter or by leaving it, and brought back by Esc."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from widgets.inspector.marking import mark_invalid

STEPS = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}
"""What Up and Down add in a field of numbers."""


class TakenField(QLineEdit):
    """What cannot be read is marked and changes nothing. `refused` tells the reason, or '' when the mark goes."""

    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shown = ""
        self.setPlaceholderText("Mixed")
        self.textEdited.connect(lambda: self.mark(""))

    def show_text(self, text: str) -> None:
        """Show a value, or `Mixed` for ''; leaves alone what is being typed."""
        changed, self.shown = text != self.shown, text
        if changed or not self.isModified():
            self.restore()

    def take(self) -> None:
        """Read what was typed: tell it, mark it, or bring back what was shown."""
        raise NotImplementedError

    def restore(self) -> None:
        """Bring back what was shown; what was typed is dropped."""
        if self.text() != self.shown:
            self.setText(self.shown)
            self.setCursorPosition(0)
        self.setModified(False)
        self.mark("")

    def mark(self, reason: str) -> None:
        """Outline the field and say why; '' takes the mark away."""
        mark_invalid(self, reason)
        self.refused.emit(reason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes the text, Esc brings back what was shown."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take_typed()
        elif event.key() == Qt.Key.Key_Escape and self.isModified():
            self.restore()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving takes the text as well."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._take_typed()

    def _take_typed(self) -> None:
        if self.isModified():
            self.take()
