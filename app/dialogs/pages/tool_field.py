"""The path of one tool, with what is found there."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.dialogs.field import Field
from engine.environment import Tool, find_tool, version_of
from widgets import theme
from widgets.controls import IconLabel


class ToolField(QWidget):
    """`changed` follows what the user types or chooses."""

    changed = Signal()

    def __init__(self, tool: Tool) -> None:
        super().__init__()
        self._tool = tool
        self.edit = QLineEdit(placeholderText="Looked for on the search path and in the usual folders")
        self.edit.setProperty("mono", "true")
        self.browse = QPushButton("Choose…")
        self.browse.setAccessibleName(f"Choose the folder of {tool.title}")
        self.field = Field(tool.title, self.edit, row=self._row())
        self.mark = IconLabel("check-circle", "", "ok")
        self.mark.setProperty("type", "dense")
        self.mark.setProperty("tone", "secondary")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.current().space(2))
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
        found, reason = judged(self._tool, self.path)
        self.field.set_error(reason)
        self.mark.setVisible(found is not None or not reason)
        if found is None:
            self.mark.setText("not found")
            self.mark.set_icon("minus", "text.tertiary")
        else:
            self.mark.setText(f"found {version_of(found)} at {found}".replace("  ", " "))
            self.mark.set_icon("check-circle", "ok")


def judged(tool: Tool, path: str) -> tuple[Path | None, str]:
    """The tool's program and, where a path is given that does not lead to it, why not."""
    found = find_tool(tool, {tool.id: path} if path else None)
    if not path:
        return found, ""
    place = Path(path).expanduser()
    if not place.exists():
        return None, "There is no such file or folder."
    if found is None or place.resolve() not in (found.resolve(), *found.resolve().parents):
        return None, f"Neither it nor a folder “bin” in it holds {' or '.join(tool.commands)}."
    return found, ""
