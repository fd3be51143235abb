"""ReuseField: a reuse factor as text."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from widgets.help import tool_tip
from widgets.inspector.dress import dress
from widgets.inspector.marking import set_quiet
from widgets.inspector.taken_field import STEPS, TakenField
from widgets.inspector.words import grouped

_WIDTH = 72


class ReuseField(TakenField):
    """A whole number; Up and Down go to the next legal value. `typed` tells what was entered."""

    typed = Signal(int)
    stepped = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Reuse factor")
        self.setToolTip(tool_tip("reuse_factor"))
        self.setMaxLength(12)
        dress(self, "body", 600, width=_WIDTH)

    def show_value(self, value: int | None, quiet: bool = False) -> None:
        """Show a value, or `Mixed` for None; leaves alone what is being typed. `quiet`: it is inherited."""
        set_quiet(self, quiet)
        self.show_text("" if value is None else grouped(value))

    def take(self) -> None:
        """Tell a whole number."""
        digits = self.text().replace(",", "").replace(" ", "")
        if not digits:
            self.restore()
        elif digits.isdecimal():
            self.setModified(False)
            self.typed.emit(int(digits))
        else:
            self.mark(f"'{self.text()}' is not a whole number.")
            self.setToolTip(self.accessibleDescription())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down step; what is typed next replaces a value that was taken or stepped to."""
        if event.key() in STEPS:
            self.restore()
            self.stepped.emit(STEPS[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)
        if event.key() in (*STEPS, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.selectAll()
