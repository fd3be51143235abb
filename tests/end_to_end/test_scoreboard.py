"""The scoreboard from the window: eight rows, each opens its design."""

from PySide6.QtCore import Qt

from app.dialogs.scoreboard_dialog import ScoreboardDialog


def test_a_published_design_is_opened_with_its_settings(window, studio, qtbot):
    window.commands["file.scoreboard"].run()
    dialog = window.findChild(ScoreboardDialog)
    qtbot.waitUntil(lambda: len(dialog.table.rows) == 8, timeout=60_000)
    dialog.table.selectRow(6)
    qtbot.mouseClick(dialog.opener, Qt.MouseButton.LeftButton)
    opened = studio.windows[-1].workspace
    assert opened.document.design.name == "cnv_w1a1"
    assert opened.live.estimate.total.interval.value == 32_768
    dialog.close()
