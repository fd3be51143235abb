"""Fields for the parameters of layer kinds, chosen by the form of the value."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QVBoxLayout, QWidget

from widgets.controls import IntField, RealField
from widgets.inspector.extents_field import ExtentsField
from widgets.inspector.form import let_shrink
from widgets.inspector.model import ParamValue, ParamView
from widgets.inspector.wheel_guard import guard_wheel
from widgets.inspector.words import choice_label

_MOST = 1_000_000


class ParamField(QWidget):
    """Holds one control. `edited` tells a value that a person gave; `refused` why a text is none."""

    edited = Signal(object)
    refused = Signal(str)

    def __init__(self, view: ParamView) -> None:
        super().__init__()
        self.name = view.name
        self._shown: ParamView | None = None
        self.control = _CONTROLS[view.form](self, view)
        self.control.setAccessibleName(view.label)
        self.control.setAccessibleDescription(view.help)
        self.control.setToolTip(view.help)
        guard_wheel(self.control)
        let_shrink(self.control)
        self.setFocusProxy(self.control)
        self.edited.connect(self._forget_shown)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.control)

    def show_view(self, view: ParamView) -> None:
        """Show a value, or that the layers differ."""
        if view != self._shown:
            self._shown = view
            _SHOW[view.form](self.control, view)

    def forget_typing(self) -> None:
        """Drop a half-typed text."""
        if isinstance(self.control, ExtentsField):
            self.control.restore()
        elif isinstance(self.control, QLineEdit):
            self.control.setModified(False)
        self._forget_shown()

    def _forget_shown(self) -> None:
        """Show the next view in any case: it may take an edit back."""
        self._shown = None


def _flag(field: ParamField, view: ParamView) -> QWidget:
    box = QCheckBox()
    box.clicked.connect(lambda: field.edited.emit(box.checkState() != Qt.CheckState.Unchecked))
    return box


def _show_flag(box: QWidget, view: ParamView) -> None:
    assert isinstance(box, QCheckBox)
    box.setTristate(view.value is None)
    states = {None: Qt.CheckState.PartiallyChecked, True: Qt.CheckState.Checked, False: Qt.CheckState.Unchecked}
    box.setCheckState(states[bool(view.value) if view.value is not None else None])


def _choice(field: ParamField, view: ParamView) -> QWidget:
    combo = QComboBox()
    combo.setPlaceholderText("Mixed")
    for choice in view.choices:
        combo.addItem(choice_label(choice), choice)
    combo.activated.connect(lambda place: field.edited.emit(combo.itemData(place)))
    return combo


def _show_choice(combo: QWidget, view: ParamView) -> None:
    assert isinstance(combo, QComboBox)
    place = combo.findData(view.value) if view.value is not None else -1
    if combo.currentIndex() != place:
        combo.setCurrentIndex(place)


def _whole(field: ParamField, view: ParamView) -> QWidget:
    low = int(view.minimum) if view.minimum is not None else -_MOST
    box = IntField(low, _MOST)
    box.setKeyboardTracking(False)
    box.valueChanged.connect(lambda value: field.edited.emit(value) if value >= low else None)
    return box


def _real(field: ParamField, view: ParamView) -> QWidget:
    low = float(view.minimum) if view.minimum is not None else -float(_MOST)
    box = RealField(low, _MOST)
    box.setDecimals(6)
    box.setStepType(RealField.StepType.AdaptiveDecimalStepType)
    box.setKeyboardTracking(False)
    box.valueChanged.connect(lambda value: field.edited.emit(value) if value >= low else None)
    return box


def _show_number(box: QWidget, view: ParamView) -> None:
    """Layers that differ show as the value below the smallest, which reads `Mixed`."""
    assert isinstance(box, IntField | RealField)
    low = view.minimum if view.minimum is not None else -_MOST
    value = low - 1 if view.value is None else view.value
    assert isinstance(value, int | float)
    box.blockSignals(True)
    box.setSpecialValueText("Mixed" if view.value is None else "")
    if isinstance(box, IntField):
        box.setMinimum(int(min(low, value)))
        box.setValue(int(value))
    else:
        box.setMinimum(float(min(low, value)))
        box.setValue(float(value))
    box.blockSignals(False)


def _text(field: ParamField, view: ParamView) -> QWidget:
    line = QLineEdit()
    line.setPlaceholderText("Mixed")

    def take() -> None:
        if line.isModified():
            line.setModified(False)
            field.edited.emit(line.text().strip())

    line.editingFinished.connect(take)
    return line


def _show_text(line: QWidget, view: ParamView) -> None:
    assert isinstance(line, QLineEdit)
    text = "" if view.value is None else str(view.value)
    if not line.isModified() and line.text() != text:
        line.setText(text)


def _extents(field: ParamField, view: ParamView) -> QWidget:
    line = ExtentsField(view.length, int(view.minimum if view.minimum is not None else -_MOST))
    line.edited.connect(field.edited)
    line.refused.connect(field.refused)
    return line


def _show_extents(line: QWidget, view: ParamView) -> None:
    assert isinstance(line, ExtentsField)
    value: ParamValue | None = view.value
    line.show_value(value if isinstance(value, tuple) else None)


_CONTROLS: dict[str, Callable[[ParamField, ParamView], QWidget]] = {
    "flag": _flag,
    "choice": _choice,
    "whole": _whole,
    "real": _real,
    "extents": _extents,
    "text": _text,
}
_SHOW: dict[str, Callable[[QWidget, ParamView], None]] = {
    "flag": _show_flag,
    "choice": _show_choice,
    "whole": _show_number,
    "real": _show_number,
    "extents": _show_extents,
    "text": _show_text,
}
