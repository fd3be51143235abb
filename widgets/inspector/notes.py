"""Notes: facts worth saying about the selection, each with its remedy where there is one."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from widgets import theme
from widgets.controls import Notice
from widgets.inspector.form import clear
from widgets.inspector.model import NoteView


class Notes(QWidget):
    """`requested` carries the note whose remedy was pressed."""

    requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[NoteView, ...] = ()
        self._column = QVBoxLayout(self)
        pad = theme.current().space(5)
        self._column.setContentsMargins(pad, theme.current().space(2), pad, theme.current().space(4))
        self._column.setSpacing(theme.current().space(3))
        self.hide()

    def set_notes(self, notes: tuple[NoteView, ...]) -> None:
        """Show notes; the same ones stay as they are."""
        if notes == self._shown:
            return
        self._shown = notes
        clear(self._column)
        for note in notes:
            notice = Notice(note.text, note.tone, note.action)
            notice.label.setProperty("type", "dense")
            notice.activated.connect(lambda note=note: self.requested.emit(note))
            self._column.addWidget(notice)
        self.setVisible(bool(notes))
