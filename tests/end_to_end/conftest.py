"""A studio of its own for each test: real windows, real files, everything below the test's folder."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox

from app.folders import EXAMPLES, Folders
from app.studio import Studio
from engine.network import TensorStore
from engine.project import Project, save_project
from tests.end_to_end.hand import CanvasHand, SliderHand
from tests.end_to_end.networks import long_resnet


@pytest.fixture
def studio(qtbot, qapp, tmp_path):
    """A studio in the light theme; whatever it opened is closed again, edits and all."""
    studio = Studio(qapp, Folders.under(tmp_path / "home"))
    studio.prefer(replace(studio.preferences, theme="light"))
    yield studio
    with pytest.MonkeyPatch.context() as answers:
        answers.setattr(QMessageBox, "question", lambda *_: QMessageBox.StandardButton.Close)
        for window in list(studio.windows):
            window.workspace.document.let_go()
            window.close()
    studio.shut_down()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    studio.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()


@pytest.fixture
def open_window(studio, qtbot):
    """Opens a file, or one of the examples by its name, in a window of 1440 by 900 that has the keyboard."""

    def open_it(file, size=(1440, 900)):
        path = EXAMPLES / f"{file}.codesign" if isinstance(file, str) else file
        window = studio.open_path(path)
        window.resize(*size)
        settle(qtbot, window)
        return window

    return open_it


@pytest.fixture
def window(open_window):
    """The digits ResNet: 17 layers with two skips."""
    return open_window("digits_resnet")


@pytest.fixture
def long_window(open_window, tmp_path):
    """300 layers."""
    path = tmp_path / "long.codesign"
    save_project(path, Project(long_resnet()), TensorStore(tmp_path / "tensors"))
    return open_window(path, (1600, 900))


@pytest.fixture
def hand(window):
    """Mouse and keyboard, at home on the canvas."""
    hand = CanvasHand(window)
    yield hand
    hand.let_go()


@pytest.fixture
def slider(window):
    """Mouse and keyboard, at home on the slider of reuse factors."""
    slider = SliderHand(window)
    yield slider
    slider.let_go()


def settle(qtbot, window):
    """Wait until the window is on the screen, has the keyboard, and has placed docks and layers."""
    window.activateWindow()
    qtbot.waitUntil(lambda: QTest.qWaitForWindowActive(window, 1000))
    qtbot.waitUntil(lambda: window.docks.compact == (window.width() < 1500))
    # The canvas breaks its rows anew a moment after its size has changed.
    qtbot.waitUntil(lambda: not window.canvas._rewrap.isActive())
    QApplication.processEvents()
