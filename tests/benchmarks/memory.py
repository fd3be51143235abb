"""Resident memory of the studio: with an example, with 300 layers, and what windows leave behind when they close."""

import gc
import os
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import psutil
from PySide6.QtCore import QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.folders import EXAMPLES, Folders
from app.studio import Studio
from engine.network import TensorStore
from engine.project import Project, save_project
from tests.end_to_end.networks import long_resnet

WINDOWS = 20
WARM = 5
LEFT_MB = 20.0
_SETTLE_MS = 200


def run() -> list[tuple[str, float, str, float | None]]:
    """Rows of name, value, unit and limit."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        studio = Studio(app, Folders.under(home))
        keeper = studio.open_or_raise(EXAMPLES / "digits_resnet.codesign")
        QTest.qWait(_SETTLE_MS)
        small = _resident()
        long = home / "long.codesign"
        save_project(long, Project(long_resnet()), TensorStore(home / "tensors"))
        keeper.workspace.document.rename("kept")
        for _ in range(WARM):
            _open_and_close(studio, long)
        before = _resident()
        for _ in range(WINDOWS):
            _open_and_close(studio, long)
        left = _resident() - before
        large = studio.open_or_raise(long)
        QTest.qWait(_SETTLE_MS)
        held = _resident()
        for window in (large, keeper):
            window.workspace.document.let_go()
            window.close()
        studio.shut_down()
    return [
        ("memory: window with an example", small, "MB", None),
        ("memory: windows with an example and with 300 layers", held, "MB", None),
        (f"memory: left by {WINDOWS} windows of 300 layers opened and closed", left, "MB", LEFT_MB),
    ]


def _open_and_close(studio: Studio, path: Path) -> None:
    window = studio.open_or_raise(path)
    QTest.qWait(_SETTLE_MS)
    window.close()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()


def _resident() -> float:
    """MB in memory once Python has let go of what it can."""
    gc.collect()
    return psutil.Process().memory_info().rss / 1e6
