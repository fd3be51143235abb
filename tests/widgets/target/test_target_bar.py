"""The target bar says what a person chose, and only that."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt

from engine.boards import all_boards
from engine.design import Requirement
from tests.samples import jet_tagger
from widgets.target import ADD_BOARD, TargetBar
from widgets.target.amounts import format_amount, parse_amount
from widgets.target.clock_panel import clock_text

_UNITS = {"ns": 1e-3, "µs": 1.0, "ms": 1e3}


@pytest.fixture
def bar(qtbot):
    bar = TargetBar(all_boards(), (("vitis", "hls4ml · Vitis HLS"), ("vivado", "hls4ml · Vivado HLS")))
    qtbot.addWidget(bar)
    bar.show_design(jet_tagger())
    bar.show()
    return bar


def test_showing_a_design_chooses_nothing(bar, qtbot):
    with qtbot.assertNotEmitted(bar.board_chosen), qtbot.assertNotEmitted(bar.clock_chosen):
        bar.show_design(replace(jet_tagger(), requirement=Requirement(2.0, 1e6)))
    assert bar.board.currentText() == "PYNQ-Z2"
    assert bar.requirement.currentText() == "≤ 2 µs · ≥ 1 M/s"


def test_a_board_is_chosen_by_keyboard(bar, qtbot):
    bar.board.setFocus()
    with qtbot.waitSignal(bar.board_chosen) as chosen:
        qtbot.keyClick(bar.board, Qt.Key.Key_Down)
    assert chosen.args[0] not in ("pynq-z2", ADD_BOARD)


def test_the_clock_is_typed_as_frequency(bar, qtbot):
    bar.clock.showPopup()
    field = bar._clock_panel._frequency
    field.setFocus()
    field.selectAll()
    with qtbot.waitSignal(bar.clock_chosen) as chosen:
        qtbot.keyClicks(field, "200")
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert chosen.args == [5.0]
    bar.clock.hidePopup()


def test_an_unreadable_requirement_is_marked_and_not_chosen(bar, qtbot):
    bar.requirement.showPopup()
    field = bar._requirement_panel._latency
    with qtbot.assertNotEmitted(bar.requirement_chosen):
        qtbot.keyClicks(field, "soon")
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert "number and a unit" in field.toolTip()
    field.clear()
    qtbot.keyClicks(field, "1,500 ns")
    with qtbot.waitSignal(bar.requirement_chosen) as chosen:
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert chosen.args == [Requirement(1.5, None)]
    bar.requirement.hidePopup()


def test_clock_text():
    assert clock_text(10) == "10.0 ns · 100 MHz"
    assert clock_text(6.67) == "6.67 ns · 149.9 MHz"


@given(st.floats(1e-3, 1e6))
def test_amounts_survive_being_written(value):
    assert parse_amount(format_amount(value, _UNITS), _UNITS) == pytest.approx(value, rel=1e-5)
