"""ReuseTrack: the slider of reuse factors under the chart of what they cost; it snaps to legal values only."""

from dataclasses import dataclass, replace
from math import ceil, floor

from PySide6.QtCore import QEvent, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHelpEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractSlider, QSizePolicy, QToolTip, QWidget

from widgets.inspector.drawn import scaled
from widgets.inspector.gesture import Gesture
from widgets.inspector.model import ReuseView, Tally
from widgets.inspector.reuse_axis import ReuseAxis
from widgets.inspector.reuse_ground import ReuseGround
from widgets.inspector.reuse_paint import ReusePicture, paint_reuse
from widgets.inspector.reuse_sizes import track_height
from widgets.inspector.reuse_words import described, explained

PAGE = 5
_NEAR = 12.0
_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Down: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: 1,
    Qt.Key.Key_PageDown: -PAGE,
    Qt.Key.Key_PageUp: PAGE,
}
_ENDS = (Qt.Key.Key_Home, Qt.Key.Key_End)


class ReuseTrack(QAbstractSlider):
    """`reuse_changed`: the value that all selected layers shall have. `reuse_scaled`: how many legal values each
    layer shall move, counted from where the gesture began. Both lie between the signals of `gesture`.
    """

    reuse_changed = Signal(int)
    reuse_scaled = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.gesture = Gesture(self)
        self._ground = ReuseGround()
        self._view = ReuseView((1,), ())
        self._shown = 0
        self._mixed = False
        self._started_at: ReuseView | None = None
        self._steps = 0
        self._drag: _Drag | None = None
        self.setAccessibleName("Reuse factor")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("focusRing", False)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.valueChanged.connect(self._on_value_asked)

    @property
    def view(self) -> ReuseView:
        """What is shown, the change of a running drag included."""
        return self._view

    @property
    def busy(self) -> bool:
        """Whether the mouse or a key is changing values."""
        return self._drag is not None or self.gesture.running

    def show_view(self, view: ReuseView) -> None:
        """Show reuse factors; during a drag the layout stays what it was."""
        changed, self._view = view != self._view, view
        self.setEnabled(not view.off and bool(view.legal))
        if not self.busy:
            self._settle()
        if changed:
            self._tell()
            self.update()

    def let_go(self) -> None:
        """Keep what a running drag has changed so far, and end it."""
        self._drag = None
        self._started_at = None
        self.gesture.finish()
        self._settle()
        self.update()

    def axis(self) -> ReuseAxis:
        """Where the legal values lie at the present width."""
        return ReuseAxis(self._view.legal or (1,), self.width())

    def sizeHint(self) -> QSize:
        """Chart, slider, ticks and labels."""
        return QSize(scaled(240), track_height(self._view, self._mixed))

    def minimumSizeHint(self) -> QSize:
        """Legal values may come closer."""
        return QSize(scaled(160), self.sizeHint().height())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the thumb, move it here, or take hold of one of several marks."""
        if event.button() != Qt.MouseButton.LeftButton or not self._view.values:
            return
        x = event.position().x()
        near = self._nearest_mark(x)
        scale = self._mixed and bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if self._mixed and abs(near - x) > _NEAR:
            return
        grip = near - x if abs(near - x) <= _NEAR else 0.0
        self._drag = _Drag(self.axis().position_at(near), grip, scale)
        if not self._mixed and not grip:
            self._move(self.axis().position_at(x))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Snap to the legal value under the mouse."""
        if self._drag is None:
            return
        position = self.axis().position_at(event.position().x() + self._drag.grip)
        if self._drag.scale:
            self._scale_to(position - self._drag.origin)
        elif self.gesture.running or position != self._drag.origin:
            self._move(position)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        if event.button() == Qt.MouseButton.LeftButton and self._drag is not None:
            self.let_go()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go to the next legal value, Page by five, Home and End to the ends; Esc takes a drag back."""
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape and self.busy:
            self._cancel()
        elif key in _STEPS and self._view.values and self._drag is None:
            self._step(_STEPS[key], bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        elif key in _ENDS and self._view.values and self._drag is None:
            self._move(0 if key == Qt.Key.Key_Home else self.axis().last)
        else:
            event.ignore()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Keys held down are one step."""
        if event.key() in (*_STEPS, *_ENDS) and not event.isAutoRepeat() and self._drag is None:
            self.let_go()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Keys held down end with the focus."""
        super().focusOutEvent(event)
        if self._drag is None and self.gesture.running:
            self.let_go()
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring."""
        super().focusInEvent(event)
        self.update()

    def hideEvent(self, event: QHideEvent) -> None:
        """What is out of sight is no longer dragged."""
        super().hideEvent(event)
        if self.busy:
            self.let_go()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the inspector."""
        event.ignore()

    def event(self, event: QEvent) -> bool:
        """Keep the slider's keys from the window's shortcuts; explain the value under the mouse."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            wanted = event.key() in (*_STEPS, *_ENDS) or (event.key() == Qt.Key.Key_Escape and self.busy)
            event.setAccepted(wanted and not event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            return event.isAccepted()
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip and self._view.legal:
            QToolTip.showText(event.globalPos(), explained(self._view, self.axis().position_at(event.pos().x())), self)
            return True
        return super().event(event)

    def changeEvent(self, event: QEvent) -> None:
        """Measure again when the text scale changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw chart and slider."""
        # An error in a painting that is not ended would take the whole program down.
        with QPainter(self) as painter:
            paint_reuse(painter, self._picture(), self._ground)

    def set_to(self, value: int) -> None:
        """Give all selected layers one legal value, as a step of its own."""
        self._move(self.axis().nearest(value))
        self.let_go()

    def step(self, steps: int) -> None:
        """Go on by some legal values, as a step of its own."""
        self._step(steps, together=False)
        self.let_go()

    def _step(self, steps: int, together: bool) -> None:
        if together and self._mixed:
            self._scale_to(self._steps + steps)
            return
        here = self.axis().position(self._view.values[0].value)
        self._move(self.axis().clamped((floor(here) if steps > 0 else ceil(here)) + steps))

    def _move(self, position: int) -> None:
        value = self._view.legal[position]
        if self._view.value == value:
            return
        self._begin()
        layers = sum(each.layers for each in self._view.values)
        self._view = replace(self._view, values=(Tally(value, layers),))
        self._tell()
        self.update()
        self.reuse_changed.emit(value)

    def _scale_to(self, steps: int) -> None:
        last = self.axis().last
        steps = min(max(steps, -last), last)
        if steps == self._steps:
            return
        self._begin()
        self._steps = steps
        self._show_scaled()
        self.update()
        self.reuse_scaled.emit(steps)

    def _show_scaled(self) -> None:
        """Every mark moved by the same number of legal values, until the next view says what became of them."""
        assert self._started_at is not None
        axis = self.axis()
        moved: dict[int, int] = {}
        for each in self._started_at.values:
            value = self._view.legal[axis.clamped(round(axis.position(each.value)) + self._steps)]
            moved[value] = moved.get(value, 0) + each.layers
        self._view = replace(self._view, values=tuple(Tally(value, count) for value, count in moved.items()))
        self._tell()

    def _begin(self) -> None:
        if not self.gesture.running:
            self._started_at, self._steps = self._view, 0
        self.gesture.begin()

    def _cancel(self) -> None:
        start, self._started_at, self._drag = self._started_at, None, None
        if start is not None:
            self._view = start
        self.gesture.cancel()
        self._settle()
        self._tell()
        self.update()

    def _settle(self) -> None:
        """Choose between thumb and marks; never while a drag lasts, or the slider would jump from under it."""
        self._steps = 0
        mixed = len(self._view.values) > 1
        if mixed != self._mixed or self.height() != track_height(self._view, mixed):
            self._mixed = mixed
            self.updateGeometry()

    def _tell(self) -> None:
        """Value and range for assistive technology."""
        view = self._view
        if not view.legal or not view.values:
            return
        self._shown = min(max(view.values[0].value, view.legal[0]), view.legal[-1])
        with QSignalBlocker(self):
            self.setRange(view.legal[0], view.legal[-1])
            self.setValue(self._shown)
        self.setAccessibleDescription(described(view))

    def _on_value_asked(self, value: int) -> None:
        """Only assistive technology sets the value of a slider; the studio calls `show_view`."""
        if value != self._shown:
            self.set_to(value)

    def _nearest_mark(self, x: float) -> float:
        axis = self.axis()
        places = [axis.x(axis.position(each.value)) for each in self._view.values]
        return min(places, key=lambda place: abs(place - x))

    def _picture(self) -> ReusePicture:
        view, axis = self._view, self.axis()
        marks = tuple(Tally(axis.position(each.value), each.layers) for each in view.values)
        began = self._started_at.value if self._started_at is not None else None
        focused = self.hasFocus() and self.window().testAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)
        return ReusePicture(view, axis, marks, self._mixed, view.before or began, focused, self.isEnabled())


@dataclass(frozen=True, slots=True)
class _Drag:
    """What the mouse holds: the position of the press, how far off the mark it was, and whether all scale."""

    origin: int
    grip: float
    scale: bool
