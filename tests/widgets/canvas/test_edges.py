"""Wires are selected, cut, filled and drawn, with the mouse and with the keyboard alone."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication

from widgets.canvas.geometry import longest_stretch

ALT = Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
RIGHT, LEFT, UP, DOWN = Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_Down
STEM = ("stem", "relu_1", 0)
SKIP = ("relu_1", "add_1", 1)


def middle(view, edge):
    (x0, y0), (x1, y1) = longest_stretch(view.canvas.picture.layout.routes[edge])
    return ((x0 + x1) / 2, (y0 + y1) / 2)


@pytest.fixture
def asked(view):
    """What the canvas announces about wires, in order."""
    log = []
    for name in (
        "edge_selected",
        "selection_changed",
        "connect_requested",
        "disconnect_requested",
        "add_menu_requested",
    ):
        getattr(view, name).connect(lambda *args, name=name: log.append((name, *args)))
    return log


@pytest.fixture
def selected(view, hand, asked):
    """A canvas with the wire behind the stem selected."""
    hand.click(middle(view, STEM))
    asked.clear()
    return view


def test_a_click_selects_a_wire_and_lets_go_of_the_layers(view, hand, asked):
    hand.click("classifier")
    asked.clear()
    hand.click(middle(view, SKIP))
    assert view.canvas.marks.edge == SKIP
    assert view.canvas.marks.selected == frozenset()
    assert asked == [("selection_changed", ()), ("edge_selected", SKIP)]


def test_a_selected_wire_has_a_ring_that_is_seen(selected):
    x, y = middle(selected, STEM)
    at = selected.viewportTransform().map(x, y)
    image = selected.grab().toImage()
    accent = selected.canvas.look.colour("accent")
    column = [image.pixelColor(round(at[0]), round(at[1]) + dy) for dy in range(-7, 8)]
    assert sum(colour == accent for colour in column) >= 3


@pytest.mark.parametrize("place", ["classifier", (790.0, 440.0)])
def test_a_click_elsewhere_lets_go_of_the_wire(selected, hand, asked, place):
    hand.click(place)
    assert selected.canvas.marks.edge is None
    assert asked[0] == ("edge_selected", None)


def test_delete_asks_to_disconnect_the_wire(selected, hand, asked):
    hand.key(Qt.Key.Key_Delete)
    assert asked == [("disconnect_requested", *STEM)]


@pytest.mark.parametrize("key", [Qt.Key.Key_A, Qt.Key.Key_Insert])
def test_a_and_insert_ask_what_goes_into_the_wire(selected, hand, asked, key):
    hand.key(key)
    assert asked[0][0] == "add_menu_requested"
    assert asked[0][3] == STEM


def test_a_double_click_asks_what_goes_into_the_wire(view, hand, asked):
    hand.double_click(middle(view, STEM))
    assert asked[-1][3] == STEM


def test_a_right_click_selects_the_wire_under_it(view, hand):
    px = hand.px(middle(view, SKIP))
    reason = QContextMenuEvent.Reason.Mouse
    QApplication.sendEvent(view.viewport(), QContextMenuEvent(reason, px, view.viewport().mapToGlobal(px)))
    assert view.canvas.marks.edge == SKIP


def test_alt_and_arrows_walk_from_layer_to_wire_to_wire(view, hand):
    hand.click("stem")
    hand.key(RIGHT, ALT)
    assert view.canvas.marks.edge == STEM
    hand.key(RIGHT, ALT)
    assert view.canvas.marks.edge == ("relu_1", "block1_conv1", 0)
    hand.key(DOWN, ALT)
    assert view.canvas.marks.edge == SKIP
    hand.key(LEFT, ALT)
    assert view.canvas.marks.edge == STEM


def test_against_the_flow_it_is_the_wire_that_enters(view, hand):
    hand.click("stem")
    hand.key(LEFT, ALT)
    assert view.canvas.marks.edge == ("image", "stem", 0)
    hand.key(LEFT, ALT)
    assert view.canvas.marks.edge == ("image", "stem", 0)


def test_plain_arrows_step_from_a_wire_to_its_ends_and_neighbours(selected, hand, asked):
    hand.key(RIGHT)
    assert selected.selection() == ("relu_1",)
    hand.key(RIGHT, ALT)
    hand.key(UP)
    assert selected.canvas.marks.edge == SKIP
    hand.key(RIGHT)
    assert selected.selection() == ("add_1",)
    assert selected.canvas.marks.edge is None


def test_top_down_the_arrows_turn_with_the_flow(view, hand):
    view.set_layout("top-down")
    hand.click("stem")
    hand.key(DOWN, ALT)
    assert view.canvas.marks.edge == STEM


def test_a_wire_has_a_name_for_screen_readers(view, hand):
    hand.click(middle(view, STEM))
    assert view.accessibleName() == "Edge from stem to relu_1, 8×8×16"
    hand.click(middle(view, SKIP))
    assert view.accessibleName() == "Edge from relu_1 to add_1, skip, FIFO 64 deep"


def test_a_wire_that_is_gone_is_not_selected_any_more(selected, asked):
    model = selected.model()
    selected.set_model(replace(model, edges=tuple(e for e in model.edges if e.key != STEM)))
    assert selected.canvas.marks.edge is None
    assert asked == [("edge_selected", None)]


def test_layers_selected_elsewhere_take_the_place_of_the_wire(selected):
    selected.set_selection(["classifier"])
    assert selected.canvas.marks.edge is None


def test_wires_of_a_folded_block_are_not_selected_and_that_is_said(view, hand, asked):
    model = view.model()
    view.set_model(replace(model, blocks=tuple(replace(b, folded=True) for b in model.blocks)))
    hand.click(middle(view, ("relu_1", "block:1", 0)))
    assert view.canvas.marks.edge is None
    assert view.overlays.reason.text() == "Unfold the block to select its wires."
    hand.key(Qt.Key.Key_Escape)
    assert view.overlays.reason.isHidden()


def loop(source, target):
    """Only layers named relu may be read into."""
    return None if target.startswith("relu") else "It would close a circle."


@pytest.fixture
def connecting(view, hand, asked):
    """A wire drawn by keyboard from the stem."""
    view.set_can_connect(loop)
    hand.click("stem")
    asked.clear()
    hand.key(Qt.Key.Key_C)
    return view


def test_c_aims_at_the_next_legal_layer_and_enter_connects(connecting, hand, asked):
    assert connecting.connecting.target == "relu_2"
    assert connecting.canvas.marks.preview.wire
    assert connecting.accessibleName().startswith("Enter connects stem to relu_2.")
    hand.key(Qt.Key.Key_Return)
    assert asked == [("connect_requested", "stem", "relu_2", 0)]
    assert connecting.connecting is None
    assert not connecting.canvas.marks.preview.wire


def test_a_wire_drawn_along_a_row_goes_round_the_layers_between(connecting, hand):
    hand.key("relu_3"[-1])
    assert connecting.connecting.target == "relu_3"
    layout = connecting.canvas.picture.layout
    wire = connecting.canvas.marks.preview.wire
    assert min(y for _, y in wire) < layout.boxes["block1_conv1"].y


def test_tab_goes_to_the_next_legal_layer_and_back(connecting, hand):
    hand.key(Qt.Key.Key_Tab)
    assert connecting.connecting.target == "relu_3"
    hand.key(Qt.Key.Key_Tab, SHIFT)
    assert connecting.connecting.target == "relu_2"
    assert connecting.hasFocus()


def test_arrows_reach_illegal_layers_and_the_reason_is_said(connecting, hand, asked):
    hand.key(RIGHT)
    assert connecting.connecting.target == "block1_conv2"
    assert connecting.overlays.reason.text() == "It would close a circle."
    assert connecting.accessibleName() == "Cannot connect stem to block1_conv2: It would close a circle."
    assert connecting.canvas.marks.preview.refused
    hand.key(Qt.Key.Key_Return)
    assert asked == []
    assert connecting.connecting is not None


def test_typing_finds_the_layer_to_connect(connecting, hand, asked):
    for letter in "relu_4":
        hand.key(letter)
    assert connecting.connecting.target == "relu_4"
    hand.key("x")
    assert connecting.overlays.reason.text() == "No layer is called “relu_4x”."
    hand.key(Qt.Key.Key_Backspace)
    hand.key(Qt.Key.Key_Return)
    assert asked == [("connect_requested", "stem", "relu_4", 0)]


def test_escape_cancels_the_wire_but_keeps_the_selection(connecting, hand, asked):
    hand.key(Qt.Key.Key_Escape)
    assert connecting.connecting is None
    assert connecting.selection() == ("stem",)
    assert connecting.overlays.reason.isHidden()
    assert asked == []


def test_a_press_of_the_mouse_ends_the_wire(connecting, hand, asked):
    hand.click("classifier")
    assert connecting.connecting is None
    assert ("connect_requested", "stem", "relu_2", 0) not in asked


def test_where_nothing_can_be_connected_that_is_said(view, hand):
    view.set_can_connect(lambda _source, _target: "No.")
    hand.click("stem")
    hand.key(Qt.Key.Key_C)
    assert view.connecting is None
    assert view.overlays.reason.text() == "No other layer can read stem."


def test_c_without_one_layer_says_what_is_missing(view, hand):
    view.set_selection(["stem", "classifier"])
    hand.key(Qt.Key.Key_C)
    assert view.connecting is None
    assert view.overlays.reason.text() == "Select one layer to connect from."
