"""SegmentedControl: one choice of a few, all in sight; segments that are off say why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from widgets import theme
from widgets.controls.segment import SegmentButton

_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Down: 1,
}


@dataclass(frozen=True, slots=True)
class Segment:
    """One choice: the value it stands for, its label, and what the tool tip adds."""

    value: str
    label: str
    tooltip: str = ""


class SegmentedControl(QWidget):
    """A row of exclusive segments. `selected` tells the value that the user chose."""

    selected = Signal(str)

    def __init__(
        self, segments: Sequence[Segment], name: str, equal: bool = True, parent: QWidget | None = None
    ) -> None:
        """`name` is what a screen reader calls the choice; `equal` gives all segments the same width."""
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setSizePolicy(
            QSizePolicy.Policy.Preferred if equal else QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._buttons: dict[str, SegmentButton] = {}
        for segment in segments:
            button = SegmentButton(segment.label, segment.tooltip, self)
            button.clicked.connect(self._on_clicked)
            self._buttons[segment.value] = button
            row.addWidget(button, 1 if equal else 0)
        self._value = ""
        self._share_tab_stop()

    @property
    def value(self) -> str:
        """The chosen value; empty while none is, or several are."""
        return self._value

    def set_value(self, value: str) -> None:
        """Choose a segment without telling `selected`; '' chooses none."""
        self._value = value
        for key, button in self._buttons.items():
            button.set_count(0)
            button.choose(key == value)
        self._share_tab_stop()

    def set_mixed(self, counts: Mapping[str, int]) -> None:
        """Show that several values hold at once: how many things have each."""
        self.set_value("")
        for key, button in self._buttons.items():
            button.set_count(counts.get(key, 0))

    def set_off(self, value: str, reason: str) -> None:
        """Switch a segment off with a reason (`9,216 products, limit 4,096`); '' switches it on again."""
        self._buttons[value].set_off(reason)

    def button(self, value: str) -> SegmentButton:
        """The button of a value, for tests and tours."""
        return self._buttons[value]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk the segments and choose those that are on; Home and End go to the ends."""
        buttons = list(self._buttons.values())
        here = next((index for index, button in enumerate(buttons) if button.hasFocus()), 0)
        if event.key() in _STEPS:
            self._go(buttons[(here + _STEPS[Qt.Key(event.key())]) % len(buttons)])
        elif event.key() == Qt.Key.Key_Home:
            self._go(buttons[0])
        elif event.key() == Qt.Key.Key_End:
            self._go(buttons[-1])
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the track that the segments lie in."""
        now = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(now.color("line.subtle"), 1))
        painter.setBrush(now.color("bg.sunken"))
        track = self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(track, now.radius("control"), now.radius("control"))

    def changeEvent(self, event: QEvent) -> None:
        """Fade the segments with the control."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.EnabledChange:
            self.update()

    def _go(self, button: SegmentButton) -> None:
        theme.focus_by_keyboard(button)
        if button.reason:
            button.show_reason()
        else:
            button.click()

    def _on_clicked(self) -> None:
        button = self.sender()
        value = next(key for key, known in self._buttons.items() if known is button)
        if self._buttons[value].reason:
            self._buttons[value].show_reason()
        elif value != self._value:
            self.set_value(value)
            self.selected.emit(value)

    def _share_tab_stop(self) -> None:
        """Tab enters at the chosen segment, as in any radio group."""
        entry = self._buttons.get(self._value) or next(iter(self._buttons.values()), None)
        for button in self._buttons.values():
            policy = Qt.FocusPolicy.StrongFocus if button is entry else Qt.FocusPolicy.ClickFocus
            button.setFocusPolicy(policy)
