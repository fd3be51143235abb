"""Steps and computer are chosen; what cannot be chosen says why and what to do."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel

from app.controllers.tool_runs import ToolRuns
from app.dialogs.explain import term_of
from app.dialogs.synthesise_dialog import SynthesiseDialog
from app.preferences import Preferences
from engine.boards import board
from engine.computers import Computer
from engine.flows.registry import flow
from tests.engine.flows.hls4ml.synthesis_jobs import BARE_PATH, STANDINS
from tests.samples import jet_tagger
from widgets.help import tool_tip

LEFT = Qt.MouseButton.LeftButton
BUILD, BROKEN = Computer("build-1", host="ada@build"), Computer("broken", host="-x")


class Opened:
    """A dialog on preferences that may change while it is open."""

    def __init__(self, shown, flow_id, preferences, board_id):
        self.preferences = preferences
        self.edit = lambda: None
        design = jet_tagger()
        design = replace(design, target=replace(design.target, flow=flow_id, board=board(board_id)))
        offer = next(offer for offer in flow(flow_id).jobs(design) if offer.action == "synthesise")
        tools = ToolRuns(lambda: self.preferences)
        self.dialog = shown(SynthesiseDialog(offer, tools, lambda _dialog: self.edit()))


@pytest.fixture
def opened(shown, monkeypatch):
    def open_it(flow_id="vitis", path=STANDINS, board_id="pynq-z2", **preferences):
        monkeypatch.setenv("PATH", f"{path}:{BARE_PATH}" if path else BARE_PATH)
        return Opened(shown, flow_id, Preferences(**preferences), board_id)

    return open_it


def test_the_last_choices_are_shown_and_others_made_by_keyboard(opened, qtbot):
    dialog = opened(computers=(BUILD,), synthesis_steps=("export",), synthesis_place="build-1").dialog
    assert (dialog.steps, dialog.place) == (("export",), "build-1")
    box = dialog.step_rows["logic_synthesis"].button
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Space)
    radio = dialog.place_rows["build-1"].button
    radio.setFocus()
    qtbot.waitUntil(radio.hasFocus)
    qtbot.keyClick(radio, Qt.Key.Key_Up)
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert (dialog.steps, dialog.place) == (("logic_synthesis", "export"), "")


def test_c_synthesis_cannot_be_left_out(opened, qtbot):
    dialog = opened().dialog
    box = dialog.step_rows["c_synthesis"].button
    assert box.isChecked()
    assert not box.isEnabled()
    assert dialog.steps == ()


def test_only_what_the_flow_offers_is_shown(opened):
    assert list(opened("quartus").dialog.step_rows) == ["c_synthesis", "logic_synthesis"]


def test_a_flow_that_brings_its_tools_runs_here(opened, qtbot):
    dialog = opened("rtl", path=None, board_id="ulx3s-85f", computers=(BUILD,)).dialog
    assert list(dialog.place_rows) == [""]
    assert dialog.start.isEnabled()
    assert not dialog.computers.isVisible()
    box = dialog.step_rows["place_and_route"].button
    qtbot.mouseClick(box, LEFT, pos=box.rect().center())
    assert (dialog.steps, dialog.place) == (("place_and_route",), "")


def test_why_there_is_no_co_simulation_is_said(opened):
    labels = [label.text() for label in opened().dialog.findChildren(QLabel)]
    assert any(text.startswith("Co-simulation is not offered: ") for text in labels)


def test_a_place_without_the_tool_says_why_and_is_passed_over(opened):
    dialog = opened(path=None, computers=(BROKEN, BUILD)).dialog
    here = dialog.place_rows[""]
    assert not here.button.isEnabled()
    assert here.note.text() == "Vitis HLS was not found; name its folder in Preferences, Tools."
    assert not dialog.place_rows["broken"].button.isEnabled()
    assert "'-x' is not the name of a computer." in dialog.place_rows["broken"].note.text()
    assert dialog.place == "build-1"


def test_where_nothing_can_run_the_way_to_a_computer_is_one_click(opened, qtbot):
    opened = opened(path=None)
    dialog = opened.dialog
    assert not dialog.start.isEnabled()
    opened.edit = lambda: setattr(opened, "preferences", replace(opened.preferences, computers=(BUILD,)))
    qtbot.mouseClick(dialog.computers, LEFT)
    assert dialog.place == "build-1"
    assert dialog.start.isEnabled()
    opened.edit = lambda: setattr(opened, "preferences", replace(opened.preferences, computers=()))
    qtbot.mouseClick(dialog.computers, LEFT)
    assert not dialog.start.isEnabled()


def test_f1_explains_the_step_that_has_the_keyboard(opened, qtbot):
    dialog = opened().dialog
    for key, row in dialog.step_rows.items():
        assert term_of(row.button) == key
        assert row.toolTip() == tool_tip(key) != ""


def test_controls_speak_for_themselves(opened):
    dialog = opened(computers=(BUILD,)).dialog
    for row in (*dialog.step_rows.values(), *dialog.place_rows.values()):
        assert row.button.text()
        assert row.note.text() in row.button.accessibleDescription()
