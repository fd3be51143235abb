"""Fields for the parameters of layer kinds, chosen by the form of the value."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QVBoxLayout, QWidget

from widgets.controls import IntField, RealField
from widgets.inspector.form import let_shrink
from widgets.inspector.marking import mark_invalid
from widgets.inspector.model import ParamValue, ParamView
from widgets.inspector.wheel_guard import guard_wheel
from widgets.inspector.words import extents

_MOST = 1_000_000
_SEPARATORS = str.maketrans({"×": " ", "x": " ", "X": " ", "*": " ", ",": " ", "(": " ", ")": " ", "−": "-"})


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
            self.control.forget_typing()
        elif isinstance(self.control, QLineEdit):
            self.control.setModified(False)
        self._forget_shown()

    def _forget_shown(self) -> None:
        """Show the next view in any case: it may take an edit back."""
        self._shown = None


class ExtentsField(QLineEdit):
    """Whole numbers with × between; Up and Down change the one at the cursor."""

    edited = Signal(object)
    refused = Signal(str)

    def __init__(self, length: int | None, minimum: int) -> None:
        super().__init__()
        self._length, self._minimum = length, minimum
        self._shown = ""
        self.setPlaceholderText("Mixed")
        self.textEdited.connect(lambda: self._mark(""))

    def show_value(self, value: tuple[int, ...] | None) -> None:
        """Show extents; leaves alone what is being typed."""
        text = "" if value is None else extents(value)
        changed, self._shown = text != self._shown, text
        if changed or not self.isModified():
            self._restore()

    def forget_typing(self) -> None:
        """Drop a half-typed text."""
        self._restore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes the text, Esc brings back what was shown."""
        steps = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take()
        elif event.key() == Qt.Key.Key_Escape and self.isModified():
            self._restore()
        elif event.key() in steps:
            self._step(steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving takes the text as well."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._take()

    def _take(self) -> None:
        if not self.isModified():
            return
        try:
            value = self._read()
        except ValueError as error:
            self._mark(str(error))
            return
        if extents(value) != self._shown:
            self.setModified(False)
            self.edited.emit(value)
        else:
            self._restore()

    def _step(self, change: int) -> None:
        try:
            numbers = list(self._read())
        except ValueError as error:
            self._mark(str(error))
            return
        place = min(self.text()[: self.cursorPosition()].count("×"), len(numbers) - 1)
        numbers[place] = max(numbers[place] + change, self._minimum)
        cursor = self.cursorPosition()
        self.setText(extents(tuple(numbers)))
        self.setCursorPosition(cursor)
        self.setModified(True)
        self._take()

    def _read(self) -> tuple[int, ...]:
        words = self.text().translate(_SEPARATORS).split()
        example = " × ".join(["3"] * (self._length or 2))
        try:
            numbers = tuple(int(word) for word in words)
        except ValueError:
            raise ValueError(f"Write whole numbers, such as {example}.") from None
        if not numbers or (self._length is not None and len(numbers) != self._length):
            raise ValueError(f"Write {self._length or 'some'} whole numbers, such as {example}.")
        if min(numbers) < self._minimum:
            raise ValueError(f"{min(numbers)} is too small; at least {self._minimum}.")
        return numbers

    def _restore(self) -> None:
        if self.text() != self._shown:
            self.setText(self._shown)
        self.setModified(False)
        self._mark("")

    def _mark(self, reason: str) -> None:
        mark_invalid(self, reason)
        self.refused.emit(reason)


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
        combo.addItem(choice.replace("_", " ").capitalize(), choice)
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
