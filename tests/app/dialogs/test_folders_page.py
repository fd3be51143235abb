"""Folders are shown, and opened in the system's file manager."""

import pytest
from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QPushButton

from app.dialogs.pages import FoldersPage
from app.dialogs.pages.folders import Place, open_folder, places
from app.folders import Folders


class _FileManager(QObject):
    def __init__(self):
        super().__init__()
        self.opened = []

    @Slot(QUrl)
    def show_folder(self, url):
        self.opened.append(url.toLocalFile())


@pytest.fixture
def manager(qapp):
    manager = _FileManager()
    QDesktopServices.setUrlHandler("file", manager, "show_folder")
    yield manager
    QDesktopServices.unsetUrlHandler("file")


def test_a_folder_is_made_and_opened(shown, qtbot, tmp_path, manager):
    page = shown(FoldersPage(places(Folders.under(tmp_path))))
    for button in page.findChildren(QPushButton):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    wanted = [tmp_path / "data" / "jobs", tmp_path / "data" / "sessions", tmp_path / "config" / "boards"]
    assert manager.opened == [*map(str, wanted), str(tmp_path / "config")]
    assert all(folder.is_dir() for folder in wanted)


def test_a_folder_that_cannot_be_made_says_why(shown, qtbot, tmp_path, manager):
    (tmp_path / "file").write_text("")
    page = shown(FoldersPage((Place("Jobs", tmp_path / "file" / "jobs", ""),)))
    qtbot.mouseClick(page.findChildren(QPushButton)[0], Qt.MouseButton.LeftButton)
    assert "Not a directory" in page.fields["Jobs"].error
    assert manager.opened == []
    assert open_folder(tmp_path) == ""
