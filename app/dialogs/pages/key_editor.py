"""The field that takes the keys of one command, and says who has them already."""

from PySide6.QtCore import QKeyCombination, Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QKeySequenceEdit, QPushButton, QVBoxLayout, QWidget

from app.dialogs.field import Field
from app.dialogs.pages.bindings import Binding
from widgets import theme
from widgets.controls import Notice

_ENDS = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Escape)


class KeyEditor(QWidget):
    """`chosen` carries the keys, '' for none; `take_over` asks to take them from the other commands."""

    chosen = Signal(str)
    take_over = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.keys = QKeySequenceEdit()
        self.keys.setMaximumSequenceLength(1)
        # These leave the field, so that the keyboard is never caught in it.
        self.keys.setFinishingKeyCombinations([QKeyCombination(key) for key in _ENDS])
        self.remove, self.reset = QPushButton("Remove"), QPushButton("Reset")
        self._field = Field("Shortcut", self.keys, "Press the keys to use. Tab leaves the field.", row=self._row())
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self._field)
        self.notice = Notice("")
        self.notice.activated.connect(self.take_over)
        self._column.addWidget(self.notice)
        self.keys.keySequenceChanged.connect(self._take)
        self.remove.clicked.connect(lambda: self.chosen.emit(""))

    def show_binding(self, binding: Binding | None, sharing: tuple[Binding, ...]) -> None:
        """Show a command's keys, and the commands that have the same."""
        self.setEnabled(binding is not None)
        if binding is None:
            return
        self._show_keys(binding)
        names = " and ".join(f"“{other.title}”" for other in sharing)
        verb = "have" if len(sharing) > 1 else "has"
        statement = f"{names} {verb} the same keys: none of them would work."
        self.notice.show_statement(statement, "warning", "Take them over")
        self.notice.setVisible(bool(sharing))

    def _show_keys(self, binding: Binding) -> None:
        self.keys.blockSignals(True)
        self.keys.setKeySequence(QKeySequence(binding.keys))
        self.keys.blockSignals(False)
        self.keys.setAccessibleName(f"Shortcut of {binding.title}")
        self._field.set_label(f"Shortcut of “{binding.title}”")
        self.remove.setEnabled(bool(binding.keys))
        self.reset.setEnabled(binding.changed)
        default = QKeySequence(binding.default).toString(QKeySequence.SequenceFormat.NativeText)
        self.reset.setToolTip(f"Back to {default or 'no shortcut'}")
        self._default = binding.default

    def _row(self) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.current().space(3))
        line.addWidget(self.keys, 1)
        line.addWidget(self.remove)
        line.addWidget(self.reset)
        self._default = ""
        self.reset.clicked.connect(lambda: self.chosen.emit(self._default))
        return row

    def _take(self, sequence: QKeySequence) -> None:
        self.chosen.emit(sequence.toString(QKeySequence.SequenceFormat.PortableText))
