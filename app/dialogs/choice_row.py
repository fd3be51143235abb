"""ChoiceRow: a check box or radio button with a word at its right end and a sentence beneath."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QSizePolicy, QWidget

from app.dialogs.layout import words
from widgets import theme
from widgets.help import tool_tip

_MARK = 14
"""Side of the mark in front of the words, at 100 % text."""


class ChoiceRow(QWidget):
    """One thing to choose; `reason` says why it cannot be chosen, in place of the sentence.

    `term` is a key of the glossary: hover and F1 explain it.
    """

    def __init__(self, button: QAbstractButton, note: str, aside: str = "", reason: str = "", term: str = "") -> None:
        super().__init__()
        self.setProperty("term", term)
        self.setToolTip(tool_tip(term))
        self.button = button
        button.setEnabled(button.isEnabled() and not reason)
        button.setAccessibleDescription(" ".join(filter(None, (reason or note, aside))))
        # As wide as its words: a click far to the right of them chooses nothing by mistake.
        button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        now = theme.current()
        self.note = words(reason or note, "dense", "warning" if reason else "secondary")
        self.note.setContentsMargins(round(_MARK * now.text_scale) + now.space(3), 0, 0, 0)
        self.aside = words(aside, "dense", "secondary", wrap=False)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(0)
        grid.addWidget(button, 0, 0)
        grid.addWidget(self.aside, 0, 1, Qt.AlignmentFlag.AlignRight)
        grid.addWidget(self.note, 1, 0, 1, 2)
        grid.setColumnStretch(1, 1)
