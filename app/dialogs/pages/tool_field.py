"""The path of one tool, with what is found there."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.dialogs.field import Field
from widgets import theme
from widgets.controls import IconLabel


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool that may be installed; `command` is its program, `id` the key of its path in the preferences."""

    id: str
    title: str
    command: str
    hint: str


def known_tools() -> tuple[Tool, ...]:
    """The vendors' tools that flows can use."""
    return ()


class ToolField(QWidget):
    """`changed` follows what the user types or chooses."""

    changed = Signal()

    def __init__(self, tool: Tool) -> None:
        super().__init__()
        self._tool = tool
        self.edit = QLineEdit(placeholderText="Looked for on the search path", clearButtonEnabled=True)
        self.edit.setProperty("mono", "true")
        self.browse = QPushButton("Choose…")
        self.browse.setAccessibleName(f"Choose the folder of {tool.title}")
        self.field = Field(tool.title, self.edit, tool.hint, row=self._row())
        self.mark = IconLabel("check-circle", "", "ok")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.field)
        column.addWidget(self.mark)
        self.edit.textChanged.connect(self._judge)
        self.edit.textEdited.connect(self.changed)
        self.browse.clicked.connect(self._ask)
        self._judge()

    @property
    def path(self) -> str:
        """What is typed, without blanks around it."""
        return self.edit.text().strip()

    def set_path(self, path: str) -> None:
        """Show a path."""
        self.edit.setText(path)

    def _row(self) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.current().space(3))
        line.addWidget(self.edit, 1)
        line.addWidget(self.browse)
        return row

    def _ask(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, f"Folder of {self._tool.title}", self.path)
        if chosen:
            self.edit.setText(chosen)
            self.changed.emit()

    def _judge(self) -> None:
        missing = bool(self.path) and not Path(self.path).expanduser().exists()
        self.field.set_error("There is no such file or folder." if missing else "")
        found = shutil.which(self._tool.command) if not self.path else None
        self.mark.setText(f"found {found}" if found else "")
        self.mark.setVisible(bool(found))
