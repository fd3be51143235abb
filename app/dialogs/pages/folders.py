"""Folders: where the studio keeps jobs, open documents, boards and preferences."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

from app.dialogs.field import Field
from app.dialogs.pages.page import Page
from app.folders import Folders
from widgets import theme


@dataclass(frozen=True, slots=True)
class Place:
    """A folder and what is kept there."""

    title: str
    folder: Path
    hint: str


def places(folders: Folders) -> tuple[Place, ...]:
    """The studio's folders on this computer."""
    return (
        Place("Jobs", folders.jobs, "One folder for each job: generated projects, logs and reports."),
        Place("Open documents", folders.sessions, "Weights and recovery files of documents that are open."),
        Place("Your boards", folders.boards, "Boards that you added, one file each."),
        Place("Preferences", folders.config, "What is set in this window."),
    )


class FoldersPage(Page):
    """Shows the folders; nothing can be changed."""

    TITLE = "Folders"
    ICON = "folder"

    def __init__(self, shown: tuple[Place, ...]) -> None:
        super().__init__()
        self.fields: dict[str, Field] = {}
        for place in shown:
            self.column.addWidget(self._field(place))
        self.column.addStretch(1)

    def _field(self, place: Place) -> Field:
        path = QLineEdit(str(place.folder), readOnly=True)
        path.setProperty("mono", "true")
        path.setCursorPosition(0)
        button = QPushButton("Open folder")
        button.setAccessibleName(f"Open folder: {place.title}")
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.current().space(3))
        line.addWidget(path, 1)
        line.addWidget(button)
        field = Field(place.title, path, place.hint, row=row)
        self.fields[place.title] = field
        button.clicked.connect(lambda: field.set_error(open_folder(place.folder)))
        return field


def open_folder(folder: Path) -> str:
    """Show a folder in the system's file manager, making it if need be. Returns why it could not, or ''."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        return f"The folder cannot be made: {error.strerror or error}."
    opened = QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
    return "" if opened else "No file manager answered. Copy the path instead."
