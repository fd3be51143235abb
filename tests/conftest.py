"""Whatever a test leaves alive fails it: threads, child processes, timers, top-level windows."""

import os
import sys
import threading

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import psutil
import pytest

from engine.network import TensorStore


@pytest.fixture
def store(tmp_path):
    """An empty tensor store."""
    return TensorStore(tmp_path / "tensors")


@pytest.fixture(autouse=True)
def nothing_left_alive(request):
    """Fail a test that leaves a thread or a child process behind; windows and timers in Qt tests too."""
    threads, children = set(threading.enumerate()), set(psutil.Process().children(recursive=True))
    yield
    left = [thread.name for thread in threading.enumerate() if thread not in threads and not _ends(thread)]
    assert not left, f"threads left alive: {left}"
    started = set(psutil.Process().children(recursive=True)) - children
    _, survivors = psutil.wait_procs(started, timeout=2)
    assert not survivors, f"processes left alive: {survivors}"


def _ends(thread):
    thread.join(timeout=2)
    return not thread.is_alive()


@pytest.fixture(autouse=True)
def nothing_lingers():
    """Delete what a test let go: pytest-qt says later, and a change of theme would dress it again and again."""
    yield
    widgets = sys.modules.get("PySide6.QtWidgets")
    if widgets and widgets.QApplication.instance():
        from PySide6.QtCore import QEvent

        widgets.QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture(autouse=True)
def no_windows_left(request):
    """Fail a widget test that leaves a visible window or a running timer of its own behind."""
    if "qtbot" not in request.fixturenames:
        yield
        return
    from PySide6.QtWidgets import QApplication

    before = set(QApplication.topLevelWidgets()) if QApplication.instance() else set()
    yield
    QApplication.processEvents()
    # Qt would free what the clipboard holds after Python has gone, and crash.
    QApplication.clipboard().clear()
    left = [w for w in QApplication.topLevelWidgets() if w not in before and w.isVisible()]
    assert not left, f"windows left open: {left}"
