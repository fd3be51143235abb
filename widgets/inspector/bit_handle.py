"""BitHandle: one end of a type, dragged or moved by arrow keys."""

from PySide6.QtCore import QEvent, QLineF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QAbstractSlider, QWidget

from widgets import theme
from widgets.controls import draw_focus_ring

HIT = 24
_HEIGHT = 36
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_COUNTS = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}


class BitHandle(QAbstractSlider):
    """10 by 28 px in a target of 24. `value` is the number of bits that it governs.

    `taken` starts a drag, `dragged` tells the way from the press in px; `stepped` bits added by a key; `released` the
    end of either, `escaped` that it shall be as if nothing had been.
    """

    taken = Signal()
    dragged = Signal(float)
    stepped = Signal(int)
    released = Signal()
    escaped = Signal()

    def __init__(self, name: str, outward: int, parent: QWidget) -> None:
        """`outward` is −1 where bits are added to the left, 1 to the right."""
        super().__init__(parent)
        self._outward = outward
        self._pressed_x: float | None = None
        self._held = False
        self._shown = 0
        self.setRange(-1100, 1100)
        self.valueChanged.connect(self._on_value_asked)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.SizeHorCursor)
        self.setProperty("focusRing", False)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.resize(self.sizeHint())

    @property
    def dragging(self) -> bool:
        """Whether the mouse holds it."""
        return self._pressed_x is not None

    def show_bits(self, bits: int) -> None:
        """Say how many bits there are now."""
        if bits != self._shown:
            self._shown = bits
            self.setValue(bits)

    def sizeHint(self) -> QSize:
        """The target, and room for the focus ring."""
        return QSize(HIT, _HEIGHT)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed_x = event.globalPosition().x()
            self.taken.emit()
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell how far it has been dragged."""
        if self._pressed_x is not None:
            self.dragged.emit(event.globalPosition().x() - self._pressed_x)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        if event.button() == Qt.MouseButton.LeftButton and self._pressed_x is not None:
            self.let_go()

    def let_go(self) -> None:
        """End a drag where it is."""
        self._pressed_x = None
        self.released.emit()
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move the end by one bit; Esc takes a drag back."""
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape and (self.dragging or self._held):
            self._pressed_x, self._held = None, False
            self.escaped.emit()
            self.update()
        elif self.dragging:
            event.ignore()
        elif key in _STEPS:
            self._held = True
            self.stepped.emit(_STEPS[key] * self._outward)
        elif key in _COUNTS:
            self._held = True
            self.stepped.emit(_COUNTS[key])
        else:
            event.ignore()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Keys held down are one step."""
        if event.key() in (*_STEPS, *_COUNTS) and not event.isAutoRepeat() and self._held:
            self._held = False
            self.released.emit()

    def event(self, event: QEvent) -> bool:
        """Keep arrows and Esc from the window's shortcuts."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            wanted = event.key() in (*_STEPS, *_COUNTS) or (
                event.key() == Qt.Key.Key_Escape and (self.dragging or self._held)
            )
            event.setAccepted(wanted and event.modifiers() == Qt.KeyboardModifier.NoModifier)
            return event.isAccepted()
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Keys held down end with the focus."""
        super().focusOutEvent(event)
        if self._held:
            self._held = False
            self.released.emit()
        self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the inspector."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the grip, and the ring when the keyboard is here."""
        now = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width, height = now.extent("handle")
        grip = QRectF((self.width() - width) / 2, (self.height() - height) / 2, width, height)
        if self.hasFocus() and (self.dragging or self._by_keyboard()):
            draw_focus_ring(painter, grip, width / 2)
        ink = now.color("accent" if self.isEnabled() else "line.control")
        painter.setPen(QPen(ink, 2))
        painter.setBrush(now.color("accent.soft" if self.underMouse() or self.dragging else "bg.node"))
        painter.drawRoundedRect(grip.adjusted(1, 1, -1, -1), width / 2 - 1, width / 2 - 1)
        painter.setPen(QPen(ink, 1))
        centre = grip.center()
        for side in (-1.5, 1.5):
            x = centre.x() + side
            painter.drawLine(QLineF(x, centre.y() - 5, x, centre.y() + 5))

    def _on_value_asked(self, bits: int) -> None:
        """Only assistive technology sets the value of a slider; the studio calls `show_bits`."""
        if bits != self._shown:
            self.stepped.emit(bits - self._shown)
            self.released.emit()

    def _by_keyboard(self) -> bool:
        return self.window().testAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)
