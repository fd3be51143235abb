"""Form rows: a label of fixed width, a field, and room for a button at the right."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from widgets import theme
from widgets.controls import ElidedLabel, IconLabel
from widgets.inspector.dress import dress

_LABEL = 88
_NARROWEST = 88


class FormRow(QWidget):
    """A label and a field; beneath, why a value is refused."""

    def __init__(self, label: str, help_text: str, field: QWidget, trailing: QWidget | None = None) -> None:
        super().__init__()
        self.label = ElidedLabel(label, Qt.TextElideMode.ElideRight)
        self.label.setProperty("type", "dense")
        self.label.setProperty("tone", "secondary")
        dress(self.label, width=_LABEL)
        self.label.setToolTip(help_text)
        self.label.setBuddy(field)
        self.error = IconLabel("over", "", "danger")
        self.error.setProperty("type", "dense")
        self.error.setWordWrap(True)
        self.error.hide()
        row = QHBoxLayout()
        row.setSpacing(theme.current().space(3))
        row.addWidget(self.label)
        row.addWidget(field, 1)
        if trailing is not None:
            row.addWidget(trailing)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.current().space(2))
        column.addLayout(row)
        column.addWidget(self.error)

    def show_error(self, reason: str) -> None:
        """Say why a value is refused; '' takes it back."""
        if reason != self.error.text():
            self.error.setText(reason)
            self.error.setVisible(bool(reason))


def hint_line(text: str) -> IconLabel:
    """A sentence with a light bulb: what to do next."""
    label = IconLabel("lightbulb", text, "accent")
    label.setProperty("type", "dense")
    label.setProperty("tone", "secondary")
    label.setWordWrap(True)
    return label


def let_shrink(field: QWidget) -> None:
    """Let a field be narrower than its longest value could ever be."""
    field.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
    dress(field, least_width=_NARROWEST)
