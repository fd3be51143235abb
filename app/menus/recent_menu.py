"""File, Open recent: the files opened last, looked up each time the menu opens."""

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QMenu, QWidget

from app.host import Host

_MOST = 10


class RecentMenu(QMenu):
    """An entry a file, the newest first; one that has gone stays, greyed, with its folder in the tool tip."""

    def __init__(self, studio: Host, parent: QWidget) -> None:
        super().__init__("Open recent", parent)
        self._studio = studio
        self.setToolTipsVisible(True)
        self.aboutToShow.connect(self._fill)

    def _fill(self) -> None:
        self.clear()
        paths = [Path(text) for text in self._studio.preferences.recent[:_MOST]]
        for path in paths:
            action = self.addAction(path.name, partial(self._studio.open_path, path))
            action.setEnabled(path.exists())
            action.setToolTip(str(path) if path.exists() else f"{path} is not there any more")
        if not paths:
            self.addAction("No files yet").setEnabled(False)
