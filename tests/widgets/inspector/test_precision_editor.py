"""Types edited as text, by handles, by keys and from a mixed selection."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible, QKeyEvent
from PySide6.QtWidgets import QApplication

from engine.precision import FixedType, Overflow, Rounding, parse
from tests.widgets.inspector import views
from tests.widgets.inspector.support import GESTURES, Log, Mouse, hold_key, show, turn_wheel
from widgets.inspector import PrecisionEditor, Tally

RIGHT = Qt.Key.Key_Right
LEFT = Qt.Key.Key_Left


@pytest.fixture
def editor(qtbot):
    editor = PrecisionEditor()
    editor.set_roles(views.roles(), "kind.conv", "block2_conv2")
    return show(qtbot, editor, 320, 400)


@pytest.fixture
def log(editor):
    return Log(editor, *GESTURES, "precision_changed", "reset_requested", "spread_requested")


def grab(handle):
    """Take hold of a handle in its middle; positions are those of the canvas."""
    return Mouse(handle, handle.parentWidget(), handle.geometry().center())


def types(log):
    return [str(entry[2]) for entry in log if entry[0] == "precision_changed"]


def test_dragging_the_right_handle_adds_and_drops_fraction_bits(editor, log):
    handle = editor.bits.fraction_handle
    x = handle.geometry().center().x()
    mouse = grab(handle).to(x + 48)
    assert types(log)[-1] == "ap_fixed<10,3>"
    assert editor.field.text() == "ap_fixed<10,3>"
    mouse.to(x - 24).release()
    assert types(log)[-1] == "ap_fixed<7,3>"
    assert (log.names[0], log.names[-1]) == ("gesture_started", "gesture_finished")
    assert log.names.count("gesture_started") == log.names.count("gesture_finished") == 1


def test_dragging_the_left_handle_adds_and_drops_integer_bits(editor, log):
    handle = editor.bits.integer_handle
    x = handle.geometry().center().x()
    mouse = grab(handle).to(x + 48)
    assert types(log)[-1] == "ap_fixed<6,1>"
    mouse.to(x - 24).release()
    assert types(log)[-1] == "ap_fixed<9,4>"
    assert all(entry[1] == "weight" for entry in log if entry[0] == "precision_changed")


def test_the_handle_stays_under_the_mouse(editor):
    handle = editor.bits.fraction_handle
    x = handle.geometry().center().x()
    mouse = grab(handle).to(x + 72)
    assert abs(handle.geometry().center().x() - (x + 72)) <= 1
    mouse.release()


def test_escape_takes_a_drag_back(editor, log, qtbot):
    handle = editor.bits.fraction_handle
    mouse = grab(handle).to(handle.geometry().center().x() + 48)
    qtbot.keyClick(handle, Qt.Key.Key_Escape)
    assert log.names[-1] == "gesture_cancelled"
    assert editor.field.text() == "ap_fixed<8,3>"
    assert editor.bits.type == parse("ap_fixed<8,3>")
    changes = len(log)
    mouse.to(200)
    mouse.release()
    assert len(log) == changes


def test_pressing_a_handle_without_moving_it_is_no_gesture(editor, log):
    grab(editor.bits.fraction_handle).release()
    assert log == []


def test_arrows_move_a_handle_by_one_bit(editor, log, qtbot):
    editor.bits.fraction_handle.setFocus()
    qtbot.keyClick(editor.bits.fraction_handle, RIGHT)
    qtbot.keyClick(editor.bits.fraction_handle, LEFT)
    qtbot.keyClick(editor.bits.integer_handle, LEFT)
    qtbot.keyClick(editor.bits.integer_handle, Qt.Key.Key_Down)
    assert types(log) == ["ap_fixed<9,3>", "ap_fixed<8,3>", "ap_fixed<9,4>", "ap_fixed<8,3>"]
    assert log.names.count("gesture_finished") == 4


def test_a_key_held_down_is_one_gesture(editor, log):
    editor.bits.fraction_handle.setFocus()
    hold_key(editor.bits.fraction_handle, RIGHT, 5)
    assert types(log)[-1] == "ap_fixed<13,3>"
    assert log.names.count("gesture_started") == log.names.count("gesture_finished") == 1


def test_escape_takes_held_keys_back_and_is_otherwise_left_to_the_window(editor, log, qtbot):
    handle = editor.bits.fraction_handle
    handle.setFocus()
    qtbot.keyPress(handle, RIGHT)
    qtbot.keyPress(handle, Qt.Key.Key_Escape)
    qtbot.keyRelease(handle, RIGHT)
    assert log.names == ["gesture_started", "precision_changed", "gesture_cancelled"]
    assert editor.bits.type == FixedType(8, 3)
    escape = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)
    handle.keyPressEvent(escape)
    assert not escape.isAccepted()


def test_the_focus_ends_a_held_key(editor, log, qtbot):
    editor.bits.fraction_handle.setFocus()
    qtbot.keyPress(editor.bits.fraction_handle, RIGHT)
    editor.field.setFocus()
    assert log.names[-1] == "gesture_finished"


def test_hiding_the_bits_ends_a_drag(editor, log):
    handle = editor.bits.fraction_handle
    mouse = grab(handle).to(handle.geometry().center().x() + 24)
    editor.hide()
    assert log.names[-1] == "gesture_finished"
    mouse.to(300)
    assert log.names[-1] == "gesture_finished"


def test_the_window_keeps_no_shortcut_from_a_handle(editor):
    handle = editor.bits.fraction_handle
    for key, wanted in ((Qt.Key.Key_Left, True), (Qt.Key.Key_Up, True), (Qt.Key.Key_R, False)):
        event = QKeyEvent(QEvent.Type.ShortcutOverride, key, Qt.KeyboardModifier.NoModifier)
        event.ignore()
        QApplication.sendEvent(handle, event)
        assert event.isAccepted() is wanted


def test_a_drag_goes_on_through_new_views(editor, log):
    handle = editor.bits.fraction_handle
    x = handle.geometry().center().x()
    editor.precision_changed.connect(
        lambda _role, type_: editor.set_roles(views.roles(str(type_)), "kind.conv", "block2_conv2")
    )
    mouse = grab(handle)
    for bits in (1, 2, 3):
        mouse.to(x + 24 * bits)
    assert types(log) == ["ap_fixed<9,3>", "ap_fixed<10,3>", "ap_fixed<11,3>"]
    mouse.release()
    assert editor.field.text() == "ap_fixed<11,3>"


def test_another_selection_ends_a_drag(editor, log):
    handle = editor.bits.fraction_handle
    mouse = grab(handle).to(handle.geometry().center().x() + 24)
    editor.set_roles(views.roles("ap_fixed<6,2>"), "kind.conv", "other")
    assert log.names[-1] == "gesture_finished"
    mouse.to(300)
    mouse.release()
    assert log.names[-1] == "gesture_finished"
    assert editor.field.text() == "ap_fixed<6,2>"


def test_a_type_is_typed(editor, log, qtbot):
    editor.field.selectAll()
    qtbot.keyClicks(editor.field, "ufixed<6,0>")
    qtbot.keyClick(editor.field, Qt.Key.Key_Return)
    assert log == [("precision_changed", "weight", FixedType(6, 0, signed=False))]


def test_a_text_that_is_no_type_is_marked_and_changes_nothing(editor, log, qtbot):
    editor.field.selectAll()
    qtbot.keyClicks(editor.field, "ap_fixed<8>")
    qtbot.keyClick(editor.field, Qt.Key.Key_Return)
    assert log == []
    assert editor.field.property("invalid")
    assert "number of integer bits" in editor.reason.text()
    assert editor.reason.isVisible()
    editor.set_roles(views.roles(), "kind.conv", "block2_conv2")
    assert editor.field.text() == "ap_fixed<8>", "what is being typed is left alone"
    qtbot.keyClick(editor.field, Qt.Key.Key_Escape)
    assert editor.field.text() == "ap_fixed<8,3>"
    assert not editor.reason.isVisible()


def test_the_same_type_in_another_spelling_is_no_change(editor, log, qtbot):
    editor.field.selectAll()
    qtbot.keyClicks(editor.field, "fixed<8,3>")
    qtbot.keyClick(editor.field, Qt.Key.Key_Return)
    assert log == []
    assert editor.field.text() == "ap_fixed<8,3>"


def test_half_typed_text_goes_with_its_layer(editor, qtbot):
    editor.field.selectAll()
    qtbot.keyClicks(editor.field, "ap_fi")
    editor.set_roles(views.roles("ap_fixed<6,2>"), "kind.conv", "other")
    assert editor.field.text() == "ap_fixed<6,2>"


def test_modes_are_chosen_by_keyboard(editor, log, qtbot):
    editor.modes.rounding.setFocus()
    qtbot.keyClick(editor.modes.rounding, Qt.Key.Key_End)
    assert log.last("precision_changed")[1].rounding is Rounding.RND_CONV
    qtbot.keyClick(editor.modes.overflow, Qt.Key.Key_Down)
    assert log.last("precision_changed")[1].overflow is Overflow.SAT
    assert _offered(editor.modes.rounding) == set(Rounding)
    assert _offered(editor.modes.overflow) == set(Overflow)


def _offered(combo):
    return {combo.itemData(place) for place in range(combo.count())}


def test_sign_magnitude_is_off_without_a_sign(editor):
    editor.set_roles(views.roles("ap_ufixed<8,0>"), "kind.conv", "block2_conv2")
    overflow = editor.modes.overflow
    item = overflow.model().item(overflow.findData("WRAP_SM"))
    assert not item.isEnabled()
    assert item.toolTip() == "Off: it needs a sign bit."


def test_tabs_open_roles_by_keyboard(editor, log, qtbot):
    tabs = editor.tabs.control
    qtbot.keyClick(tabs.button("weight"), RIGHT)
    assert editor.role.role == "bias"
    assert editor.field.text() == "ap_fixed<8,3>"
    assert log == []


def test_many_roles_drop_down_and_one_needs_no_tab(editor):
    keys = ("depthwise", "pointwise", "bias", "depthwise_accum", "pointwise_accum", "result")
    editor.set_roles(tuple(views.role(key, key, ("ap_fixed<8,3>", 1)) for key in keys), "kind.conv", "separable")
    assert editor.tabs.control.count() == 6
    editor.set_roles(views.roles()[3:], "kind.conv", "relu")
    assert not editor.tabs.isVisible()
    assert editor.role.role == "result"


def test_a_mixed_selection_lists_its_types_and_gives_one_to_all(editor, log, qtbot):
    editor.set_roles(views.several().precision, "accent", "many")
    assert editor.field.text() == ""
    assert editor.field.placeholderText() == "Mixed"
    assert not editor.bits.isVisible()
    row = editor.mixed._rows[1]
    assert row.accessibleName() == "ap_fixed<6,2>, 6 of 20 layers"
    qtbot.mouseClick(row._use, Qt.MouseButton.LeftButton)
    assert log == [("precision_changed", "weight", FixedType(6, 2))]


def test_more_types_than_rows_are_counted(editor):
    types = tuple((f"ap_fixed<{width},3>", 1) for width in range(4, 20))
    editor.set_roles((views.role("weight", "Weights", *types),), "accent", "many")
    assert editor.mixed._more.text() == "and 10 more types in 10 layers"


def test_automatic_types_are_set_by_dragging_from_what_the_converter_makes(editor, log):
    editor.show_role("result")
    assert editor.field.text() == "auto"
    assert "ap_fixed<9,3>" in editor.note.text()
    handle = editor.bits.fraction_handle
    grab(handle).to(handle.geometry().center().x() - 2 * editor.bits.scale().column).release()
    assert log.last("precision_changed") == ("result", FixedType(7, 3))


def test_automatic_types_that_are_not_known_can_be_typed(editor, log, qtbot):
    role = replace(views.roles()[3], built=None)
    editor.set_roles((role,), "accent", "unknown")
    assert not editor.bits.isVisible()
    assert not editor.modes.isVisible()
    editor.field.selectAll()
    qtbot.keyClicks(editor.field, "ap_int<4>")
    qtbot.keyClick(editor.field, Qt.Key.Key_Return)
    assert log.last("precision_changed") == ("result", FixedType(4, 4))


@pytest.mark.parametrize(
    ("spelling", "way"),
    [("ap_fixed<32,16>", -60), ("ap_fixed<64,20>", -60), ("ap_fixed<1024,12>", -60), ("ap_ufixed<1,-8>", 60)],
)
def test_types_of_any_width_have_both_handles_in_sight_and_can_be_dragged(editor, log, spelling, way):
    editor.set_roles((replace(views.roles()[0], types=(Tally(parse(spelling), 1),)),), "kind.conv", spelling)
    before = editor.bits.type
    for handle in (editor.bits.integer_handle, editor.bits.fraction_handle):
        assert editor.bits.rect().contains(handle.geometry().center())
    handle = editor.bits.fraction_handle
    x = handle.geometry().center().x()
    bits = editor.bits.scale().bits(way)
    grab(handle).to(x + way).release()
    assert log.last("precision_changed")[1].width == before.width + bits
    assert log.last("precision_changed")[1].integer == before.integer


def test_dragging_past_the_edge_scrolls_the_bits(editor, log):
    handle = editor.bits.fraction_handle
    mouse = grab(handle).to(320 + 240)
    assert editor.bits.type.width > 16
    assert editor.bits.rect().contains(handle.geometry().center())
    mouse.release()


def test_reset_and_spread(editor, log, qtbot):
    qtbot.mouseClick(editor.tools.reset, Qt.MouseButton.LeftButton)
    editor.tools.menu.actions()[0].trigger()
    assert log == [("reset_requested", "weight"), ("spread_requested", "weight", "kind")]
    editor.show_role("bias")
    assert not editor.tools.reset.isEnabled()
    assert editor.tools.reset.toolTip() == "Off: nothing to reset, it is inherited from the design"


def test_a_role_that_is_off_says_why(editor):
    editor.set_roles((replace(views.roles()[0], off="the quantiser decides"),), "accent", "off")
    assert not editor.field.isEnabled()
    assert not editor.bits.integer_handle.isEnabled()
    assert editor.note.text() == "Off: the quantiser decides"
    assert editor.note.isVisible()


def test_the_readings(editor):
    facts = {fact.label: fact.value for fact in editor.readings.facts}
    assert facts["Range"] == "−4 to 3.969"
    assert facts["Step"] == "0.03125"
    assert facts["Overflow"] == "none"
    assert facts["Signal to noise"].endswith("dB")


def test_screen_readers_hear_role_name_and_value(editor):
    handle = QAccessible.queryAccessibleInterface(editor.bits.integer_handle)
    assert handle.role() == QAccessible.Role.Slider
    assert handle.text(QAccessible.Text.Name) == "Integer bits"
    assert handle.valueInterface().currentValue() == 3
    assert "8 bits, 3 integer bits and 5 fraction bits, 2 unused" in editor.bits.accessibleName()
    assert editor.readings.accessibleName().startswith("Range −4 to 3.969")


def test_assistive_technology_can_set_the_bits(editor, log):
    QAccessible.queryAccessibleInterface(editor.bits.integer_handle).valueInterface().setCurrentValue(2)
    assert log.last("precision_changed") == ("weight", FixedType(7, 2))
    assert log.names[-1] == "gesture_finished"


def test_the_wheel_leaves_handles_and_closed_lists_alone(editor, log):
    editor.field.setFocus()
    for widget in (editor.bits.integer_handle, editor.modes.rounding):
        turn_wheel(widget)
    assert log == []
