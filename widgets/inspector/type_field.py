"""TypeField: a type as text. What cannot be read is marked with the reason and changes nothing."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from engine.precision import Precision, PrecisionError, parse
from widgets.inspector.dress import dress
from widgets.inspector.marking import mark_invalid, set_quiet


class TypeField(QLineEdit):
    """`typed` tells a type that was entered; `refused` why a text is none, or '' when the mark goes."""

    typed = Signal(object)
    refused = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = ""
        self.setAccessibleName(name)
        self.setPlaceholderText("Mixed")
        dress(self, "mono")
        self.textEdited.connect(lambda: self._mark(""))

    def show_type(self, type_: Precision | None, quiet: bool = False) -> None:
        """Show a type, or `Mixed` for None; leaves alone what is being typed. `quiet`: it is inherited."""
        set_quiet(self, quiet)
        text = "" if type_ is None else str(type_)
        changed, self._shown = text != self._shown, text
        if changed or not self.isModified():
            self._restore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes the text; Esc brings back what was shown."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take()
        elif event.key() == Qt.Key.Key_Escape and self.isModified():
            self._restore()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving takes the text as well."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._take()

    def _take(self) -> None:
        if not self.isModified():
            return
        if not self.text().strip():
            self._restore()
            return
        try:
            type_ = parse(self.text())
        except PrecisionError as error:
            self._mark(str(error))
            return
        same = self._shown != "" and type_ == parse(self._shown)
        self._restore()
        if not same:
            self.typed.emit(type_)

    def _restore(self) -> None:
        if self.text() != self._shown:
            self.setText(self._shown)
            self.setCursorPosition(0)
        self.setModified(False)
        self._mark("")

    def _mark(self, reason: str) -> None:
        mark_invalid(self, reason)
        self.refused.emit(reason)
