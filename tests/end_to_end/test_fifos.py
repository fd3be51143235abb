"""FIFO depths in the window: seen, set all at once, typed one by one, taken back; a deadlock is found at once."""

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QSpinBox

from app.dialogs.fifo_dialog import FifoDialog
from tests.end_to_end.hand import CTRL

SKIP = "clone_stem_relu → block1_add"


def settled(qtbot, window):
    """Wait for the run of the newest design."""
    QApplication.processEvents()
    qtbot.waitUntil(lambda: not window.workspace.simulated.pending, timeout=20_000)
    QApplication.processEvents()


@pytest.fixture
def dialog(qtbot, window):
    settled(qtbot, window)
    window.commands.run("network.fifos")
    dialog = window.findChild(FifoDialog)
    qtbot.waitExposed(dialog)
    yield dialog
    dialog.close()


def rows(dialog):
    return {row.name: row for row in dialog.table.view.rows}


def blocks(window):
    return window.workspace.live.estimate.total.bram18.value


def test_one_click_sets_all_depths_as_one_step_and_saves_blocks(qtbot, window, hand, dialog):
    document, before = window.workspace.document, blocks(window)
    latency = window.workspace.simulated.simulation.run.latency
    hand.click(dialog.set_needed)
    settled(qtbot, window)
    assert document.undo_stack.count() == 1
    assert document.undo_stack.undoText().startswith("Set FIFO depths as needed: BRAM of FIFOs from ")
    assert blocks(window) < before
    assert all(row.depth == row.needed and row.chosen for row in rows(dialog).values())
    assert window.workspace.simulated.simulation.run.latency == latency
    assert not dialog.set_needed.isEnabled()
    hand.click(dialog.reset)
    settled(qtbot, window)
    assert blocks(window) == before
    assert not dialog.reset.isEnabled()


def test_the_command_says_what_it_would_save_and_is_off_where_nothing_streams(qtbot, window, hand):
    settled(qtbot, window)
    command = window.commands["network.fifos_needed"]
    assert command.detail().startswith("BRAM of FIFOs from ")
    window.commands.run("network.fifos_needed")
    hand.key(Qt.Key.Key_Z, CTRL)
    assert window.workspace.document.design.fifo_depths == ()
    window.workspace.settings.set_io("io_parallel")
    assert command.off() == window.commands["network.fifos"].off() == "there are no FIFOs in io_parallel"


def test_a_depth_typed_too_short_is_found_and_mended(qtbot, window, dialog):
    place = [row.name for row in dialog.table.view.rows].index(SKIP)
    index = dialog.table.model().index(place, 2)
    dialog.table.setCurrentIndex(index)
    dialog.table.edit(index)
    field = dialog.table.findChild(QSpinBox)
    field.selectAll()
    QTest.keyClicks(field, "5")
    QTest.keyClick(field, Qt.Key.Key_Return)
    settled(qtbot, window)
    assert dict(window.workspace.document.design.fifo_depths) == {SKIP: 5}
    assert rows(dialog)[SKIP].hangs
    (finding,) = [each for each in window.workspace.live.findings if "hangs" in each.title]
    assert window.panels.budget.view.verdict.fact == "The stream hangs when simulated."
    labels = {edge.label for edge in window.workspace.view.model.edges}
    assert "skip, FIFO 5 deep" in labels
    window.workspace.edits.apply(finding.fix.text, finding.fix.edit)
    settled(qtbot, window)
    assert not any(row.hangs for row in rows(dialog).values())
    assert "hangs" not in window.panels.budget.view.verdict.fact


def test_figures_of_an_earlier_design_are_dimmed_until_the_run_is_there(qtbot, window, dialog):
    assert not dialog.table.view.stale
    window.workspace.settings.set("reuse_factor", 9, ("block1_conv1",))
    assert dialog.table.view.stale
    assert window.panels.budget.view.tiles[0].simulated.stale
    settled(qtbot, window)
    assert not dialog.table.view.stale
    assert not window.panels.budget.view.tiles[0].simulated.stale


def test_what_to_change_first_offers_the_depths_where_block_memory_is_fullest(qtbot, window):
    settled(qtbot, window)
    saved, before, offered = window.workspace.fifos.saved_blocks(), blocks(window), []

    def choose_the_first():
        menu = QApplication.activePopupWidget()
        offered.extend(action.text() for action in menu.actions())
        menu.actions()[0].trigger()
        menu.close()

    QTimer.singleShot(0, choose_the_first)
    window.panels.budget.suggestions_requested.emit()
    assert offered[0] == f"FIFO depths as needed  ·  −{saved} BRAM, same latency and rate"
    settled(qtbot, window)
    assert before - blocks(window) == saved
    assert window.workspace.fifos.saved_blocks() == 0
