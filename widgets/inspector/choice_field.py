"""ChoiceField: one choice of several; few and short ones stand side by side, more drop down. Those off say why."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QComboBox, QSizePolicy, QVBoxLayout, QWidget

from engine.design import Value
from widgets.controls import Segment, SegmentedControl
from widgets.inspector.model import ChoiceView, SettingView
from widgets.inspector.wheel_guard import guard_wheel

_MOST_LETTERS = 26
_MOST_SEGMENTS = 4


class ChoiceField(QWidget):
    """`chosen` tells the value that a person chose."""

    chosen = Signal(object)

    def __init__(self, name: str, letters: int = _MOST_LETTERS, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._letters = name, letters
        self._choices: tuple[ChoiceView, ...] = ()
        self._control: SegmentedControl | QComboBox | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    @property
    def control(self) -> SegmentedControl | QComboBox | None:
        """What shows the choices, for tests and tours."""
        return self._control

    def set_view(self, view: SettingView) -> None:
        """Show the choices of a setting; only other words build the control anew."""
        if self._control is None or [each.label for each in self._choices] != [each.label for each in view.choices]:
            self._rebuild(view.choices)
        self._choices = view.choices
        if isinstance(self._control, SegmentedControl):
            self._show_segments(self._control, view)
        elif self._control is not None:
            self._show_list(self._control, view)

    def _rebuild(self, choices: tuple[ChoiceView, ...]) -> None:
        if self._control is not None:
            self._control.hide()
            self._control.deleteLater()
        letters = sum(len(each.label) for each in choices)
        if 1 < len(choices) <= _MOST_SEGMENTS and letters <= self._letters:
            segments = [Segment(str(place), each.label) for place, each in enumerate(choices)]
            control = SegmentedControl(segments, self._name, parent=self)
            control.selected.connect(lambda place: self._emit(int(place)))
            self._control = control
        else:
            self._control = self._list(choices)
        self._column.addWidget(self._control)

    def _list(self, choices: tuple[ChoiceView, ...]) -> QComboBox:
        combo = QComboBox(self)
        combo.setAccessibleName(self._name)
        combo.setPlaceholderText("Mixed")
        guard_wheel(combo)
        combo.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        combo.addItems([each.label for each in choices])
        combo.activated.connect(self._emit)
        return combo

    def _show_segments(self, control: SegmentedControl, view: SettingView) -> None:
        for place, choice in enumerate(view.choices):
            if control.button(str(place)).reason != bare_reason(choice):
                control.set_off(str(place), bare_reason(choice))
        if len(view.values) > 1:
            control.set_mixed({str(place): choice.layers for place, choice in enumerate(view.choices)})
            return
        chosen = next((str(p) for p, each in enumerate(view.choices) if same(each.value, view.value)), "")
        if control.value != chosen or not chosen:
            control.set_value(chosen)

    def _show_list(self, combo: QComboBox, view: SettingView) -> None:
        model = combo.model()
        assert isinstance(model, QStandardItemModel)
        for place, choice in enumerate(view.choices):
            item = model.item(place)
            if item.isEnabled() == bool(choice.off):
                item.setEnabled(not choice.off)
                item.setToolTip(f"Off: {bare_reason(choice)}" if choice.off else "")
        chosen = next((place for place, each in enumerate(view.choices) if same(each.value, view.value)), -1)
        if combo.currentIndex() != chosen:
            combo.setCurrentIndex(chosen)

    def _emit(self, place: int) -> None:
        self.chosen.emit(self._choices[place].value)


def same(first: Value, second: Value | None) -> bool:
    """Equal and of one type: 1 is not True."""
    return first == second and isinstance(first, bool) == isinstance(second, bool)


def bare_reason(choice: ChoiceView) -> str:
    """Why a choice is off, without repeating which: `9,216 products, limit 4,096`."""
    return choice.off.removeprefix(f"{choice.label} is off: ").removesuffix(".")


def off_sentence(choice: ChoiceView) -> str:
    """Which choice is off, and why: `Latency is off: 9,216 products, limit 4,096`."""
    stated = choice.off.lower().startswith(f"{choice.label.lower()} is off")
    return choice.off.removesuffix(".") if stated else f"{choice.label} is off: {bare_reason(choice)}"
