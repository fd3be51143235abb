"""A folder with reports is opened, its history read, two runs compared, an edit made: all with the keyboard."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from app.dialogs.run_history_dialog import RunHistoryDialog
from engine.design import REUSE_FACTOR
from engine.flows.hls4ml.adapter import build_graph, write_project
from engine.network import TensorStore
from tests.end_to_end.hand import CTRL, SHIFT, CanvasHand
from tests.engine.opening.test_reports_in_folders import composed, put
from tests.samples import jet_tagger
from tests.standins.composed import utilisation
from widgets.controls import Toast

pytestmark = pytest.mark.hls4ml


@pytest.fixture
def folder(tmp_path):
    store = TensorStore(tmp_path / "made")
    write_project(build_graph(jet_tagger(store), store, tmp_path / "jet"))
    composed(tmp_path / "jet")
    return tmp_path / "jet"


def history_of(window, qtbot):
    """Opened by its name in the palette."""
    hand = CanvasHand(window)
    hand.key(Qt.Key.Key_K, CTRL)
    hand.type("Run history")
    hand.key(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.findChild(RunHistoryDialog) is not None)
    dialog = window.findChild(RunHistoryDialog)
    dialog.resize(1300, 640)
    return dialog


def lines(dialog):
    return [line.split("\t") for line in dialog.history.table.text().splitlines()[1:]]


def test_reports_of_a_folder_stand_beside_the_estimate_at_once(open_window, folder, qtbot):
    put(folder, "vivado_synth.rpt", utilisation("jet_tagger"))
    window = open_window(folder)
    first = window.panels.jobs.findChild(QWidget, "job.ledger:1")
    assert "Logic synthesis, Vivado 2024.1" in first.accessibleName()
    assert window.panels.jobs.findChild(QWidget, "job.ledger:0") is not None
    (toast,) = window.findChildren(Toast)
    assert toast.accessibleName() == "2 reports found, shown beside the estimate."
    toast.action_button.click()
    qtbot.waitUntil(lambda: first.isVisible() and not first.visibleRegion().isEmpty())
    dialog = history_of(window, qtbot)
    table = dialog.history.table
    table.setFocus()
    table.setCurrentIndex(table.model().index(0, 0))
    assert dialog.history.comparison.table.horizontalHeaderItem(1).text() == "Estimated"
    QTest.keyClick(table, Qt.Key.Key_Down, SHIFT)
    heads = dialog.history.comparison.table
    assert "C synthesis" in heads.horizontalHeaderItem(1).text()
    assert "Logic synthesis" in heads.horizontalHeaderItem(2).text()
    dialog.close()


def test_runs_grow_older_with_edits(open_window, folder, qtbot):
    window = open_window(folder)
    dialog = history_of(window, qtbot)
    assert lines(dialog)[0][6] == "This version"
    window.workspace.selection.set(["fc1"])
    window.workspace.settings.set(REUSE_FACTOR, 4)
    qtbot.waitUntil(lambda: lines(dialog)[0][6] == "1 edit old")
    window.workspace.document.undo_stack.undo()
    qtbot.waitUntil(lambda: lines(dialog)[0][6] == "This version")
    dialog.close()


def test_a_broken_report_is_said_and_the_network_opens(open_window, folder):
    put(folder, "vivado_synth.rpt", "no report")
    window = open_window(folder)
    (toast,) = window.findChildren(Toast)
    assert "vivado_synth.rpt" in toast.accessibleName()
    assert len(window.workspace.document.runs) == 1
    assert window.workspace.document.design.network.order


def test_the_empty_history_starts_a_conversion(open_window, qtbot):
    window = open_window("jet_tagger")
    dialog = history_of(window, qtbot)
    assert dialog.history.empty.isVisible()
    dialog.history.empty.button.click()
    qtbot.waitUntil(lambda: len(window.workspace.document.runs) == 1, timeout=60_000)
    assert lines(dialog)[0][1:5] == ["Convert", "hls4ml 1.3.0", "", "Done"]
    dialog.close()
