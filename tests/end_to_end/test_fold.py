"""Fit to board and meet a rate from the window: shown first, then one step that undo takes back."""

from PySide6.QtCore import Qt

from app.dialogs.compare_dialog import CompareDialog
from app.dialogs.fold_dialog import FoldDialog
from engine.network import TensorStore
from engine.project import Project, save_project
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


def test_flows_stand_beside_each_other(open_window, tmp_path, qtbot):
    path = tmp_path / "tagger.codesign"
    save_project(path, Project(for_finn(jet_tagger())), TensorStore(tmp_path / "tensors"))
    window = open_window(path)
    window.commands["network.compare"].run()
    dialog = window.findChild(CompareDialog)
    qtbot.waitUntil(lambda: bool(dialog.table.rows), timeout=PATIENCE)
    rows = {name: cells for name, *cells in dialog.table.rows}
    assert all(int(cell.replace(",", "")) > 0 for cell in rows["LUT"])
    assert rows["Accuracy"][:3] == ["–", "–", "–"]
    process = dialog.asker.process
    window.close()
    assert process.state() is process.ProcessState.NotRunning
