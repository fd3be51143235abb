"""Reuse factors: the slider knows legal values only."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible

from engine.flows.factors import nearest
from engine.flows.hls4ml.rules import legal_reuse_factors
from tests.widgets.inspector import views
from tests.widgets.inspector.support import GESTURES, Log, Mouse, hold_key, show, turn_wheel
from widgets.inspector import ReuseSlider, ReuseView, Tally
from widgets.inspector.reuse_axis import ReuseAxis
from widgets.inspector.reuse_sizes import rail_y
from widgets.inspector.reuse_words import explained

SHIFT = Qt.KeyboardModifier.ShiftModifier
LEGAL = st.builds(legal_reuse_factors, st.integers(2, 400), st.integers(1, 400))


@pytest.fixture
def slider(qtbot):
    slider = ReuseSlider()
    slider.set_view(views.reuse(72, before=None))
    return show(qtbot, slider, 320, 200)


@pytest.fixture
def log(slider):
    return Log(slider, *GESTURES, "reuse_changed", "reuse_scaled")


def place(slider, value):
    """Where a value lies on the slider."""
    track = slider.track
    axis = track.axis()
    y = rail_y(track.view, len(track.view.values) > 1)
    return QPoint(round(axis.x(axis.position(value))), round(y))


def grab(slider, value, modifier=Qt.KeyboardModifier.NoModifier):
    return Mouse(slider.track, slider.track, place(slider, value), modifier)


def values(log):
    return [entry[1] for entry in log if entry[0] == "reuse_changed"]


@given(LEGAL, st.integers(1, 200_000))
def test_what_is_typed_becomes_what_the_converter_would_take(legal, asked):
    assert legal[ReuseAxis(legal, 320).nearest(asked)] == nearest(legal, asked)


@given(LEGAL, st.integers(160, 700))
def test_legal_values_are_evenly_spaced_and_found_where_they_lie(legal, width):
    axis = ReuseAxis(legal, width)
    for position, value in enumerate(legal):
        assert axis.position(value) == position
        assert axis.position_at(axis.x(position)) == position
    gaps = {round(axis.x(position + 1) - axis.x(position), 6) for position in range(axis.last)}
    assert len(gaps) <= 1


@given(LEGAL, st.integers(160, 700), st.data())
def test_labels_never_touch_and_the_first_is_always_there(legal, width, data):
    axis = ReuseAxis(legal, width)
    chosen = data.draw(st.sampled_from(legal))
    placed = axis.placed(axis.usual_labels([chosen]), lambda value: 7.0 * len(str(value)))
    assert placed[0][0] == chosen
    ends = sorted((left, left + 7.0 * len(str(value))) for value, left in placed)
    assert all(end < start for (_, end), (start, _) in pairwise(ends))
    assert ends[0][0] >= 0
    assert ends[-1][1] <= width


def test_values_that_are_not_legal_for_all_lie_between_their_neighbours():
    axis = ReuseAxis((1, 4, 16), 320)
    assert axis.position(2) == 0.5
    assert axis.position(8) == 1.5
    assert axis.position(99) == 2


def test_dragging_the_thumb_goes_through_legal_values_only(slider, log):
    mouse = grab(slider, 72).to(place(slider, 288).x() + 3).to(place(slider, 4).x() - 4)
    mouse.release()
    legal = slider.track.view.legal
    assert 288 in values(log)
    assert values(log)[-1] == 4
    assert set(values(log)) <= set(legal)
    assert (log.names[0], log.names[-1]) == ("gesture_started", "gesture_finished")
    assert log.names.count("gesture_started") == 1
    assert slider.field.text() == "4"


def test_pressing_the_thumb_changes_nothing_and_pressing_beside_it_goes_there(slider, log):
    grab(slider, 72).release()
    assert log == []
    grab(slider, 288).release()
    assert values(log) == [288]
    assert log.names == ["gesture_started", "reuse_changed", "gesture_finished"]


def test_pressing_the_chart_goes_there_too(slider, log):
    Mouse(slider.track, slider.track, QPoint(place(slider, 9).x(), 30)).release()
    assert values(log) == [9]


def test_escape_takes_a_drag_back(slider, log, qtbot):
    mouse = grab(slider, 72).to(place(slider, 288).x())
    qtbot.keyClick(slider.track, Qt.Key.Key_Escape)
    assert log.names[-1] == "gesture_cancelled"
    assert slider.field.text() == "72"
    assert slider.track.view.value == 72
    changes = len(log)
    mouse.to(place(slider, 9).x())
    mouse.release()
    assert len(log) == changes


@pytest.mark.parametrize(
    ("key", "value"),
    [
        (Qt.Key.Key_Right, 96),
        (Qt.Key.Key_Left, 48),
        (Qt.Key.Key_Up, 96),
        (Qt.Key.Key_PageUp, 1152),
        (Qt.Key.Key_PageDown, 18),
        (Qt.Key.Key_Home, 1),
        (Qt.Key.Key_End, 9216),
    ],
)
def test_keys(slider, log, qtbot, key, value):
    slider.track.setFocus()
    qtbot.keyClick(slider.track, key)
    assert values(log) == [value]
    assert log.names == ["gesture_started", "reuse_changed", "gesture_finished"]


def test_a_key_held_down_is_one_gesture(slider, log):
    slider.track.setFocus()
    hold_key(slider.track, Qt.Key.Key_Right, 4)
    assert values(log) == [96, 144, 288, 576]
    assert log.names.count("gesture_finished") == 1


def test_the_focus_ends_a_held_key(slider, log, qtbot):
    slider.track.setFocus()
    qtbot.keyPress(slider.track, Qt.Key.Key_Right)
    slider.field.setFocus()
    assert log.names[-1] == "gesture_finished"


def test_an_illegal_number_becomes_the_nearest_legal_one_and_says_so(slider, log, qtbot):
    slider.field.selectAll()
    qtbot.keyClicks(slider.field, "100")
    qtbot.keyClick(slider.field, Qt.Key.Key_Return)
    assert values(log) == [96]
    assert slider.field.text() == "96"
    assert slider.note.text() == "100 is not legal here; 96 is the nearest that is."
    assert slider.note.isVisible()
    grab(slider, 72).release()
    assert not slider.note.isVisible()


def test_a_number_near_the_present_value_says_why_nothing_changes(slider, log, qtbot):
    slider.field.selectAll()
    qtbot.keyClicks(slider.field, "73")
    qtbot.keyClick(slider.field, Qt.Key.Key_Return)
    assert log == []
    assert slider.field.text() == "72"
    assert "73 is not legal" in slider.note.text()


def test_letters_are_marked_and_change_nothing(slider, log, qtbot):
    slider.field.selectAll()
    qtbot.keyClicks(slider.field, "many")
    qtbot.keyClick(slider.field, Qt.Key.Key_Return)
    assert log == []
    assert slider.field.property("invalid")
    qtbot.keyClick(slider.field, Qt.Key.Key_Escape)
    assert slider.field.text() == "72"
    assert not slider.field.property("invalid")


def test_the_field_steps_through_legal_values(slider, log, qtbot):
    qtbot.keyClick(slider.field, Qt.Key.Key_Up)
    qtbot.keyClick(slider.field, Qt.Key.Key_Down)
    assert values(log) == [96, 72]


def test_a_drag_goes_on_through_new_views(slider, log):
    slider.reuse_changed.connect(lambda value: slider.set_view(views.reuse(value, before=72)))
    mouse = grab(slider, 72)
    for value in (96, 144, 288):
        mouse.to(place(slider, value).x())
    mouse.release()
    assert values(log) == [96, 144, 288]
    assert slider.meaning.accessibleName() == "32 multipliers, interval 4,672 of 4,836 cycles"


def test_a_view_that_disagrees_is_shown(slider):
    slider.reuse_changed.connect(lambda _value: slider.set_view(views.reuse(72)))
    grab(slider, 288).release()
    assert slider.field.text() == "72"
    assert slider.track.view.value == 72


@pytest.fixture
def mixed(slider):
    slider.set_view(views.mixed_reuse())
    slider.resize(320, 200)
    slider.layout().activate()
    return slider


def test_dragging_one_of_several_marks_moves_all_to_one_value(mixed, log):
    height = mixed.track.height()
    mouse = grab(mixed, 144).to(place(mixed, 288).x())
    assert values(log)[-1] == 288
    mixed.set_view(views.reuse(288, 2304, 256))
    assert mixed.track.height() == height, "the slider stays under the mouse"
    mouse.to(place(mixed, 576).x())
    mouse.release()
    assert values(log)[-1] == 576
    assert log.names.count("gesture_started") == 1
    assert mixed.track.sizeHint().height() > height


def test_with_shift_the_marks_scale_together(mixed, log):
    start = place(mixed, 144).x()
    step = mixed.track.axis().x(1) - mixed.track.axis().x(0)
    mouse = grab(mixed, 144, SHIFT).to(start + 2 * step).to(start - step)
    mouse.release()
    scaled = [entry[1] for entry in log if entry[0] == "reuse_scaled"]
    assert scaled[-1] == -1
    assert 2 in scaled
    assert values(log) == []
    before = views.mixed_reuse()
    lower = {before.legal[before.legal.index(each.value) - 1]: each.layers for each in before.values}
    assert {each.value: each.layers for each in mixed.track.view.values} == lower


def test_pressing_between_marks_changes_nothing(mixed, log):
    grab(mixed, 9216).to(place(mixed, 2304).x()).release()
    assert log == []


def test_keys_move_all_and_scale_all(mixed, log, qtbot):
    mixed.track.setFocus()
    hold_key(mixed.track, Qt.Key.Key_Right, 3, SHIFT)
    assert [entry[1] for entry in log if entry[0] == "reuse_scaled"] == [1, 2, 3]
    mixed.set_view(views.mixed_reuse())
    qtbot.keyClick(mixed.track, Qt.Key.Key_Right)
    legal = mixed.track.view.legal
    assert values(log) == [legal[legal.index(96) + 1]]


def test_escape_takes_scaling_back(mixed, log, qtbot):
    mouse = grab(mixed, 144, SHIFT).to(place(mixed, 576).x())
    qtbot.keyClick(mixed.track, Qt.Key.Key_Escape)
    assert mixed.track.view.values == views.mixed_reuse().values
    assert log.names[-1] == "gesture_cancelled"
    mouse.release()


def test_a_mixed_selection_is_described(mixed):
    assert mixed.field.text() == ""
    assert mixed.field.placeholderText() == "Mixed"
    assert mixed.meaning.accessibleName() == "64 to 576"
    assert mixed.help.isVisible()
    assert "96 in 6 layers" in mixed.track.accessibleDescription()


def test_typing_gives_all_layers_one_value(mixed, log, qtbot):
    qtbot.keyClicks(mixed.field, "72")
    qtbot.keyClick(mixed.field, Qt.Key.Key_Return)
    assert values(log) == [72]


def test_nothing_legal_for_all_and_off(slider):
    slider.set_view(ReuseView((), (Tally(3, 1), Tally(4, 1))))
    assert slider.meaning.accessibleName() == "No value is legal for all, Select fewer layers"
    assert not slider.track.isVisible()
    slider.set_view(replace(views.reuse(72), off="pooling multiplies nothing"))
    assert not slider.field.isEnabled()
    assert not slider.track.isEnabled()
    assert slider.help.text() == "Off: pooling multiplies nothing"
    assert slider.help.isVisible()


def test_room_for_curves_is_kept_while_they_are_worked_out(slider):
    height = slider.track.sizeHint().height()
    view = views.reuse(72, before=None)
    slider.set_view(replace(view, amounts=(), intervals=()))
    assert slider.track.sizeHint().height() == height
    assert slider.meaning.accessibleName() == "128 multipliers"
    assert "cycles" not in explained(slider.track.view, 0)


def test_screen_readers_hear_the_value_and_can_set_it(slider, log):
    interface = QAccessible.queryAccessibleInterface(slider.track)
    assert interface.role() == QAccessible.Role.Slider
    assert interface.text(QAccessible.Text.Name) == "Reuse factor"
    value = interface.valueInterface()
    assert (value.minimumValue(), value.currentValue(), value.maximumValue()) == (1, 72, 9216)
    value.setCurrentValue(100)
    assert values(log) == [96]
    assert value.currentValue() == 96


def test_another_range_is_no_change(slider, log):
    slider.set_view(views.reuse(4, 8, 8))
    slider.set_view(views.reuse(1024, 1024, 64))
    assert log == []


def test_the_wheel_leaves_the_slider_alone(slider, log):
    turn_wheel(slider.track)
    assert log == []


def test_the_tool_tip_tells_the_cost_of_each_value(slider):
    text = explained(slider.track.view, slider.track.view.legal.index(288))
    assert text.split("<br>") == [
        "Reuse factor 288",
        "32 multipliers",
        "interval 4,672 cycles",
        "32 DSP",
        "frees 96 DSP at the same rate",
    ]
