"""A percentage by slider and by number, always the same."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSlider, QWidget

from widgets import theme
from widgets.controls import IntField


class PercentField(QWidget):
    """`changed` carries the percentage that the user chose; `set_value` is silent."""

    changed = Signal(int)

    def __init__(self, name: str, low: int, high: int, step: int) -> None:
        super().__init__()
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(low, high)
        self.slider.setSingleStep(step)
        self.slider.setPageStep(step)
        self.slider.setAccessibleName(f"{name}, slider")
        self.number = IntField(low, high, "%")
        self.number.setSingleStep(step)
        self.number.setKeyboardTracking(False)
        self.number.setAccessibleName(name)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.current().space(5))
        row.addWidget(self.slider, 1)
        row.addWidget(self.number)
        self.slider.valueChanged.connect(self._take)
        self.number.valueChanged.connect(self._take)

    @property
    def value(self) -> int:
        """The percentage."""
        return self.number.value()

    def set_value(self, value: int) -> None:
        """Show a percentage."""
        for control in (self.slider, self.number):
            control.blockSignals(True)
            control.setValue(value)
            control.blockSignals(False)

    def _take(self, value: int) -> None:
        self.set_value(value)
        self.changed.emit(value)
