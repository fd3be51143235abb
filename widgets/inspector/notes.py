"""Notes: facts worth saying about the selection, each with its remedy where there is one."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from widgets import theme
from widgets.controls import Notice
from widgets.inspector.model import NoteView


class Notes(QWidget):
    """`requested` carries the note whose remedy was pressed."""

    requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[_Row] = []
        self._column = QVBoxLayout(self)
        pad = theme.current().space(5)
        self._column.setContentsMargins(pad, theme.current().space(2), pad, theme.current().space(4))
        self._column.setSpacing(theme.current().space(3))
        self.hide()

    def set_notes(self, notes: tuple[NoteView, ...]) -> None:
        """Show notes. Rows stay, and with them the keyboard's place."""
        while len(self._rows) < len(notes):
            row = _Row()
            row.requested.connect(self.requested)
            self._rows.append(row)
            self._column.addWidget(row)
        for row, note in zip(self._rows, notes, strict=False):
            row.show_note(note)
        for place, row in enumerate(self._rows):
            row.setVisible(place < len(notes))
        self.setVisible(bool(notes))


class _Row(Notice):
    requested = Signal(object)

    def __init__(self) -> None:
        super().__init__("")
        self.label.setProperty("type", "dense")
        self._note: NoteView | None = None
        self.activated.connect(lambda: self.requested.emit(self._note))

    def show_note(self, note: NoteView) -> None:
        """Show another note, or the same with a remedy for the present design."""
        if note != self._note:
            self.show_statement(note.text, note.tone, note.action)
        self._note = note
