"""The segmented control: mouse, keyboard, reasons, mixed values, spoken names."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QLineEdit, QToolTip, QVBoxLayout, QWidget

from widgets import theme
from widgets.controls import Segment, SegmentedControl

REASON = "9,216 products, limit 4,096"


@pytest.fixture
def holder(qtbot, light):
    """A window with a field and a control of three strategies; `unrolled` is chosen."""
    window = QWidget()
    qtbot.addWidget(window)
    window.field = QLineEdit()
    segments = [Segment(name.lower(), name) for name in ("Latency", "Resource", "Unrolled")]
    window.control = SegmentedControl(segments, "Strategy")
    window.control.set_value("unrolled")
    stack = QVBoxLayout(window)
    stack.addWidget(window.field)
    stack.addWidget(window.control)
    window.show()
    window.activateWindow()
    qtbot.waitActive(window)
    window.field.setFocus()
    return window


def _checked(control):
    return [name for name in ("latency", "resource", "unrolled") if control.button(name).isChecked()]


def test_a_click_chooses(qtbot, holder):
    with qtbot.waitSignal(holder.control.selected) as told:
        qtbot.mouseClick(holder.control.button("resource"), Qt.MouseButton.LeftButton)
    assert told.args == ["resource"]
    assert holder.control.value == "resource"
    assert _checked(holder.control) == ["resource"]


def test_a_click_on_the_chosen_one_says_nothing(qtbot, holder):
    with qtbot.assertNotEmitted(holder.control.selected):
        qtbot.mouseClick(holder.control.button("unrolled"), Qt.MouseButton.LeftButton)
    assert _checked(holder.control) == ["unrolled"]


def test_setting_a_value_says_nothing(qtbot, holder):
    with qtbot.assertNotEmitted(holder.control.selected):
        holder.control.set_value("latency")
    assert _checked(holder.control) == ["latency"]


def test_tab_enters_at_the_chosen_segment_and_leaves(qtbot, holder):
    qtbot.keyClick(holder.field, Qt.Key.Key_Tab)
    assert holder.control.button("unrolled").hasFocus()
    qtbot.keyClick(holder.control.button("unrolled"), Qt.Key.Key_Tab)
    assert holder.field.hasFocus()


@pytest.mark.parametrize(
    ("key", "wanted"),
    [
        (Qt.Key.Key_Left, "resource"),
        (Qt.Key.Key_Right, "latency"),
        (Qt.Key.Key_Home, "latency"),
        (Qt.Key.Key_Up, "resource"),
    ],
)
def test_arrows_choose_and_go_round(qtbot, holder, key, wanted):
    told = []
    holder.control.selected.connect(told.append)
    start = holder.control.button("unrolled")
    start.setFocus()
    qtbot.keyClick(start, key)
    assert told == [wanted]
    assert holder.control.button(wanted).hasFocus()


def test_the_focus_ring_follows_the_arrows_even_after_a_click(qtbot, holder):
    button = holder.control.button("unrolled")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.keyClick(button, Qt.Key.Key_Left)
    assert holder.testAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)


def test_a_segment_that_is_off_takes_focus_and_tells_why(qtbot, holder):
    holder.control.set_off("resource", REASON)
    with qtbot.assertNotEmitted(holder.control.selected):
        qtbot.mouseClick(holder.control.button("resource"), Qt.MouseButton.LeftButton)
        start = holder.control.button("unrolled")
        start.setFocus()
        qtbot.keyClick(start, Qt.Key.Key_Left)
    off = holder.control.button("resource")
    assert off.hasFocus()
    assert _checked(holder.control) == ["unrolled"]
    assert QToolTip.text() == f"Off: {REASON}"
    assert off.accessibleDescription() == f"Off: {REASON}"
    qtbot.keyClick(off, Qt.Key.Key_Space)
    assert _checked(holder.control) == ["unrolled"]
    QToolTip.hideText()


def test_a_segment_comes_back_on(qtbot, holder):
    holder.control.set_off("resource", REASON)
    holder.control.set_off("resource", "")
    qtbot.mouseClick(holder.control.button("resource"), Qt.MouseButton.LeftButton)
    assert holder.control.value == "resource"
    assert holder.control.button("resource").toolTip() == ""


def test_mixed_values_check_none_until_one_is_chosen(qtbot, holder):
    holder.control.set_mixed({"resource": 18, "unrolled": 2})
    assert _checked(holder.control) == []
    assert holder.control.button("resource").accessibleName() == "Resource, 18 selected"
    qtbot.mouseClick(holder.control.button("unrolled"), Qt.MouseButton.LeftButton)
    assert _checked(holder.control) == ["unrolled"]
    assert holder.control.button("resource").accessibleName() == "Resource"


def test_segments_are_radio_buttons_to_a_screen_reader(holder):
    spoken = QAccessible.queryAccessibleInterface(holder.control.button("resource"))
    assert spoken.role() == QAccessible.Role.RadioButton
    assert spoken.text(QAccessible.Text.Name) == "Resource"
    assert holder.control.accessibleName() == "Strategy"


def test_choosing_moves_nothing(qtbot, holder):
    before = [holder.control.button(name).geometry() for name in ("latency", "resource", "unrolled")]
    holder.control.set_value("latency")
    holder.control.layout().activate()
    assert [holder.control.button(name).geometry() for name in ("latency", "resource", "unrolled")] == before


def test_targets_are_large_enough(holder):
    for name in ("latency", "resource", "unrolled"):
        size = holder.control.button(name).size()
        assert min(size.width(), size.height()) >= theme.current().size("hitTargetMin")


def test_a_dead_control_answers_nothing(qtbot, holder):
    holder.control.setEnabled(False)
    with qtbot.assertNotEmitted(holder.control.selected):
        qtbot.mouseClick(holder.control.button("resource"), Qt.MouseButton.LeftButton)
