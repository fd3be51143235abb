"""ReuseSlider: a reuse factor as a number, what it means, and a slider over the legal values."""

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from widgets import theme
from widgets.controls import IconLabel
from widgets.inspector.drawn import Drawn, draw_text, scaled, speak, text_width
from widgets.inspector.model import ReuseView
from widgets.inspector.reuse_field import ReuseField
from widgets.inspector.reuse_track import ReuseTrack
from widgets.inspector.words import grouped, plural

_MIXED_HELP = "Drag any mark to move all to one value; hold Shift to scale them together."


class ReuseSlider(QWidget):
    """Only legal values can be set: `reuse_changed` carries one for all, `reuse_scaled` how many legal values each
    layer moves, counted from where the gesture began.
    """

    gesture_started = Signal()
    gesture_finished = Signal()
    gesture_cancelled = Signal()
    reuse_changed = Signal(int)
    reuse_scaled = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = ReuseField()
        self.meaning = _Meaning()
        self.track = ReuseTrack()
        self.note = IconLabel("info", "")
        self.help = QLabel()
        self._lay_out()
        self._connect()

    def set_view(self, view: ReuseView) -> None:
        """Show reuse factors; a running drag and a text being typed are left alone."""
        self.track.show_view(view)
        self._show(view)

    def end_gesture(self) -> None:
        """Keep what a running drag has changed so far, and end it."""
        if self.track.busy:
            self.track.let_go()
        self.field.setModified(False)
        self._say("")

    def _lay_out(self) -> None:
        space = theme.current().space
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(space(2))
        row = QHBoxLayout()
        row.setSpacing(space(4))
        row.addWidget(self.field)
        row.addWidget(self.meaning, 1)
        column.addLayout(row)
        for label in (self.note, self.help):
            label.setProperty("type", "dense")
            label.setWordWrap(True)
            label.hide()
        self.help.setProperty("tone", "secondary")
        for widget in (self.note, self.track, self.help):
            column.addWidget(widget)

    def _connect(self) -> None:
        gesture = self.track.gesture
        gesture.started.connect(self.gesture_started)
        gesture.finished.connect(self._on_finished)
        gesture.cancelled.connect(self._on_cancelled)
        self.track.reuse_changed.connect(self._on_changed)
        self.track.reuse_scaled.connect(self._on_scaled)
        self.field.typed.connect(self._on_typed)
        self.field.stepped.connect(self.track.step)

    def _on_changed(self, value: int) -> None:
        self._say("")
        self._show(self.track.view)
        self.reuse_changed.emit(value)

    def _on_scaled(self, steps: int) -> None:
        self._say("")
        self._show(self.track.view)
        self.reuse_scaled.emit(steps)

    def _on_finished(self) -> None:
        self._show(self.track.view)
        self.gesture_finished.emit()

    def _on_cancelled(self) -> None:
        self.gesture_cancelled.emit()
        self._show(self.track.view)

    def _on_typed(self, value: int) -> None:
        legal = self.track.view.legal
        if not legal:
            return
        taken = legal[self.track.axis().nearest(value)]
        self.track.set_to(taken)
        self.field.show_value(taken, self.track.view.inherited)
        if taken != value:
            self._say(f"{grouped(value)} is not legal here; {grouped(taken)} is the nearest that is.")

    def _say(self, text: str) -> None:
        if self.note.text() == text:
            return
        self.note.setText(text)
        self.note.setVisible(bool(text))
        self.note.setAccessibleName(text)
        if text:
            QAccessible.updateAccessibility(QAccessibleEvent(self.note, QAccessible.Event.Alert))

    def _show(self, view: ReuseView) -> None:
        self.field.show_value(view.value, view.inherited)
        if self.field.isEnabled() != (not view.off):
            self.field.setEnabled(not view.off)
        if not view.values or not view.legal:
            self.field.setPlaceholderText("Mixed" if len(view.values) > 1 else "–")
        self.meaning.set_lines(*_lines(view))
        if not self.track.busy:
            self.track.setVisible(len(view.legal) > 1)
            self._help(view)

    def _help(self, view: ReuseView) -> None:
        text = _MIXED_HELP if len(view.values) > 1 and view.legal else ""
        text = f"Off: {view.off}" if view.off else text
        if text != self.help.text():
            self.help.setText(text)
            self.help.setVisible(bool(text))


class _Meaning(Drawn):
    """What a reuse factor means, in two lines beside the field."""

    def __init__(self) -> None:
        super().__init__()
        self._lines = ("", "")

    def set_lines(self, first: str, second: str) -> None:
        """Show other lines; no layout follows."""
        if (first, second) != self._lines:
            self._lines = (first, second)
            speak(self, "", ", ".join(line for line in self._lines if line))
            self.update()

    def sizeHint(self) -> QSize:
        """As high as two lines."""
        return QSize(scaled(120), max(theme.current().size("control"), 2 * theme.current().line("dense")))

    def minimumSizeHint(self) -> QSize:
        """The lines are never cut."""
        now = theme.current()
        widths = text_width(self._lines[0], now.font("dense", 600)), text_width(self._lines[1], now.font("dense"))
        return QSize(round(max(widths)), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the lines."""
        now = theme.current()
        painter = QPainter(self)
        first, second = self._lines
        half = self.height() / 2 if second else self.height()
        draw_text(painter, QRectF(0, 0, self.width(), half), first, now.font("dense", 600))
        if second:
            draw_text(painter, QRectF(0, half, self.width(), half), second, now.font("dense"), "text.secondary")


def _lines(view: ReuseView) -> tuple[str, str]:
    """`128 multipliers` and `interval 1,220 of 4,836 cycles`; the range of a mixed selection."""
    if view.off:
        return ("", "")
    if not view.legal:
        return ("No value is legal for all", "Select fewer layers")
    if view.value is None:
        values = [each.value for each in view.values]
        return (f"{grouped(min(values))} to {grouped(max(values))}", "") if values else ("", "")
    if view.value not in view.legal:
        several = sum(each.layers for each in view.values) > 1
        return ("Not legal for all", "") if several else ("Not legal here", "The slider has the legal ones")
    place = view.legal.index(view.value)
    known = len(view.multipliers) == len(view.legal)
    first = plural(view.multipliers[place], "multiplier") if known else ""
    if len(view.intervals) != len(view.legal):
        return (first, "")
    of = f" of {grouped(view.slowest)}" if view.slowest else ""
    return (first, f"interval {grouped(view.intervals[place])}{of} cycles")
