"""NumberChoice: a slider over the legal values of a setting; nothing between them can be chosen."""

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider, QWidget

from widgets import theme
from widgets.inspector.dress import dress
from widgets.inspector.gesture import Gesture
from widgets.inspector.model import ChoiceView, SettingView
from widgets.inspector.wheel_guard import guard_wheel

_VALUE = 44
"""Room for five digits."""


class NumberChoice(QWidget):
    """`chosen` tells each value that is passed; those of one drag lie between the signals of `gesture`."""

    chosen = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.gesture = Gesture(self)
        self.slider = _Slider()
        self.slider.setAccessibleName(name)
        self.value = QLabel()
        self.value.setProperty("type", "dense")
        self.value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        dress(self.value, width=_VALUE)
        self._choices: tuple[ChoiceView, ...] = ()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.current().space(2))
        row.addWidget(self.slider, 1)
        row.addWidget(self.value)
        self.setFocusProxy(self.slider)
        self.slider.valueChanged.connect(self._on_place)
        self.slider.sliderReleased.connect(self.gesture.finish)
        self.slider.escaped.connect(self.gesture.cancel)

    def set_view(self, view: SettingView) -> None:
        """Show a setting; a drag keeps its place."""
        self._choices = view.choices
        self._say(view)
        if self.slider.isSliderDown():
            return
        place = next((place for place, each in enumerate(view.choices) if each.value == view.value), 0)
        with QSignalBlocker(self.slider):
            self.slider.setRange(0, len(view.choices) - 1)
            self.slider.setValue(place)

    def hideEvent(self, event: QHideEvent) -> None:
        """What is out of sight is no longer dragged."""
        super().hideEvent(event)
        self.slider.setSliderDown(False)
        self.gesture.finish()

    def _say(self, view: SettingView) -> None:
        shown = next((each.label for each in view.choices if each.value == view.value), "Mixed")
        if shown != self.value.text():
            self.value.setText(shown)
            self.slider.setAccessibleDescription(shown)

    def _on_place(self, place: int) -> None:
        if self.slider.isSliderDown():
            self.gesture.begin()
        self.value.setText(self._choices[place].label)
        self.chosen.emit(self._choices[place].value)


class _Slider(QSlider):
    """A slider whose drag Esc takes back."""

    escaped = Signal()

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setSingleStep(1)
        self.setPageStep(1)
        guard_wheel(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc ends a drag and takes its changes back."""
        if event.key() == Qt.Key.Key_Escape and self.isSliderDown():
            with QSignalBlocker(self):
                self.setSliderDown(False)
            self.escaped.emit()
            return
        super().keyPressEvent(event)
