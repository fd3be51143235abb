"""Toast: a message that comes up at the upper edge of the window's middle and goes by itself."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QEnterEvent, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QToolButton, QWidget

from widgets import theme
from widgets.controls.icon_label import IconLabel
from widgets.controls.notice import NOTICE_ICONS
from widgets.controls.painting import draw_raised_card

_SHADOW_ROOM = 20
_WIDEST = 560
_UNBOUNDED = 16777215
TIMEOUT_MS = 8000


class Toast(QWidget):
    """One message with an optional action. Waits while the pointer is over it or the focus in it; Esc closes."""

    activated = Signal()
    dismissed = Signal()

    def __init__(self, text: str, tone: str, action: str, timeout_ms: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._focus_before: QWidget | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(timeout_ms)
        self._timer.timeout.connect(self.dismiss)
        self.setAccessibleName(text)
        self._fill(text, tone, action)
        for button in (self.action_button, self.close_button):
            button.installEventFilter(self)

    def _fill(self, text: str, tone: str, action: str) -> None:
        now = theme.current()
        row = QHBoxLayout(self)
        inset = _SHADOW_ROOM
        row.setContentsMargins(inset + now.space(4), inset + now.space(3), inset + now.space(3), inset + now.space(3))
        row.setSpacing(now.space(4))
        self._label = IconLabel(NOTICE_ICONS[tone], text, tone, self)
        row.addWidget(self._label, 1)
        self.action_button = QPushButton(action, self)
        self.action_button.setProperty("role", "link")
        self.action_button.setVisible(bool(action))
        self.action_button.clicked.connect(self._activate)
        row.addWidget(self.action_button)
        self.close_button = QToolButton(self)
        self.close_button.setProperty("compact", "true")
        self.close_button.setIcon(theme.icon("close"))
        self.close_button.setToolTip("Dismiss")
        self.close_button.setAccessibleName("Dismiss")
        self.close_button.clicked.connect(self.dismiss)
        row.addWidget(self.close_button)

    def fit(self, width: int) -> None:
        """Take the room that the text needs, up to `width` px with the shadow; wrap what is longer."""
        for child in self.findChildren(QWidget):
            child.ensurePolished()
        self._label.setWordWrap(False)
        self._label.setMinimumWidth(0)
        self._label.setMaximumWidth(_UNBOUNDED)
        beside = self.sizeHint().width() - self._label.sizeHint().width()
        room = min(width - beside, _WIDEST)
        if self._label.sizeHint().width() > room:
            self._label.setWordWrap(True)
            self._label.setFixedWidth(room)
        self.adjustSize()

    def start(self) -> None:
        """Appear, tell screen readers, and begin to wait."""
        self.show()
        self.raise_()
        self._wait()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    @property
    def is_waiting(self) -> bool:
        """Whether it will go by itself."""
        return self._timer.isActive()

    @property
    def has_keyboard(self) -> bool:
        """Whether the focus is on one of its buttons."""
        focused = QApplication.focusWidget()
        return focused is not None and self.isAncestorOf(focused)

    def take_focus(self) -> None:
        """Bring the keyboard here; it goes back when the toast goes."""
        self._focus_before = QApplication.focusWidget()
        target = self.action_button if not self.action_button.isHidden() else self.close_button
        theme.focus_by_keyboard(target)

    def dismiss(self) -> None:
        """Go, and give the focus back."""
        self._timer.stop()
        if self.has_keyboard and self._focus_before is not None:
            self._focus_before.setFocus(Qt.FocusReason.OtherFocusReason)
        self.hide()
        self.dismissed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc dismisses."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Stay while it is looked at."""
        super().enterEvent(event)
        self._timer.stop()

    def leaveEvent(self, event: QEvent) -> None:
        """Begin to wait again."""
        super().leaveEvent(event)
        self._wait()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay while the keyboard is here."""
        if event.type() == QEvent.Type.FocusIn:
            self._timer.stop()
        elif event.type() == QEvent.Type.FocusOut:
            self._wait()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw a raised card."""
        draw_raised_card(self, _SHADOW_ROOM)

    def _activate(self) -> None:
        self.activated.emit()
        self.dismiss()

    def _wait(self) -> None:
        if self.isVisible() and not self.has_keyboard and not self.underMouse():
            self._timer.start()


class ToastHost(QObject):
    """Shows one toast at a time over a part of a window, where it hides no numbers."""

    def __init__(self, part: QWidget, top_margin: int = 12) -> None:
        """`top_margin`: px at 100 % text scale to keep free at the upper edge, for a header."""
        super().__init__(part)
        self._part = part
        self._top_margin = top_margin
        self.toast: Toast | None = None
        part.installEventFilter(self)

    def show_toast(
        self,
        text: str,
        tone: str = "info",
        action: str = "",
        on_action: Callable[[], object] | None = None,
        timeout_ms: int = TIMEOUT_MS,
    ) -> Toast:
        """Show a message (tone info, ok, warning or danger), in place of the one before."""
        self._clear()
        toast = Toast(text, tone, action, timeout_ms, self._part)
        if on_action is not None:
            toast.activated.connect(on_action)
        toast.dismissed.connect(self._clear)
        self.toast = toast
        self._place()
        toast.start()
        return toast

    def focus_toast(self) -> bool:
        """Bring the keyboard to the toast; False where there is none, or the keyboard is there already."""
        if self.toast is None or self.toast.has_keyboard:
            return False
        self.toast.take_focus()
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the toast in place when the part changes its size."""
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def _place(self) -> None:
        if self.toast is not None:
            width = self._part.width()
            self.toast.fit(width)
            top = round(self._top_margin * theme.current().text_scale) - _SHADOW_ROOM
            self.toast.move((width - self.toast.width()) // 2, max(top, 0))

    def _clear(self) -> None:
        if self.toast is not None:
            toast, self.toast = self.toast, None
            toast.hide()
            toast.deleteLater()
