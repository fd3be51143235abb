"""A picture of the window as it would look with a file open, made without touching the user's own settings."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from app.accuracy import LiveAccuracy
from app.folders import Folders
from app.simulated import SimulatedNumbers
from app.studio import Studio

_NUMBERS_MS = 10_000


def picture_of_window(
    file: Path, size: tuple[int, int], theme_name: str, selected: Sequence[str], settle_ms: int
) -> QImage:
    """Open `file` (or the welcome page for the word 'welcome') and grab the window once it has settled.

    Raises the errors of `engine.opening.open_file`.
    """
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    with TemporaryDirectory(prefix="codesign-") as folder:
        studio = Studio(app, Folders.under(Path(folder)))
        studio.prefer(replace(studio.preferences, theme=theme_name))
        window = studio.welcome_window() if str(file) == "welcome" else studio.open_or_raise(file)
        window.resize(*size)
        for name in selected:
            _ = window.workspace.document.design.network[name]
        window.workspace.selection.set(selected)
        _wait(settle_ms)
        _wait_for(window.workspace.simulated)
        _wait_for(window.workspace.accuracy)
        image = window.grab().toImage()
        window.workspace.document.let_go()
        window.close()
        studio.shut_down()
        _wait(0)
    return image


def _wait_for(numbers: SimulatedNumbers | LiveAccuracy) -> None:
    """The picture is of numbers that are there, unless they take very long."""
    if numbers.pending:
        loop = QEventLoop()
        numbers.changed.connect(loop.quit)
        QTimer.singleShot(_NUMBERS_MS, loop.quit)
        loop.exec()


def _wait(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()
