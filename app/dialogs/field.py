"""Field: a control under its name, with what it means beneath, or what is wrong with it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.dialogs.layout import words
from widgets import theme
from widgets.controls import IconLabel
from widgets.help import tool_tip


class Field(QWidget):
    """One control with its name above, which a check box carries itself.

    `term` is a key of the glossary: hover and F1 explain it.
    """

    def __init__(
        self, label: str, control: QWidget, hint: str = "", term: str = "", row: QWidget | None = None
    ) -> None:
        """`row` is what is shown, where the control stands beside others."""
        super().__init__()
        self.control = control
        self._hint = hint
        self._label = QLabel(label)
        self._label.setBuddy(control)
        self._label.setVisible(bool(label))
        self._note = words(hint, "dense", "secondary")
        self._note.setVisible(bool(hint))
        self._error = IconLabel("over", "", "danger")
        self._error.setWordWrap(True)
        self._error.hide()
        if label and not control.accessibleName():
            control.setAccessibleName(label)
        control.setAccessibleDescription(hint)
        if term:
            self.setProperty("term", term)
            self.setToolTip(tool_tip(term))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.current().space(2))
        for widget in (self._label, row or control, self._error, self._note):
            column.addWidget(widget)
        column.setAlignment(Qt.AlignmentFlag.AlignTop)

    @property
    def error(self) -> str:
        """What is said to be wrong; '' while nothing is."""
        return self._error.text()

    def set_error(self, reason: str) -> None:
        """Say what is wrong, in place of the hint; '' takes it back."""
        if reason == self.error:
            return
        self._error.setText(reason)
        self._error.setVisible(bool(reason))
        self._note.setVisible(bool(self._hint) and not reason)
        self.control.setProperty("invalid", "true" if reason else "false")
        self.control.style().polish(self.control)
        self.control.setAccessibleDescription(f"Error: {reason}" if reason else self._hint)

    def set_label(self, label: str) -> None:
        """Change the control's name."""
        self._label.setText(label)

    def set_hint(self, hint: str) -> None:
        """Change what is said beneath the control."""
        self._hint = hint
        self._note.setText(hint)
        self._note.setVisible(bool(hint) and not self.error)
        if not self.error:
            self.control.setAccessibleDescription(hint)
