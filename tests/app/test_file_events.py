"""A file that the desktop hands over as an event is opened; other events pass."""

from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication

from app.file_events import FileEvents


def test_a_file_in_an_event_is_opened(qtbot):
    application, opened = QObject(), []
    FileEvents(application, opened.append)
    QApplication.sendEvent(application, QFileOpenEvent("/home/ada/my project.codesign"))
    QApplication.sendEvent(application, QEvent(QEvent.Type.User))
    assert opened == [Path("/home/ada/my project.codesign")]
