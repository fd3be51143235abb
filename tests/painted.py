"""What a widget shows after it has painted only what had changed."""

from PySide6.QtWidgets import QApplication, QWidget


def assert_whole(window: QWidget) -> None:
    """What the screen shows of a window is what it paints when it paints all of it."""
    QApplication.processEvents()
    # A timer may have changed something after the painting.
    QApplication.sendPostedEvents()
    shown = window.screen().grabWindow(window.winId()).toImage()
    assert shown == window.grab().toImage().convertToFormat(shown.format())
