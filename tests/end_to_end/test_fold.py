"""Fit to board and meet a rate from the window: shown first, then one step that undo takes back."""

import pytest
from PySide6.QtCore import Qt

from app.dialogs.compare_dialog import CompareDialog
from app.dialogs.fold_dialog import FoldDialog

PATIENCE = 60_000


@pytest.fixture
def dialog(window, qtbot):
    window.workspace.settings.set_flow("finn")
    window.commands["network.fit"].run()
    found = window.findChild(FoldDialog)
    qtbot.waitUntil(lambda: bool(found.totals.rows), timeout=PATIENCE)
    yield found
    found.close()


def test_fit_to_board_is_shown_then_applied_as_one_step(window, dialog, qtbot):
    document, live = window.workspace.document, window.workspace.live
    before, interval = document.design, live.estimate.total.interval.value
    assert any(row[0] == "block1_conv1, PE" for row in dialog.changes.rows)
    assert document.design == before
    qtbot.mouseClick(dialog.apply, Qt.MouseButton.LeftButton)
    assert live.estimate.total.interval.value < interval / 20
    window.workspace.document.undo_stack.undo()
    assert document.design == before


def test_a_rate_is_met_with_less(window, dialog, qtbot):
    qtbot.mouseClick(dialog.goal.button("rate"), Qt.MouseButton.LeftButton)
    dialog.rate.setValue(1_000)
    qtbot.waitUntil(lambda: any(row[0] == "Rate" for row in dialog.totals.rows), timeout=PATIENCE)
    (then,) = [row[2] for row in dialog.totals.rows if row[0] == "Rate"]
    assert float(then.replace(",", "").removesuffix("/s").strip()) >= 1_000


def test_flows_stand_beside_each_other(window, qtbot):
    window.commands["network.compare"].run()
    dialog = window.findChild(CompareDialog)
    qtbot.waitUntil(lambda: bool(dialog.table.rows), timeout=PATIENCE)
    names = [row[0] for row in dialog.table.rows]
    assert names[0] == "LUT"
    assert names[-1] == "Accuracy"
    assert all(cell.endswith("%") for cell in dialog.table.rows[-1][1:-1])
    dialog.close()
