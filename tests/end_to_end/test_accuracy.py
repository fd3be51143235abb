"""Accuracy in the window: there at once, moving with the bits under the hand, explained, on one's own data."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton

from app.dialogs.data_dialog import DataDialog
from tests.end_to_end.hand import CTRL
from widgets.budget.spot import Spot

PATIENCE = 30_000


def answered(qtbot, window):
    """Wait for the answer to the newest design; what the budget shows of it."""
    live = window.workspace.accuracy
    qtbot.waitUntil(lambda: not live.pending and not live.stale, timeout=PATIENCE)
    return window.panels.budget.view.accuracy


def share(view):
    return float(view.value.removesuffix(" %"))


@pytest.fixture
def popover(window, hand):
    """What a click on the accuracy opens."""

    def open_it():
        hand.click(window.panels.budget.accuracy.findChild(Spot, "spot.accuracy"))
        return QApplication.activePopupWidget()

    return open_it


def test_it_is_there_by_itself_and_moves_with_the_bits_under_the_hand(window, hand, qtbot):
    first = answered(qtbot, window)
    assert (first.title, first.source) == ("Accuracy", "bit-exact, 450 samples")
    assert share(first) > 97
    hand.click_layer("block1_conv1")
    bits = window.inspector.precision.bits
    window.inspector.area.ensureWidgetVisible(bits)
    start = bits.fraction_handle.mapTo(bits, bits.fraction_handle.rect().center())
    hand.press(bits, start)
    end = start - QPoint(round(4 * bits.scale().column), 0)
    hand.move(bits, end)
    assert window.workspace.document.gesture_number
    assert window.panels.budget.view.accuracy.stale
    held = answered(qtbot, window)  # with the hand still down
    assert window.workspace.document.gesture_number
    assert share(held) < share(first)
    assert not held.stale
    hand.release(bits, end)
    hand.key(Qt.Key.Key_Z, CTRL)
    assert answered(qtbot, window) == first


def test_a_click_explains_it_and_leads_to_the_layers(window, hand, qtbot, popover):
    answered(qtbot, window)
    opened = popover()
    assert opened.accessibleName().startswith("Why Accuracy is 9")
    assert "digits_resnet.npz" in opened.accessibleDescription()
    hand.click(next(each for each in opened.findChildren(QPushButton) if each.text() == "Layer by layer"))
    assert not opened.isVisible()
    assert window.panels.traces.isVisible()
    assert len(window.panels.traces.view.rows) == 17


def test_a_data_set_is_chosen_from_there_and_belongs_to_the_project(
    window, hand, qtbot, popover, studio, tmp_path, monkeypatch
):
    first = answered(qtbot, window)
    np.savez(tmp_path / "mine.npz", x=np.random.default_rng(1).uniform(0, 1, (200, 8, 8, 1)))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (str(tmp_path / "mine.npz"), ""))
    opened = popover()
    monkeypatch.setattr(DataDialog, "exec", lambda dialog: choose_file(dialog, qtbot))
    hand.click(next(each for each in opened.findChildren(QPushButton) if each.text() == "Data set…"))
    assert window.isActiveWindow()
    shown = answered(qtbot, window)
    assert (shown.title, shown.source) == ("Same answer", "bit-exact, 30 samples")
    document = window.workspace.document
    document.save(tmp_path / "mine.codesign")
    chosen = document.design.data
    window.commands.run("edit.undo")
    assert answered(qtbot, window) == first
    assert studio.open_path(tmp_path / "mine.codesign").workspace.document.design.data == chosen


def choose_file(dialog, qtbot):
    """In the dialog that opens: take a file and use it; whether it was used."""
    dialog.show()
    place = dialog.source.findText("A file…")
    dialog.source.setCurrentIndex(place)
    dialog.source.activated.emit(place)
    qtbot.waitUntil(dialog.use.isEnabled)
    qtbot.mouseClick(dialog.use, Qt.MouseButton.LeftButton)
    return dialog.result()
