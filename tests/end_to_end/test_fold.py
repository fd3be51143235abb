"""Fit to board and meet a rate from the window: shown first, then one step that undo takes back."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication

from app.dialogs.compare_dialog import CompareDialog
from app.dialogs.fold_dialog import FoldDialog
from app.dialogs.schedules_dialog import SchedulesDialog
from engine.boards import board
from engine.network import TensorStore
from engine.project import Project, save_project
from engine.scoreboard.finn_designs import kws_w3a3
from tests.engine.flows.finn.test_flow import for_finn
from tests.samples import jet_tagger

PATIENCE = 60_000


def test_what_would_change_is_shown_then_applied_as_one_step(window, qtbot):
    window.workspace.settings.set_flow("finn")
    window.commands["network.fit"].run()
    dialog = window.findChild(FoldDialog)
    qtbot.waitUntil(lambda: bool(dialog.totals.rows), timeout=PATIENCE)
    document, live = window.workspace.document, window.workspace.live
    before, interval = document.design, live.estimate.total.interval.value
    assert any(row[0] == "block1_conv1, PE" for row in dialog.changes.rows)
    qtbot.mouseClick(dialog.apply, Qt.MouseButton.LeftButton)
    assert live.estimate.total.interval.value < interval / 20
    document.undo_stack.undo()
    assert document.design == before
    qtbot.mouseClick(dialog.goal.button("rate"), Qt.MouseButton.LeftButton)
    dialog.rate.setValue(1_000)
    qtbot.waitUntil(lambda: any(row[0] == "Rate" for row in dialog.totals.rows), timeout=PATIENCE)
    (then,) = [row[2] for row in dialog.totals.rows if row[0] == "Rate"]
    assert float(then.replace(",", "").removesuffix("/s").strip()) >= 1_000
    process = dialog.asker.process
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert process.state() is process.ProcessState.NotRunning


def test_a_proposal_stands_beside_what_is_required_in_the_words_of_the_board(open_window, qtbot):
    window = open_window("jet_tagger")
    window.workspace.settings.set_flow("rtl")
    window.workspace.settings.set_board(board("ulx3s-85f"))
    window.commands["network.fit"].run()
    dialog = window.findChild(FoldDialog)
    qtbot.waitUntil(lambda: bool(dialog.totals.rows), timeout=PATIENCE)
    limits = {name: limit for name, _, _, limit in dialog.totals.rows}
    assert (limits["EBR"], limits["Latency"], limits["Rate"]) == ("208", "≤ 1 µs", "≥ 5 M/s")
    assert dialog.words.text() == "The latency stays above its limit."
    model, row = dialog.totals.model(), list(limits).index("Latency")
    assert model.index(row, 2).data(Qt.ItemDataRole.AccessibleTextRole).endswith(", misses the limit")
    assert model.index(list(limits).index("EBR"), 2).data(Qt.ItemDataRole.ToolTipRole) is None


def test_a_design_that_is_too_slow_is_offered_what_makes_it_quicker(open_window):
    window, offered = open_window("jet_tagger"), []

    def look():
        menu = QApplication.activePopupWidget()
        offered.extend(action.text() for action in menu.actions())
        menu.close()

    window.workspace.settings.set("reuse_factor", 64, ("fc1",))
    QTimer.singleShot(0, look)
    window.panels.budget.suggestions_requested.emit()
    assert offered[:3] == ["Fit to board…", "", "By latency gained"]
    assert offered[3].startswith("fc1: reuse 64 to ")
    assert not any("too slow" in each for each in offered)


def test_flows_stand_beside_each_other(open_window, tmp_path, qtbot):
    path = tmp_path / "tagger.codesign"
    save_project(path, Project(for_finn(jet_tagger())), TensorStore(tmp_path / "tensors"))
    window = open_window(path)
    window.commands["network.compare"].run()
    dialog = window.findChild(CompareDialog)
    qtbot.waitUntil(lambda: bool(dialog.table.rows), timeout=PATIENCE)
    assert "1 of 3 flows done" in dialog.words.text()
    qtbot.waitUntil(lambda: not dialog.halt.isVisible(), timeout=PATIENCE)
    rows = {name: cells for name, *cells in dialog.table.rows}
    assert all(int(cell.replace(",", "")) > 0 for cell in rows["LUT"])
    assert rows["Accuracy"][:3] == ["–", "–", "–"]
    qtbot.mouseClick(dialog.folded.button("fit"), Qt.MouseButton.LeftButton)
    qtbot.mouseClick(dialog.halt, Qt.MouseButton.LeftButton)
    assert dialog.asker.process is None
    assert dialog.words.text().startswith("Stopped")
    dialog.ask()
    process = dialog.asker.process
    window.close()
    assert process.state() is process.ProcessState.NotRunning


def test_schedules_are_plotted_and_a_point_is_folded_for(open_window, tmp_path, qtbot):
    path = tmp_path / "kws.codesign"
    save_project(path, Project(kws_w3a3(board("pynq-z2"))), TensorStore(tmp_path / "tensors"))
    window = open_window(path)
    window.commands["network.schedules"].run()
    dialog = window.findChild(SchedulesDialog)
    qtbot.waitUntil(lambda: len(dialog.table.rows) == 3, timeout=PATIENCE)
    units, engine = dialog.plot.view.series
    assert dialog.table.rows[0][1] == "255,102 /s"
    assert dialog.table.rows[2][0].startswith("One engine: PE")
    dialog.cost.setCurrentIndex(1)
    assert units.front("LUT")
    assert engine.front("LUT")
    dialog.plot.chosen.emit(0, units.front("LUT")[0])
    fold = window.findChild(FoldDialog)
    assert fold.rate.value() == round(units.front("LUT")[0].rate)
    fold.close()
    window.close()
    assert dialog.asker.process.state() is dialog.asker.process.ProcessState.NotRunning


def test_other_flows_have_one_schedule(window):
    command = window.commands["network.schedules"]
    assert command.off() == "choose FINN as the flow first"
