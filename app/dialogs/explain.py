"""F1 inside a dialog: the term of the control that has the keyboard, explained."""

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QWidget

from app.dialogs.glossary_dialog import GlossaryDialog


def term_of(widget: QWidget | None) -> str:
    """The key of the glossary that a control, or what holds it, names in its property `term`; '' for none."""
    while widget is not None:
        key = widget.property("term")
        if key:
            return str(key)
        widget = widget.parentWidget()
    return ""


def explain_on_f1(dialog: QDialog) -> None:
    """Open the glossary over a dialog, at the term of its focus."""
    shortcut = QShortcut(QKeySequence("F1"), dialog)
    shortcut.activated.connect(lambda: GlossaryDialog(dialog, term_of(dialog.focusWidget())).open())
