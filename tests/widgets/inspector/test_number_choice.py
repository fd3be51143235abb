"""The slider over legal values: what it emits, where it snaps, and that a drag is one gesture."""

import pytest
from PySide6.QtCore import QPoint, Qt

from tests.widgets.inspector.support import Log, show
from widgets.inspector.model import ChoiceView, SettingView, Tally
from widgets.inspector.settings_form import SettingsForm

VALUES = (1, 2, 3, 4, 6, 12)


def view(value, choices=VALUES):
    return SettingView("simd", "SIMD", "", (Tally(value, 1),), tuple(ChoiceView(each, str(each)) for each in choices))


@pytest.fixture
def form(qtbot):
    made = SettingsForm()
    made.set_settings((view(2),))
    return show(qtbot, made, 320, 60)


def test_keys_go_from_one_legal_value_to_the_next(form, qtbot):
    log = Log(form, "setting_changed")
    slider = form.field("simd").slider
    qtbot.keyClick(slider, Qt.Key.Key_Right)
    qtbot.keyClick(slider, Qt.Key.Key_End)
    assert log == [("setting_changed", "simd", 3), ("setting_changed", "simd", 12)]
    assert form.field("simd").value.text() == "12"
    form.set_settings((view(4),))
    assert (slider.value(), form.field("simd").value.text()) == (3, "4")


def test_a_drag_is_one_gesture(form, qtbot):
    log = Log(form, "gesture_started", "setting_changed", "gesture_finished", "gesture_cancelled")
    slider = form.field("simd").slider
    start = QPoint(slider.width() // 5, slider.height() // 2)
    qtbot.mousePress(slider, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(slider, QPoint(slider.width() - 2, start.y()))
    assert form.busy
    form.set_settings((view(12),))
    qtbot.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=QPoint(slider.width() - 2, start.y()))
    assert not form.busy
    names = [entry[0] for entry in log]
    assert names[0] == "gesture_started"
    assert names[-1] == "gesture_finished"
    assert log.last("setting_changed") == ("simd", 12)


def test_escape_takes_a_drag_back(form, qtbot):
    log = Log(form, "gesture_cancelled", "gesture_finished")
    slider = form.field("simd").slider
    start = QPoint(slider.width() // 5, slider.height() // 2)
    qtbot.mousePress(slider, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(slider, QPoint(slider.width() - 2, start.y()))
    qtbot.keyClick(slider, Qt.Key.Key_Escape)
    assert log == [("gesture_cancelled",)]


def test_few_values_stand_side_by_side_and_those_that_differ_are_mixed(form):
    form.set_settings((view(2, (1, 2)),))
    assert not hasattr(form.field("simd"), "slider")
    both = SettingView("simd", "SIMD", "", (Tally(1, 1), Tally(2, 1)), view(1).choices)
    form.set_settings((both,))
    assert form.field("simd").value.text() == "Mixed"
