"""Snapshots from the window: taken, compared, restored as an edit, kept in the file."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.dialogs.snapshots_dialog import SnapshotsDialog
from engine.design import WEIGHT, set_on_layers
from engine.precision import FixedType


@pytest.fixture
def dialog(open_window):
    window = open_window("jet_tagger")
    window.commands.run("run.snapshots")
    return window.findChild(SnapshotsDialog)


def _click(button):
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def _two(dialog, qtbot):
    """One snapshot as opened and one with three bits, each with its accuracy."""
    space = dialog.parent().workspace
    space.snapshots.take()
    names = ("fc1", "fc2", "fc3", "output")
    space.document.edit("Narrow", lambda design: set_on_layers(design, names, WEIGHT, FixedType(3, 1)))
    _click(dialog.take)
    qtbot.waitUntil(lambda: space.document.snapshots[-1].figure("accuracy") is not None, timeout=30_000)
    return space.document


def test_without_snapshots_the_window_says_what_they_are_for(dialog):
    assert dialog.empty.isVisible()
    assert not dialog.restore.isEnabled()
    assert dialog.restore.toolTip() == "Select a snapshot first."
    _click(dialog.empty.button)
    assert dialog.table.model().rowCount() == 1


def test_the_row_restores_its_design_as_one_edit(dialog, qtbot):
    document = _two(dialog, qtbot)
    first, second = document.snapshots
    assert first.figure("weight_bits") > second.figure("weight_bits")
    assert len(dialog.scatter.points.points()) >= 1
    assert "energy: estimate of C synthesis." in dialog.source.text()
    dialog.table.selectRow(0)
    _click(dialog.restore)
    assert document.design == first.design
    assert document.undo_stack.undoText() == "Restore Snapshot 1"
    document.undo_stack.undo()
    assert document.design == second.design


def test_two_snapshots_of_one_design_both_get_its_accuracy(dialog, qtbot):
    space = dialog.parent().workspace
    assert space.accuracy.stale
    space.snapshots.take()
    space.snapshots.take()
    qtbot.waitUntil(lambda: not space.accuracy.stale, timeout=30_000)
    first, second = (snapshot.figure("accuracy") for snapshot in space.document.snapshots)
    assert first is not None
    assert first == second


def test_a_snapshot_gets_its_accuracy_though_the_design_moves_on_at_once(dialog, qtbot):
    space = dialog.parent().workspace
    space.snapshots.take()
    for bits in (2, 5, 3):
        space.document.edit("Narrow", lambda design, to=bits: set_on_layers(design, ("fc2",), WEIGHT, FixedType(to, 1)))
    space.snapshots.take()
    qtbot.waitUntil(lambda: all(each.figure("accuracy") for each in space.document.snapshots), timeout=30_000)
    of = space.accuracy.comparison["accuracy"]["hardware"]
    first, second = (snapshot.figure("accuracy") for snapshot in space.document.snapshots)
    assert second == of
    assert first != second


def test_an_autoencoder_is_shown_by_what_it_is_judged_by(open_window, qtbot):
    window = open_window("anomaly_detection")
    window.commands.run("run.snapshots")
    dialog, document = window.findChild(SnapshotsDialog), window.workspace.document
    window.workspace.snapshots.take()
    document.edit("Narrow", lambda design: set_on_layers(design, design.network.outputs, WEIGHT, FixedType(3, 1)))
    window.workspace.snapshots.take()
    qtbot.waitUntil(lambda: all(each.figure("error") for each in document.snapshots), timeout=30_000)
    assert dialog.table.model().headerData(1, Qt.Orientation.Horizontal) == "Mean error"
    assert dialog.over.text() == "Mean error over"
    assert dialog.table.model().index(0, 1).data() == f"{document.snapshots[0].figure('error'):.3g}"
    assert len(dialog.scatter.points.points()) == 2


def test_snapshots_are_saved_and_come_back_with_their_weights(dialog, qtbot, studio, tmp_path):
    document = _two(dialog, qtbot)
    assert document.has_new_snapshots
    document.save(tmp_path / "kept.codesign")
    assert not document.has_new_snapshots
    again = studio.open_path(tmp_path / "kept.codesign").workspace.document
    assert again.snapshots == document.snapshots


def test_a_snapshot_is_renamed_and_removed(dialog, qtbot):
    document = _two(dialog, qtbot)
    dialog.parent().workspace.snapshots.rename(1, "Three bits")
    assert dialog.table.model().index(1, 0).data() == "Three bits"
    dialog.table.selectRow(0)
    _click(dialog.remove)
    assert [snapshot.name for snapshot in document.snapshots] == ["Three bits"]


def test_a_removal_is_undone_in_the_dialog_and_what_came_meanwhile_stays(dialog, qtbot):
    document = _two(dialog, qtbot)
    first, second = document.snapshots
    dialog.table.selectRow(0)
    _click(dialog.remove)
    assert document.undo_stack.undoText() == "Remove Snapshot 1"
    _click(dialog.take)
    third = document.snapshots[-1]
    designs = document.steps()
    assert designs[-1] == designs[-2] == document.design
    qtbot.keyClick(dialog, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert [each.taken for each in document.snapshots] == [each.taken for each in (first, second, third)]
    assert document.snapshots[0] == first
    document.undo_stack.redo()
    assert [each.name for each in document.snapshots] == [second.name, third.name]
