"""The focus ring: 2 px, 1 px off the widget, shown only when the keyboard moved the focus."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QGraphicsView,
    QLineEdit,
    QMainWindow,
    QMenu,
    QMenuBar,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)
from shiboken6 import isValid

from widgets.theme.model import Theme

# Text fields change their own border; containers and canvases show focus on what they hold.
_OWN_FOCUS = (
    QLineEdit,
    QAbstractSpinBox,
    QPlainTextEdit,
    QTextEdit,
    QGraphicsView,
    QMenu,
    QMenuBar,
    QMainWindow,
    QDialog,
)
_FOLLOWED = (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.ParentChange)


def focus_by_keyboard(widget: QWidget) -> None:
    """Move the focus on behalf of a key other than Tab, so that the ring shows."""
    # Qt marks the window for this reason only, and for Tab while that key is handled.
    widget.setFocus(Qt.FocusReason.ShortcutFocusReason)


class FocusIndicator(QObject):
    """Moves one ring to whatever widget the keyboard focuses.

    A widget that paints its own focus sets the property `focusRing` to False.
    """

    def __init__(self, app: QApplication, theme: Callable[[], Theme]) -> None:
        super().__init__(app)
        self._theme = theme
        self._ring: FocusRing | None = None
        app.focusChanged.connect(self._on_focus_changed)

    def _on_focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        if self._ring is not None and isValid(self._ring):
            self._ring.hide()
            self._ring.deleteLater()
        self._ring = None
        if new is not None and _wants_ring(new):
            self._ring = FocusRing(new, self._theme)


def _wants_ring(widget: QWidget) -> bool:
    if widget.property("focusRing") is False or widget.isWindow() or isinstance(widget, _OWN_FOCUS):
        return False
    if isinstance(widget, QComboBox) and widget.isEditable():
        return False
    return widget.window().testAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)


class FocusRing(QWidget):
    """Transparent overlay that frames a widget and follows it when it moves."""

    def __init__(self, target: QWidget, theme: Callable[[], Theme]) -> None:
        host = _host(target)
        super().__init__(host)
        self.setObjectName("focusRing")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._target = target
        self._theme = theme
        for ancestor in _path(target, host):
            ancestor.installEventFilter(self)
        self._follow()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay with the target when it, or anything that holds it, moves."""
        if event.type() in _FOLLOWED:
            self._follow()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ring."""
        theme = self._theme()
        width = theme.stroke("focus")
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("focus"), width))
        radius = (
            0.0 if _fills_a_dock(self._target) else theme.radius("control") + theme.stroke("focusOffset") + width / 2
        )
        inset = width / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), radius, radius)

    def _follow(self) -> None:
        host = self.parentWidget()
        if not isValid(self._target) or host is None or not host.isAncestorOf(self._target):
            self.hide()
            return
        theme = self._theme()
        margin = round(theme.stroke("focus") + theme.stroke("focusOffset"))
        if _fills_a_dock(self._target):
            margin = 0
        corner = self._target.mapTo(host, QPoint(0, 0))
        self.setGeometry(self._target.rect().translated(corner).adjusted(-margin, -margin, margin, margin))
        self.setVisible(self._target.isVisible())
        self.raise_()


def _fills_a_dock(target: QWidget) -> bool:
    """Views touch their neighbours: their ring lies inside."""
    return isinstance(target, QAbstractScrollArea | QAbstractItemView)


def _host(target: QWidget) -> QWidget:
    """What the ring is painted over: the scrolled content that holds the target, else its window."""
    widget = target
    while (parent := widget.parentWidget()) is not None and not widget.isWindow():
        if isinstance(parent.parentWidget(), QAbstractScrollArea):
            return parent
        widget = parent
    return widget


def _path(target: QWidget, host: QWidget) -> list[QWidget]:
    path = []
    widget: QWidget | None = target
    while widget is not None and widget is not host:
        path.append(widget)
        widget = widget.parentWidget()
    return path
