"""Edges of the network: selected, disconnected, filled and drawn, with the mouse and with the keyboard alone."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from engine.network import UNCONNECTED
from tests.end_to_end.hand import CTRL
from widgets.canvas.geometry import longest_stretch

ALT = Qt.KeyboardModifier.AltModifier
STEM = ("stem", "stem_relu", 0)


def network(window):
    return window.workspace.document.design.network


def click_edge(hand, edge):
    (x0, y0), (x1, y1) = longest_stretch(hand.view.canvas.picture.layout.routes[edge])
    hand.click(hand.view.viewport(), hand.px(((x0 + x1) / 2, (y0 + y1) / 2)))


def test_a_clicked_edge_is_deleted_with_the_delete_key_and_comes_back(window, hand):
    before = network(window)
    click_edge(hand, STEM)
    assert window.workspace.selection.edge == STEM
    assert window.commands.action("edit.delete").isEnabled()
    hand.key(Qt.Key.Key_Delete)
    assert network(window)["stem_relu"].inputs == (UNCONNECTED,)
    assert window.workspace.selection.edge is None
    assert window.canvas.canvas.marks.edge is None
    hand.key(Qt.Key.Key_Z, CTRL)
    assert network(window) == before


def test_an_edge_is_reached_and_deleted_with_the_keyboard_alone(window, hand):
    hand.click_layer("block1_add")
    hand.key(Qt.Key.Key_Left, ALT)
    hand.key(Qt.Key.Key_Down)
    assert window.workspace.selection.edge == ("stem_relu", "block1_add", 1)
    assert window.canvas.accessibleName().startswith("Edge from stem_relu to block1_add")
    hand.key(Qt.Key.Key_Delete)
    assert network(window)["block1_add"].inputs == ("block1_conv2", UNCONNECTED)
    assert window.workspace.document.undo_stack.undoText() == "Disconnect stem_relu from block1_add"


@pytest.mark.parametrize("key", [Qt.Key.Key_A, Qt.Key.Key_Insert])
def test_a_layer_goes_into_the_selected_edge(window, hand, qtbot, key):
    click_edge(hand, STEM)
    hand.key(key)
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None)
    hand.type("batch norm")
    hand.key(Qt.Key.Key_Return)
    added = window.workspace.selection.names[0]
    assert network(window)[added].inputs == ("stem",)
    assert network(window)["stem_relu"].inputs == (added,)
    hand.key(Qt.Key.Key_Z, CTRL)
    assert network(window)["stem_relu"].inputs == ("stem",)
    assert window.workspace.document.undo_stack.index() == 0


def test_layers_are_connected_with_the_keyboard_alone(window, hand):
    before = network(window)
    hand.click_layer("stem_relu")
    hand.key(Qt.Key.Key_C)
    hand.type("block2_add")
    assert "8×8×16" in window.canvas.overlays.reason.text()
    hand.key(Qt.Key.Key_Return)
    assert network(window) == before
    for _ in "block2_add":
        hand.key(Qt.Key.Key_Backspace)
    hand.type("block1_add")
    hand.key(Qt.Key.Key_Return)
    assert network(window)["block1_add"].inputs == ("block1_conv2", "stem_relu", "stem_relu")
    hand.key(Qt.Key.Key_Z, CTRL)
    assert network(window) == before


def test_letters_are_no_shortcuts_while_a_wire_is_drawn_and_tab_stays_on_the_canvas(window, hand):
    hand.click_layer("stem")
    hand.key(Qt.Key.Key_C)
    first = window.canvas.connecting.target
    hand.key(Qt.Key.Key_Tab)
    assert window.canvas.connecting.target != first
    overlay = window.workspace.view.overlay
    hand.type("r1")
    assert window.canvas.hasFocus()
    assert window.workspace.view.overlay == overlay
    hand.key(Qt.Key.Key_Escape)
    assert window.canvas.connecting is None
    assert not window.workspace.document.modified


def test_connecting_is_off_without_one_layer_and_says_why(window, hand):
    click_edge(hand, STEM)
    assert "Off: select one layer first" in window.commands.action("network.connect").toolTip()


def test_a_click_on_a_layer_takes_the_selection_from_the_edge(window, hand):
    click_edge(hand, STEM)
    hand.click_layer("classifier")
    assert window.workspace.selection.edge is None
    hand.key(Qt.Key.Key_Delete)
    assert "classifier" not in network(window)
