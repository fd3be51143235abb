"""What this computer can do: tools, compilers, memory and disk, and what would mend what is missing."""

import re
from collections.abc import Callable, Sequence
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPushButton, QVBoxLayout, QWidget

from app.dialogs.layout import above_foot, buttons, fit, padded, scrolled, words
from engine.environment import Capability, State, check
from widgets import theme
from widgets.controls import IconLabel, clear

_ICONS = {
    State.OK: ("check-circle", "ok"),
    State.WARN: ("warning", "warning"),
    State.MISSING: ("minus", "text.tertiary"),
}
_STATES = {State.OK: "available", State.WARN: "with a warning", State.MISSING: "missing"}
Check = Callable[[], Sequence[Capability]]


class EnvironmentDialog(QDialog):
    """Looks when it opens and whenever `again` is pressed. `look` may know of paths in the preferences."""

    def __init__(self, parent: QWidget | None = None, look: Check = check) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("What this computer can do")
        self._look = look
        self._found: tuple[Capability, ...] = ()
        self.again, self.copy = QPushButton("Check again"), QPushButton("Copy all")
        self.again.clicked.connect(self._show)
        self.copy.clicked.connect(self._copy)
        self.rows = QWidget()
        self._column = padded(self.rows, spacing=5)
        self._lay_out()
        self._show()
        fit(self, 620, 600)

    def _show(self) -> None:
        self._found = tuple(self._look())
        clear(self._column)
        for each in self._found:
            self._column.addWidget(_row(each))
        self._column.addStretch(1)
        self.copy.setText("Copy all")

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(as_text(self._found))
        self.copy.setText("Copied")

    def _lay_out(self) -> None:
        close = QPushButton("Close")
        close.setDefault(True)
        role = QDialogButtonBox.ButtonRole
        below = buttons((self.again, role.ActionRole), (self.copy, role.ActionRole), (close, role.RejectRole))
        below.rejected.connect(self.reject)
        above_foot(self, scrolled(self.rows), below)


def as_text(found: Sequence[Capability]) -> str:
    """All of it, for the clipboard."""
    lines = []
    for each in found:
        lines.append(f"{each.title}: {_STATES[each.state]}. {each.detail}".rstrip())
        if each.remedy:
            lines.append(f"    {each.remedy}")
    return "\n".join(lines) + "\n"


def _row(each: Capability) -> QWidget:
    """Mark and title; beneath, what was found and what would mend it."""
    icon, token = _ICONS[each.state]
    row = QWidget()
    row.setAccessibleName(f"{each.title}, {_STATES[each.state]}. {each.detail} {each.remedy}".rstrip())
    column = QVBoxLayout(row)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.current().space(1))
    title = IconLabel(icon, each.title, token)
    title.setProperty("type", "section")
    column.addWidget(title)
    for text, tone in ((each.detail, "secondary"), (each.remedy, "")):
        if text:
            line = _said(text, tone)
            line.setContentsMargins(title.contentsMargins())
            line.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            column.addWidget(line)
    return row


def _said(text: str, tone: str) -> QLabel:
    """Words in which commands, which stand between backticks, are set in type of one width."""
    line = words(text, "dense", tone)
    if "`" in text:
        families = ", ".join(theme.current().tokens.mono_families)
        command = rf'<span style="font-family: {families}">\1</span>'
        line.setTextFormat(Qt.TextFormat.RichText)
        line.setText(re.sub("`([^`]*)`", command, escape(text)))
    return line
