"""Strategy, other settings and layer parameters: controls made from what engine values say of themselves."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from engine.network.kinds import GRU, Activation, BatchNorm, Conv2D, Dense, Input, Pad2D, Reshape
from engine.network.op import KINDS
from tests.widgets.inspector import views
from tests.widgets.inspector.support import Log, show, turn_wheel
from widgets.inspector import ChoiceView, Tally, params_of
from widgets.inspector.input_form import InputForm
from widgets.inspector.params_form import ParamsForm
from widgets.inspector.settings_form import SettingsForm
from widgets.inspector.strategy_choice import StrategyChoice


@pytest.fixture
def strategy(qtbot):
    choice = StrategyChoice()
    choice.set_view(views.strategy())
    return show(qtbot, choice, 320, 80)


def test_a_strategy_is_chosen_and_one_that_is_off_is_not(strategy, qtbot):
    log = Log(strategy, "chosen")
    control = strategy.field.control
    qtbot.mouseClick(control.button("0"), Qt.MouseButton.LeftButton)
    assert log == []
    qtbot.mouseClick(control.button("2"), Qt.MouseButton.LeftButton)
    assert log == [("chosen", "resource_unrolled")]
    assert strategy.reasons.text() == "Latency is off: 9,216 products, limit 4,096"
    assert control.button("0").toolTip() == "Off: 9,216 products, limit 4,096"


def test_a_refused_strategy_goes_back(strategy, qtbot):
    qtbot.mouseClick(strategy.field.control.button("2"), Qt.MouseButton.LeftButton)
    strategy.set_view(views.strategy())
    assert strategy.field.control.value == "1"


def test_mixed_strategies_show_counts(strategy):
    strategy.set_view(views.strategy(("resource", 18), ("resource_unrolled", 2)))
    assert strategy.field.control.value == ""
    assert strategy.field.control.button("1").accessibleName() == "Resource, 18 selected"
    assert strategy.reasons.text() == "Latency is off for 20 of 20: too many products"


def test_many_choices_drop_down(strategy):
    view = views.strategy()
    strategy.set_view(replace(view, choices=(*view.choices, ChoiceView("distributed_arithmetic", "Distributed", "no"))))
    combo = strategy.field.control
    assert combo.count() == 4
    assert combo.currentText() == "Resource"
    assert not combo.model().item(3).isEnabled()
    assert combo.model().item(3).toolTip() == "Off: no"


@pytest.fixture
def settings(qtbot):
    form = SettingsForm()
    form.set_settings(views.settings())
    return show(qtbot, form, 320, 120)


def test_settings_are_changed_and_reset(settings, qtbot):
    log = Log(settings, "setting_changed", "reset_requested")
    combo = settings.field("parallelization_factor").control
    assert combo.currentText() == "2"
    assert not combo.model().item(4).isEnabled()
    qtbot.keyClick(combo, Qt.Key.Key_Down)
    assert log == [("setting_changed", "parallelization_factor", 4)]
    number = settings.field("table_size")
    number.selectAll()
    qtbot.keyClicks(number, "2048")
    qtbot.keyClick(number, Qt.Key.Key_Return)
    assert log.last("setting_changed") == ("table_size", 2048)
    qtbot.mouseClick(settings._rows[0].reset, Qt.MouseButton.LeftButton)
    assert log[-1] == ("reset_requested", "parallelization_factor")
    assert not settings._rows[1].reset.isVisible()


def test_showing_settings_changes_nothing(settings):
    log = Log(settings, "setting_changed")
    mixed = tuple(replace(view, values=(Tally(1, 2), Tally(2, 1))) for view in views.settings())
    settings.set_settings(mixed)
    assert settings.field("parallelization_factor").control.currentIndex() == -1
    assert settings.field("table_size").text() == "Mixed"
    settings.set_settings(views.settings())
    assert settings.field("table_size").value() == 1024
    assert log == []


def make(qtbot, *ops):
    form = ParamsForm()
    form.set_params(params_of(ops))
    return show(qtbot, form, 320, 300), Log(form, "param_changed")


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "input"])
def test_every_layer_kind_gets_its_controls(qtbot, kind):
    try:
        op = KINDS[kind]()
    except TypeError:
        op = KINDS[kind](units=4)
    form, log = make(qtbot, op)
    for view in params_of([op]):
        assert form.field(view.name).control.accessibleName() == view.label
        assert form.field(view.name).control.toolTip() == view.help
    assert log == []


def test_a_kernel_is_typed_with_any_sign_between(qtbot):
    form, log = make(qtbot, Conv2D())
    line = form.field("kernel").control
    assert line.text() == "3 × 3"
    for text in ("5x5", "5, 7", "(1 × 1)"):
        line.selectAll()
        qtbot.keyClicks(line, text)
        qtbot.keyClick(line, Qt.Key.Key_Return)
    assert [entry[2] for entry in log] == [(5, 5), (5, 7), (1, 1)]


@pytest.mark.parametrize(
    ("text", "reason"), [("3", "Write 2 whole"), ("a × b", "whole numbers"), ("0 × 3", "at least 1")]
)
def test_a_kernel_that_cannot_be_is_marked(qtbot, text, reason):
    form, log = make(qtbot, Conv2D())
    line = form.field("kernel").control
    line.selectAll()
    qtbot.keyClicks(line, text)
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert log == []
    assert reason in form._rows["kernel"].error.text()
    assert form._rows["kernel"].error.isVisible()
    qtbot.keyClick(line, Qt.Key.Key_Escape)
    assert line.text() == "3 × 3"
    assert not form._rows["kernel"].error.isVisible()


def test_up_and_down_change_the_extent_at_the_cursor(qtbot):
    form, log = make(qtbot, Pad2D())
    line = form.field("padding").control
    line.setCursorPosition(4)
    qtbot.keyClick(line, Qt.Key.Key_Up)
    assert log.last("param_changed") == ("padding", (1, 2, 1, 1))
    line.setCursorPosition(0)
    for _time in range(3):
        qtbot.keyClick(line, Qt.Key.Key_Down)
    assert log.last("param_changed") == ("padding", (0, 2, 1, 1)), "zeros are the least there can be"


def test_a_shape_may_get_longer(qtbot):
    form, log = make(qtbot, Reshape())
    line = form.field("target").control
    line.selectAll()
    qtbot.keyClicks(line, "2 x 2 x -1")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert log == [("param_changed", "target", (2, 2, -1))]


def test_numbers_choices_and_flags(qtbot):
    form, log = make(qtbot, Conv2D(filters=32))
    filters = form.field("filters").control
    filters.selectAll()
    qtbot.keyClicks(filters, "64")
    assert log == [], "half a number is no number"
    qtbot.keyClick(filters, Qt.Key.Key_Return)
    qtbot.keyClick(form.field("padding").control, Qt.Key.Key_Down)
    qtbot.keyClick(form.field("use_bias").control, Qt.Key.Key_Space)
    assert log == [
        ("param_changed", "filters", 64),
        ("param_changed", "padding", "same"),
        ("param_changed", "use_bias", False),
    ]


def test_real_numbers(qtbot):
    form, log = make(qtbot, BatchNorm())
    epsilon = form.field("epsilon").control
    epsilon.selectAll()
    qtbot.keyClicks(epsilon, "0.5")
    qtbot.keyClick(epsilon, Qt.Key.Key_Return)
    assert log == [("param_changed", "epsilon", 0.5)]


def test_words(qtbot):
    form, log = make(qtbot, GRU(units=4))
    line = form.field("activation").control
    line.selectAll()
    qtbot.keyClicks(line, "relu")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert log == [("param_changed", "activation", "relu")]


def test_layers_that_differ_show_as_mixed_and_the_first_edit_writes_all(qtbot):
    form, log = make(qtbot, Conv2D(filters=8, kernel=(1, 1), use_bias=False, padding="same"), Conv2D(filters=16))
    assert form.field("filters").control.text() == "Mixed"
    assert form.field("kernel").control.text() == ""
    assert form.field("use_bias").control.checkState() == Qt.CheckState.PartiallyChecked
    assert form.field("padding").control.currentIndex() == -1
    qtbot.keyClick(form.field("filters").control, Qt.Key.Key_Up)
    assert log == [("param_changed", "filters", 1)]


def test_a_value_that_the_engine_refuses_is_marked(qtbot):
    form, _log = make(qtbot, Dense(units=10))
    form.show_error("units", "Too many.")
    assert form._rows["units"].error.isVisible()
    form.show_error("units", "")
    assert not form._rows["units"].error.isVisible()


def test_a_value_that_is_taken_back_is_shown_again(qtbot):
    form, _log = make(qtbot, Conv2D(filters=8))
    filters = form.field("filters").control
    qtbot.keyClick(filters, Qt.Key.Key_Up)
    assert filters.value() == 9
    form.set_params(params_of([Conv2D(filters=8)]))
    assert filters.value() == 8


def test_a_setting_that_is_taken_back_is_shown_again(settings, qtbot):
    combo = settings.field("parallelization_factor").control
    qtbot.keyClick(combo, Qt.Key.Key_Down)
    assert combo.currentText() == "4"
    settings.set_settings(views.settings())
    assert combo.currentText() == "2"


def test_another_value_keeps_the_fields(qtbot):
    form, _log = make(qtbot, Conv2D(filters=8))
    field = form.field("filters")
    form.set_params(params_of([Conv2D(filters=16)]))
    assert form.field("filters") is field
    assert field.control.value() == 16
    form.set_params(params_of([Activation()]))
    assert form.field("function").control.currentData() == "relu"


def test_the_wheel_leaves_parameters_alone(qtbot):
    form, log = make(qtbot, Conv2D())
    form.setFocus()
    for name in ("filters", "padding"):
        turn_wheel(form.field(name).control)
    assert log == []


def test_an_input_has_a_shape_a_type_and_values(qtbot):
    form = InputForm()
    form.set_view(views.image().input)
    show(qtbot, form, 352, 200)
    log = Log(form, "param_changed", "precision_changed")
    assert form.shape.text() == "8 × 8 × 1"
    assert form.values.isReadOnly()
    for line, text in ((form.shape, "16"), (form.type, "ap_ufixed<8,0>")):
        line.selectAll()
        qtbot.keyClicks(line, text)
        qtbot.keyClick(line, Qt.Key.Key_Return)
    assert log[0] == ("param_changed", "shape", (16,))
    assert log[1][:2] == ("precision_changed", "result")
    assert params_of([Input(shape=(16,))])[0].value == (16,)
