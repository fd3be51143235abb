"""The inspector as a whole: every state, in place, without disturbing a drag, reachable by keyboard."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QLabel, QWidget

from engine.estimate import Tier
from tests.widgets.inspector import views
from tests.widgets.inspector.support import GESTURES, Log, Mouse, show
from widgets import theme
from widgets.inspector import AdviceRow, AdviceView, CostRow, Inspector, NoteView, Tally
from widgets.inspector.bit_handle import BitHandle
from widgets.inspector.reuse_track import ReuseTrack

STATES = (views.conv, views.several, views.image, views.nothing, views.pool)


@pytest.fixture
def inspector(qtbot):
    inspector = Inspector()
    inspector.set_view(views.conv())
    return show(qtbot, inspector)


@pytest.fixture
def log(inspector):
    names = ("precision_changed", "reuse_changed", "setting_changed", "reset_requested", "param_changed")
    return Log(inspector, *GESTURES, *names, "advice_requested", "note_requested", "layer_requested")


def shown(inspector):
    """Keys of the sections in sight."""
    keys = ("precision", "reuse", "strategy", "cost", "built", "params", "settings", "advice")
    return [key for key in keys if not inspector.sections[key].isHidden()]


def test_a_convolution_has_everything_but_advice(inspector):
    assert shown(inspector) == ["precision", "reuse", "strategy", "cost", "built", "params", "settings"]
    assert inspector.header.title.text() == "block2_conv2"
    assert inspector.facts.facts[1].value == "9,248 · 74.0 kbit"


@pytest.mark.parametrize(
    ("state", "sections"),
    [
        (views.several, ["precision", "reuse", "strategy", "cost", "advice"]),
        (views.image, []),
        (views.nothing, []),
        (views.pool, ["precision", "cost", "params"]),
    ],
)
def test_other_states(inspector, state, sections):
    inspector.set_view(state())
    assert shown(inspector) == sections


def test_several_layers_are_told_to_change_together(inspector):
    inspector.set_view(views.several(300))
    notice = inspector.notes.layout().itemAt(0).widget()
    assert notice.label.text() == "A change here applies to all 300, as one step"
    assert inspector.sections["precision"].header.accessibleName() == "Precision, 2 values"
    assert inspector.sections["reuse"].header.accessibleName() == "Reuse factor, 5 values, legal for all: 35"


def test_one_role_names_its_section(inspector):
    inspector.set_view(views.pool())
    assert inspector.sections["precision"].header.text() == "Result precision"
    inspector.set_view(views.conv())
    assert inspector.sections["precision"].header.text() == "Precision"


def test_an_empty_selection_teaches_the_next_step(inspector):
    inspector.set_view(views.nothing())
    assert inspector.hint.isVisible()
    assert "Click a layer" in inspector.hint.text()


@pytest.mark.parametrize("scheme", [theme.Scheme.LIGHT, theme.Scheme.DARK])
@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_nothing_is_cut_at_any_text_size(qtbot, scheme, scale):
    theme.apply(QApplication.instance(), scheme, scale)
    try:
        inspector = Inspector()
        inspector.set_view(views.conv())
        show(qtbot, inspector, inspector.sizeHint().width(), 900)
        for state in STATES:
            inspector.set_view(state())
            for section in ("params", "settings", "cost"):
                inspector.sections.open(section)
            settle()
            assert _cut(inspector) == []
            assert inspector.area.horizontalScrollBar().maximum() == 0
    finally:
        theme.apply(QApplication.instance(), theme.Scheme.LIGHT, 1.0)


def test_text_may_grow_while_it_is_shown(inspector):
    for state in (views.conv, views.several, views.image):
        inspector.set_view(state())
        settle()
        try:
            theme.apply(QApplication.instance(), theme.Scheme.DARK, 1.6)
            inspector.resize(inspector.sizeHint())
            inspector.set_view(state())
            settle()
            assert _cut(inspector) == []
            assert inspector.precision.field.font() == theme.current().font("mono")
        finally:
            theme.apply(QApplication.instance(), theme.Scheme.LIGHT, 1.0)


def settle():
    """Lines that wrap find their height in the second round."""
    for _round in range(3):
        QApplication.processEvents()


def _cut(inspector):
    """Labels that are shown smaller than their text needs, and parts smaller than they say they must be."""
    cut = []
    for widget in inspector.findChildren(QWidget):
        if not widget.isVisible() or not inspector._content.isAncestorOf(widget):
            continue
        needed = widget.minimumSizeHint()
        if isinstance(widget, QAbstractSpinBox):
            needed.setHeight(min(needed.height(), widget.maximumHeight()))
        if isinstance(widget, QLabel) and widget.wordWrap():
            needed.setHeight(widget.heightForWidth(widget.width()))
        if needed.isValid() and (widget.height() < needed.height() or widget.width() < needed.width()):
            cut.append((type(widget).__name__, widget.accessibleName(), widget.size().toTuple(), needed.toTuple()))
    return cut


def test_at_304_wide_nothing_is_cut_and_costs_fold(inspector):
    inspector.resize(304, 700)
    QApplication.processEvents()
    assert _cut(inspector) == []
    header = inspector.sections["cost"].header
    assert header.folded
    assert header.accessibleName() == "Cost of this layer, 128 DSP · 29 BRAM"
    assert not inspector.tier.isVisible()
    inspector.resize(352, 700)
    QApplication.processEvents()
    assert not header.folded
    assert inspector.tier.isVisible()


def test_what_a_person_folds_stays_folded(inspector, qtbot):
    qtbot.mouseClick(inspector.sections["cost"].header, Qt.MouseButton.LeftButton, pos=QPoint(60, 10))
    for state in (views.several, views.nothing, views.conv):
        inspector.set_view(state())
        assert inspector.sections["cost"].header.folded


def test_parameters_wait_closed_where_there_are_editors(inspector):
    assert inspector.sections["params"].header.folded
    inspector.set_view(views.pool())
    assert not inspector.sections["params"].header.folded


def test_a_drag_keeps_its_widgets_its_place_and_its_focus(inspector, log):
    track = inspector.reuse.track
    track.setFocus()
    children = inspector.findChildren(QWidget)
    place = track.mapTo(inspector, QPoint(0, 0))
    inspector.reuse_changed.connect(lambda value: inspector.set_view(views.conv(value)))
    axis = track.axis()
    mouse = Mouse(track, track, QPoint(round(axis.x(axis.position(72))), 88))
    assert inspector.busy
    for value in (96, 144, 288, 576, 288):
        mouse.to(axis.x(axis.position(value)))
        QApplication.processEvents()
        assert track.hasFocus()
        assert track.mapTo(inspector, QPoint(0, 0)) == place
    mouse.release()
    assert not inspector.busy
    assert inspector.findChildren(QWidget) == children
    assert log.last("reuse_changed") == (288,)
    assert log.names.count("gesture_started") == log.names.count("gesture_finished") == 1
    assert inspector.cost._rows[2].accessibleName() == "DSP: 32, exact, 50 % of all"


def test_another_selection_ends_a_drag(inspector, log):
    track = inspector.reuse.track
    axis = track.axis()
    mouse = Mouse(track, track, QPoint(round(axis.x(axis.position(72))), 88)).to(axis.x(axis.position(96)))
    inspector.set_view(replace(views.conv(4), subject=("block2_conv1",)))
    assert log.names[-1] == "gesture_finished"
    mouse.to(axis.x(0))
    mouse.release()
    assert log.names[-1] == "gesture_finished"
    assert inspector.reuse.field.text() == "4"


def test_keys_lead_to_the_editors(inspector):
    inspector.resize(352, 300)
    inspector.sections["reuse"].set_folded(True)
    inspector.focus_reuse()
    assert inspector.reuse.field.hasFocus()
    field = inspector.reuse.field
    assert inspector.area.viewport().rect().contains(field.mapTo(inspector.area.viewport(), field.rect().center()))
    inspector.focus_precision()
    assert inspector.precision.field.hasFocus()
    inspector.set_view(views.image())
    inspector.focus_precision()
    assert inspector.input.type.hasFocus()
    inspector.focus_reuse()
    assert inspector.input.type.hasFocus(), "there is no reuse factor to lead to"


def test_tab_reaches_every_control(inspector, qtbot):
    inspector.precision.tabs.control.button("weight").setFocus()
    reached = set()
    for _step in range(60):
        focused = QApplication.focusWidget()
        if focused in reached:
            break
        reached.add(focused)
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
    bits = inspector.precision.bits
    wanted = {inspector.precision.field, bits.integer_handle, bits.fraction_handle, inspector.reuse.field}
    wanted |= {inspector.reuse.track, inspector.precision.modes.rounding, inspector.precision.modes.overflow}
    wanted |= {inspector.sections[key].header for key in shown(inspector)}
    assert wanted <= reached


def test_everything_that_takes_the_focus_has_a_name(inspector):
    for state in STATES:
        inspector.set_view(state())
        for widget in inspector.findChildren(QWidget):
            if not widget.isVisible() or not widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
                continue
            interface = QAccessible.queryAccessibleInterface(widget)
            assert interface.text(QAccessible.Text.Name), widget
            if isinstance(widget, BitHandle | ReuseTrack):
                assert interface.role() == QAccessible.Role.Slider


def test_targets_are_at_least_24_high(inspector):
    for widget in inspector.findChildren(QWidget):
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            assert widget.height() >= 24, widget
            assert widget.width() >= 24, widget


def test_changes_of_every_part_reach_the_outside(inspector, log, qtbot):
    qtbot.mouseClick(inspector.strategy.field.control.button("2"), Qt.MouseButton.LeftButton)
    assert log[-1] == ("setting_changed", "strategy", "resource_unrolled")
    inspector.sections.open("settings")
    qtbot.keyClick(inspector.settings.field("parallelization_factor").control, Qt.Key.Key_Down)
    assert log[-1] == ("setting_changed", "parallelization_factor", 4)
    qtbot.mouseClick(inspector.built._rows[2], Qt.MouseButton.LeftButton)
    assert log[-1] == ("layer_requested", "add_2")
    inspector.set_view(views.pool())
    notice = inspector.notes.layout().itemAt(0).widget()
    qtbot.mouseClick(notice.button, Qt.MouseButton.LeftButton)
    assert log[-1][1].payload == "fix"
    qtbot.keyClick(inspector.params.field("mode").control, Qt.Key.Key_Down)
    assert log[-1] == ("param_changed", "mode", "average")


def test_advice_is_previewed_and_applied(inspector, log, qtbot):
    inspector.set_view(views.several())
    hovers = Log(inspector, "advice_hovered")
    button = inspector.advice.button(1)
    button.setFocus()
    assert hovers[-1][1].payload == "b"
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert log[-1][1].title == "Reuse to 144 in 4 layers"
    inspector.precision.field.setFocus()
    assert hovers[-1] == ("advice_hovered", None)


def test_long_types_of_several_layers_fit_the_narrowest_inspector(qtbot):
    inspector = Inspector()
    types = (("auto", 7), ("ap_ufixed<16,6,AP_RND_CONV,AP_SAT>", 5))
    mixed = views.role("result", "Result", *types, origin="2 values", resettable=True)
    inspector.set_view(replace(views.several(), precision=(mixed,)))
    inspector.setFixedWidth(theme.current().size("inspectorSmall"))
    show(qtbot, inspector)
    assert inspector.area.horizontalScrollBar().maximum() == 0


def test_of_a_suggestion_a_long_layer_name_gives_way_and_the_change_stays(inspector):
    long = AdviceRow("reuse 1 to 1,024", "same rate", "−232,752", layer="q_conv2d_batchnorm_of_the_third_block_3")
    inspector.resize(304, 640)
    inspector.set_view(replace(views.several(), advice=AdviceView("by LUT saved", (long,))))
    inspector.grab()
    row = inspector.advice.row(0)
    assert row.layer.is_elided
    assert row.layer.shown_text.endswith("3:")
    assert row.title.width() >= row.title.sizeHint().width()
    assert row.button.accessibleName().startswith(f"{long.layer}: reuse 1 to 1,024: ")


def test_reuse_and_strategy_are_reset_from_their_headings(inspector, log, qtbot):
    view = views.conv()
    assert not inspector._resets["reuse"].isVisible()
    strategy = replace(view.strategy, resettable=True)
    inspector.set_view(replace(view, reuse=views.reuse(72, resettable=True), strategy=strategy))
    QApplication.processEvents()
    qtbot.mouseClick(inspector._resets["reuse"], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(inspector._resets["strategy"], Qt.MouseButton.LeftButton)
    assert log == [("reset_requested", "reuse_factor"), ("reset_requested", "strategy")]


def test_old_costs_are_marked_and_rows_come_and_go(inspector):
    view = views.conv()
    inspector.set_view(replace(view, cost=replace(view.cost, tier=Tier.C_SYNTHESIS, edits_old=2)))
    assert inspector.tier.text() == "C synthesis, 2 edits old"
    more = (*view.cost.rows, CostRow("URAM", "URAM", view.cost.rows[3].quantity, None))
    inspector.set_view(replace(view, cost=replace(view.cost, rows=more)))
    assert [row.isVisible() for row in inspector.cost._rows] == [True] * 5
    inspector.set_view(view)
    assert [row.isVisible() for row in inspector.cost._rows] == [True] * 4 + [False]


def test_a_refused_parameter_says_why(inspector):
    inspector.set_view(views.pool())
    inspector.show_param_error("pool", "A window of 9 does not fit.")
    assert inspector.params._rows["pool"].error.isVisible()
    inspector.set_view(views.image())
    inspector.show_param_error("shape", "Too large.")
    assert inspector.input._rows["shape"].error.isVisible()


def test_notes_stay_while_they_are_the_same(inspector):
    note = NoteView("Reuse 70 becomes 72", "warning", "Set 72")
    inspector.set_view(replace(views.conv(), notes=(note,)))
    notice = inspector.notes.layout().itemAt(0).widget()
    inspector.set_view(replace(views.conv(96), notes=(note,)))
    assert inspector.notes.layout().itemAt(0).widget() is notice


def test_the_scroll_bar_takes_no_width(inspector):
    inspector.resize(352, 2000)
    QApplication.processEvents()
    assert not inspector.area.bar.isVisible()
    width = inspector.precision.width()
    inspector.resize(352, 400)
    QApplication.processEvents()
    assert inspector.area.bar.isVisible()
    assert inspector.precision.width() == width == 320
    inspector.area.bar.setValue(inspector.area.bar.maximum())
    assert inspector.area.verticalScrollBar().value() == inspector.area.verticalScrollBar().maximum()


def test_a_change_of_theme_is_followed(inspector):
    inspector.set_view(replace(views.conv(), reuse=views.reuse(72, inherited=True)))
    light = inspector.reuse.field.styleSheet()
    try:
        theme.apply(QApplication.instance(), theme.Scheme.DARK)
        inspector.set_view(replace(views.conv(), reuse=views.reuse(72, inherited=True)))
        assert inspector.reuse.field.styleSheet() not in ("", light)
    finally:
        theme.apply(QApplication.instance(), theme.Scheme.LIGHT)


def test_the_same_value_everywhere_is_shown_for_several_layers(inspector):
    view = views.several()
    same = tuple(replace(role, types=(Tally(role.types[0].value, 20),)) for role in view.precision)
    inspector.set_view(replace(view, precision=same))
    assert inspector.precision.bits.isVisible()
    assert not inspector.precision.mixed.isVisible()
