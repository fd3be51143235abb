"""The keyboard reaches everything: palette, overlays, docks, layers."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDockWidget

from app.palette import palette_entries
from app.presenters.canvas import OVERLAYS
from engine.design import REUSE_FACTOR
from tests.end_to_end.hand import CTRL, SHIFT


def typed_in_palette(hand, qtbot, text):
    hand.key(Qt.Key.Key_K, CTRL)
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None)
    hand.type(text)


def test_a_command_is_found_by_typing_and_run(window, hand, qtbot):
    typed_in_palette(hand, qtbot, "overlay cyc")
    hand.key(Qt.Key.Key_Return)
    assert QApplication.activePopupWidget() is None
    assert window.workspace.view.overlay == "Cycles"


def test_a_layer_is_found_by_typing_and_selected(window, hand, qtbot):
    typed_in_palette(hand, qtbot, "block2_skip")
    hand.key(Qt.Key.Key_Return)
    assert window.workspace.selection.names == ("block2_skip",)
    assert window.inspector.view.header.title == "block2_skip"


def test_a_command_that_is_off_says_why_and_does_nothing(window, hand, qtbot):
    typed_in_palette(hand, qtbot, "delete and reconnect")
    hand.key(Qt.Key.Key_Return)
    popup = QApplication.activePopupWidget()
    assert popup is not None
    hand.key(Qt.Key.Key_Escape)
    assert QApplication.activePopupWidget() is None
    assert not window.workspace.document.modified
    assert "Off: select a layer first" in window.commands.action("edit.delete").toolTip()


@pytest.mark.parametrize(("number", "overlay"), list(enumerate(OVERLAYS, start=1)))
def test_numbers_choose_the_overlay(window, hand, number, overlay):
    hand.click_layer("stem")
    window.workspace.view.set_overlay("Cycles" if overlay != "Cycles" else "LUT")
    hand.key(Qt.Key(Qt.Key.Key_0 + number))
    assert window.workspace.view.overlay == overlay
    assert window.panels.centre.overlay.value == overlay


def focused_dock():
    widget = QApplication.focusWidget()
    while widget is not None and not isinstance(widget, QDockWidget):
        widget = widget.parentWidget()
    return widget


def test_f6_walks_through_the_panels_and_back(window, hand):
    window.canvas.setFocus()
    visited = []
    for _ in range(8):
        hand.key(Qt.Key.Key_F6)
        dock = focused_dock()
        visited.append(dock.objectName() if dock else "canvas")
    assert {"dock.inspector", "dock.budget"} <= set(visited)
    here = visited[-1]
    hand.key(Qt.Key.Key_F6)
    hand.key(Qt.Key.Key_F6, SHIFT)
    dock = focused_dock()
    assert (dock.objectName() if dock else "canvas") == here


def test_arrows_walk_along_the_edges(window, hand):
    hand.click_layer("stem")
    hand.key(Qt.Key.Key_Right)
    hand.key(Qt.Key.Key_Right)
    assert window.workspace.selection.names == ("block1_conv1",)
    hand.key(Qt.Key.Key_Left, SHIFT)
    assert set(window.workspace.selection.names) == {"block1_conv1", "stem_relu"}


def test_a_reuse_factor_is_set_without_the_mouse(window, hand, qtbot):
    typed_in_palette(hand, qtbot, "stem")
    hand.key(Qt.Key.Key_Return)
    hand.key(Qt.Key.Key_R)
    field = window.inspector.reuse.field
    assert field.hasFocus()
    legal = window.inspector.reuse.track.view.legal
    wanted = next(value for value in legal if value != window.inspector.reuse.track.view.value)
    field.selectAll()
    hand.type(str(wanted))
    hand.key(Qt.Key.Key_Return)
    assert window.workspace.document.design.of_layer("stem").get(REUSE_FACTOR) == wanted


def test_a_reuse_factor_is_for_layers_that_all_have_one(window):
    reuse, selection = window.commands["network.reuse"], window.workspace.selection
    selection.set(["stem", "block1_conv1"])
    assert reuse.off() == ""
    selection.set(["stem", "stem_relu"])
    assert reuse.off() == "not all that is selected has a reuse factor"
    selection.set([])
    assert reuse.off() == "select a layer first"


def test_letters_typed_into_a_field_are_no_shortcuts(window, hand):
    hand.click_layer("stem")
    hand.key(Qt.Key.Key_P)
    layers = len(window.workspace.document.design.network.layers)
    window.inspector.precision.field.selectAll()
    hand.type("fag1")
    assert window.inspector.precision.field.text() == "fag1"
    assert QApplication.activePopupWidget() is None
    hand.key(Qt.Key.Key_Escape)
    assert len(window.workspace.document.design.network.layers) == layers


def test_every_command_has_a_name_and_shortcuts_are_unique(window):
    used = [window.commands.shortcut(command.id) for command in window.commands]
    used = [keys for keys in used if keys]
    assert len(used) == len(set(used))
    assert all(command.title for command in window.commands)


@pytest.mark.parametrize(
    ("typed", "changed"),
    [
        ("board pynq-z2", lambda target: target.board.id == "pynq-z2"),
        ("flow vivado hls", lambda target: target.flow == "vivado"),
        ("interface parallel", lambda target: target.io_type == "io_parallel"),
        ("clock: 5", lambda target: target.clock_ns == 5.0),
    ],
)
def test_the_palette_chooses_the_target(window, hand, qtbot, typed, changed):
    assert not changed(window.workspace.document.design.target)
    typed_in_palette(hand, qtbot, typed)
    hand.key(Qt.Key.Key_Return)
    assert changed(window.workspace.document.design.target)
    assert window.workspace.document.undo_stack.count() == 1


def test_the_palette_says_why_a_board_or_a_flow_is_off(window):
    off = {entry.id: entry.off for entry in palette_entries(window)}
    assert "builds for AMD parts only" in off["board:ulx3s-85f"]
    assert off["board:pynq-z2"] == ""
    assert off["flow:vivado"] == ""
    window.workspace.settings.set_flow("vivado_accelerator")
    off = {entry.id: entry.off for entry in palette_entries(window)}
    assert "no accelerator shell for Basys 3" in off["board:basys-3"]
    window.workspace.document.undo_stack.undo()
    details = {entry.id: entry.detail for entry in palette_entries(window)}
    assert [each for each in details if details[each].startswith("in use")] == [
        "board:zcu104",
        "flow:vitis",
        "io:io_stream",
        "clock:10.0",
        "theme:light",
    ]


def test_the_palette_changes_the_theme_and_opens_files(studio, window, hand, qtbot, tmp_path):
    window.workspace.edits.rename("stem", "first")  # an untouched window would give way to the example
    typed_in_palette(hand, qtbot, "theme dark")
    hand.key(Qt.Key.Key_Return)
    assert studio.preferences.theme == "dark"
    typed_in_palette(hand, qtbot, "example jet")
    hand.key(Qt.Key.Key_Return)
    assert {each.workspace.document.design.name for each in studio.windows} == {"digits_resnet", "jet_tagger"}
    gone = tmp_path / "gone.codesign"
    studio.prefer(studio.preferences.with_recent(gone))
    recent = [entry for entry in palette_entries(window) if entry.group == "Recent files"]
    assert [(entry.title, entry.off) for entry in recent] == [("Open recent: gone.codesign", "the file has moved")]


def test_every_entry_has_an_id_of_its_own(window):
    ids = [entry.id for entry in palette_entries(window)]
    assert len(ids) == len({*ids})
