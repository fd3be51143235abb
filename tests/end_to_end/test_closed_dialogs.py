"""Dialogs that follow the design's edits are really gone once they are closed."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QDialog

FOLLOWING = (
    "network.fit",
    "network.compare",
    "network.schedules",
    "run.ranges",
    "run.scan",
    "run.history",
    "run.snapshots",
)


def test_an_edit_after_a_dialog_was_closed_reaches_nobody(window, qtbot):
    space = window.workspace
    space.settings.set_flow("finn")
    for command in FOLLOWING:
        window.commands.run(command)
        (dialog,) = window.findChildren(QDialog)
        dialog.close()
        space.measured.cancel()
        space.scan.cancel()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    with qtbot.captureExceptions() as raised:
        space.edits.rename("stem", "trunk")
    assert raised == []
