"""SettingsForm: the settings of a flow that have no editor of their own, made from what the flow says of them."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from engine.design import Value
from widgets import theme
from widgets.controls import IntField, clear
from widgets.help import tool_tip
from widgets.inspector.choice_field import ChoiceField
from widgets.inspector.form import FormRow, let_shrink
from widgets.inspector.gesture import Gesture
from widgets.inspector.model import SettingView
from widgets.inspector.number_choice import NumberChoice
from widgets.inspector.type_tools import tool_button
from widgets.inspector.wheel_guard import guard_wheel

_MOST = 1_000_000
_LETTERS = 18
"""Letters of choices that stand side by side behind a label."""
_FEW = 4
"""Numbers up to so many stand side by side or drop down; more are a slider."""


class SettingsForm(QWidget):
    """`setting_changed` carries key and value, `reset_requested` a key to inherit again.

    Values that a drag passes lie between `gesture_started` and `gesture_finished` or `gesture_cancelled`.
    """

    setting_changed = Signal(str, object)
    reset_requested = Signal(str)
    gesture_started = Signal()
    gesture_finished = Signal()
    gesture_cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys: tuple[object, ...] = ()
        self._rows: list[_Row] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.current().space(3))

    def set_settings(self, settings: tuple[SettingView, ...]) -> None:
        """Show settings; only other ones build the rows anew."""
        keys = tuple((each.key, each.label, bool(each.choices), is_sliding(each)) for each in settings)
        if keys != self._keys:
            self._keys = keys
            self._rebuild(settings)
        for row, view in zip(self._rows, settings, strict=True):
            row.show_view(view)

    @property
    def busy(self) -> bool:
        """Whether a drag is changing a value now."""
        return any(row.field.gesture.running for row in self._rows if isinstance(row.field, NumberChoice))

    def field(self, key: str) -> QWidget:
        """The field of a setting; StopIteration for an unknown one."""
        return next(row.field for row in self._rows if row.key == key)

    def _rebuild(self, settings: tuple[SettingView, ...]) -> None:
        clear(self._column)
        self._rows = [_Row(view) for view in settings]
        for row in self._rows:
            row.changed.connect(lambda value, key=row.key: self.setting_changed.emit(key, value))
            row.reset.clicked.connect(lambda _checked, key=row.key: self.reset_requested.emit(key))
            if isinstance(row.field, NumberChoice):
                self._pass_on(row.field.gesture)
            self._column.addWidget(row)

    def _pass_on(self, gesture: Gesture) -> None:
        gesture.started.connect(self.gesture_started)
        gesture.finished.connect(self.gesture_finished)
        gesture.cancelled.connect(self.gesture_cancelled)


def is_sliding(view: SettingView) -> bool:
    """Whether a setting is a number of many values, all of them legal now: a slider has no room for reasons."""
    return len(view.choices) > _FEW and all(type(each.value) is int and not each.off for each in view.choices)


class _Row(FormRow):
    changed = Signal(object)

    def __init__(self, view: SettingView) -> None:
        field = _field(view)
        reset = tool_button("reset", "Reset to inherited")
        super().__init__(view.label, tool_tip(view.key) or view.help, field, reset)
        self.key, self.field, self.reset = view.key, field, reset
        self._shown: SettingView | None = None
        self.changed.connect(self._forget_shown)
        policy = reset.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        reset.setSizePolicy(policy)
        if isinstance(field, ChoiceField | NumberChoice):
            field.chosen.connect(self.changed)
        else:
            field.valueChanged.connect(self._on_number)

    def show_view(self, view: SettingView) -> None:
        """Show the value."""
        if view == self._shown:
            return
        self._shown = view
        self.reset.setVisible(view.resettable)
        self.field.setToolTip(f"{view.help} ({view.origin})" if view.origin else view.help)
        if isinstance(self.field, ChoiceField | NumberChoice):
            self.field.set_view(view)
        else:
            _show_number(self.field, view.value)

    def _forget_shown(self) -> None:
        """Show the next view in any case: it may take an edit back."""
        self._shown = None

    def _on_number(self, value: int) -> None:
        if value > 0:
            self.changed.emit(value)


def _field(view: SettingView) -> ChoiceField | NumberChoice | IntField:
    if is_sliding(view):
        return NumberChoice(view.label)
    return ChoiceField(view.label, _LETTERS) if view.choices else _number(view.label)


def _number(label: str) -> IntField:
    field = IntField(1, _MOST)
    field.setAccessibleName(label)
    field.setKeyboardTracking(False)
    guard_wheel(field)
    let_shrink(field)
    return field


def _show_number(field: IntField, value: Value | None) -> None:
    """Layers that differ show as 0, which reads `Mixed`."""
    field.blockSignals(True)
    field.setSpecialValueText("Mixed" if value is None else "")
    field.setMinimum(0 if value is None else 1)
    field.setValue(int(value) if isinstance(value, int | float) else 0)
    field.blockSignals(False)
