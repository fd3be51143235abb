"""A board is added by typing it, and never saved while something is wrong."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog

from app.dialogs.board_dialog import BoardDialog
from app.dialogs.board_draft import COMMON
from app.dialogs.glossary_dialog import GlossaryDialog
from engine.boards import all_boards, board, save_board
from engine.boards.value import Origin


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "boards"


@pytest.fixture
def dialog(shown, folder):
    return shown(BoardDialog(board("pynq-z2"), folder))


def _type(dialog, qtbot, path, text):
    edit = dialog.form.edit(path)
    edit.setFocus()
    edit.selectAll()
    qtbot.keyClicks(edit, text)


def test_a_copy_is_changed_and_saved(dialog, qtbot, folder):
    _type(dialog, qtbot, ("name",), "My Board 2")
    assert dialog.form.edit(("id",)).text() == "my-board-2"
    _type(dialog, qtbot, ("resources", "DSP", "count"), "300")
    qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    assert dialog.result() == QDialog.DialogCode.Accepted
    saved = board("my-board-2", folder)
    assert saved == dialog.board
    assert saved.origin is Origin.USER
    assert {supply.unit.name: supply.count for supply in saved.resources}["DSP"] == 300


def test_an_id_of_ones_own_does_not_follow_the_name(dialog, qtbot):
    _type(dialog, qtbot, ("id",), "mine")
    _type(dialog, qtbot, ("name",), "Another")
    assert dialog.form.edit(("id",)).text() == "mine"


def test_a_mistake_is_told_at_its_field_as_soon_as_it_is_made(dialog, qtbot):
    clock = dialog.form.field(("clock", "ns"))
    assert clock.error == ""
    _type(dialog, qtbot, ("clock", "ns"), "10,5")
    assert clock.error == "Must be a number, such as 1,200 or 10.5."
    assert clock.control.accessibleDescription().startswith("Error: ")
    assert clock.control.property("invalid") == "true"
    _type(dialog, qtbot, ("clock", "ns"), "5")
    assert clock.error == ""
    assert clock.control.accessibleDescription() == "200 MHz"


def test_an_empty_form_complains_only_when_it_is_to_be_saved(shown, qtbot, folder):
    dialog = shown(BoardDialog(None, folder))
    name = dialog.form.field(("name",))
    assert name.error == ""
    dialog.form.edit(("url",)).setFocus()
    qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    assert dialog.isVisible()
    assert dialog.board is None
    assert name.error == "Must not be empty."
    assert dialog.form.field(COMMON).error == "Must not be empty."
    assert dialog.focusWidget() is dialog.form.edit(("name",))
    assert not folder.exists()


def test_another_family_has_other_resources(dialog, qtbot):
    family = dialog.form.family
    family.setCurrentIndex(family.findData("ecp5"))
    rows = {path[1] for path in dialog.form.draft() if path[0] == "resources"}
    assert rows == {"LUT4", "FF", "DSP", "EBR"}
    assert dialog.form.edit(("resources", "FF", "count")).text() == "106,400"
    qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    assert dialog.form.field(("resources", "LUT4", "count")).error == "Must give a count of LUT4 above 0."


def test_a_built_in_id_is_refused(dialog, qtbot, folder):
    _type(dialog, qtbot, ("id",), "arty-a7-35t")
    qtbot.keyClick(dialog.form.edit(("id",)), Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert "taken" in dialog.form.field(("id",)).error


def test_ones_own_board_is_changed_in_place(dialog, qtbot, shown, folder):
    _type(dialog, qtbot, ("name",), "Mine")
    assert dialog.save.text() == "Add board"
    dialog.accept()
    again = shown(BoardDialog(dialog.board, folder))
    assert again.start.currentText() == "Mine"
    assert again.save.text() == "Replace board"
    _type(again, qtbot, ("part",), "xc7z010clg400-1")
    again.accept()
    own = [each for each in all_boards(folder) if each.origin is Origin.USER]
    assert [(each.id, each.part) for each in own] == [("mine", "xc7z010clg400-1")]


def test_a_folder_that_cannot_be_written_is_told_and_nothing_is_lost(shown, qtbot, tmp_path):
    (tmp_path / "boards").write_text("a file in the way")
    dialog = shown(BoardDialog(board("pynq-z2"), tmp_path / "boards"))
    qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    assert dialog.isVisible()
    assert dialog.notice.isVisible()
    assert "cannot be written" in dialog.notice.accessibleName()
    assert dialog.form.edit(("name",)).text() == "PYNQ-Z2 copy"


def test_f1_explains_the_resource_that_has_the_keyboard(dialog, qtbot):
    dialog.form.edit(("resources", "DSP", "count")).setFocus()
    qtbot.keyClick(dialog, Qt.Key.Key_F1)
    glossary = dialog.findChild(GlossaryDialog)
    assert glossary.isVisible()
    assert glossary.title.text() == "DSP"
    glossary.close()


def test_choosing_a_start_fills_the_form(dialog, qtbot):
    dialog.start.setFocus()
    dialog.start.setCurrentIndex(dialog.start.findText("ULX3S-85F"))
    assert dialog.form.edit(("name",)).text() == "ULX3S-85F copy"
    dialog.accept()
    assert dialog.board.family is board("ulx3s-85f").family


def test_a_board_with_an_unreadable_neighbour_can_still_be_added(shown, folder):
    save_board(folder, board_named("one"))
    (folder / "broken.toml").write_text("id = 3")
    dialog = shown(BoardDialog(board("pynq-z2"), folder))
    dialog.accept()
    assert {each.id for each in all_boards(folder) if each.origin is Origin.USER} == {"one", "pynq-z2-copy"}


def board_named(board_id):
    from dataclasses import replace

    return replace(board("kv260"), id=board_id, origin=Origin.USER)
