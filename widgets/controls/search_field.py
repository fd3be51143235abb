"""SearchField: a line to type into with a magnifier, the key that leads to it, and a button that clears it."""

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QToolButton, QWidget

from widgets import theme
from widgets.controls.key_hint import KeyHint

_PAD = 8


class SearchField(QLineEdit):
    """Esc clears what is typed; the key hint gives way to text."""

    def __init__(self, placeholder: str, shortcut: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.setAccessibleDescription(f"Shortcut {shortcut}" if shortcut else "")
        self._hint = KeyHint(shortcut, joined=True, parent=self) if shortcut else None
        if self._hint is not None:
            self._hint.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._clear = QToolButton(self)
        self._clear.setProperty("compact", "true")
        self._clear.setIcon(theme.icon("close"))
        self._clear.setCursor(Qt.CursorShape.ArrowCursor)
        self._clear.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._clear.setToolTip("Clear (Esc)")
        self._clear.setAccessibleName("Clear")
        self._clear.clicked.connect(self.clear)
        self.textChanged.connect(self._show_trailing)
        self._show_trailing()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc clears the text; with none it is left to whoever listens outside."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep hint and button at the right edge."""
        super().resizeEvent(event)
        self._place()

    def changeEvent(self, event: QEvent) -> None:
        """Make room again when type or theme change."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._place()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the field, then the magnifier."""
        super().paintEvent(event)
        side = theme.current().size("icon")
        token = "text.secondary" if self.isEnabled() else "text.disabled"
        top = round((self.height() - side) / 2)
        theme.paint_icon(QPainter(self), QRectF(_PAD + 1, top, side, side), "search", token)

    def _show_trailing(self) -> None:
        typed = bool(self.text())
        self._clear.setVisible(typed)
        if self._hint is not None:
            self._hint.setVisible(not typed)
        self._place()

    def _place(self) -> None:
        now = theme.current()
        trailing = 0
        for widget in (self._hint, self._clear):
            if widget is None:
                continue
            size = widget.sizeHint()
            trailing = max(trailing, size.width())
            widget.resize(size)
            widget.move(self.width() - size.width() - 4, (self.height() - size.height()) // 2)
        self.setTextMargins(now.size("icon") + _PAD - 2, 0, trailing, 0)
