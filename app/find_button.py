"""The field in the middle of the menu bar: looks like a search field, opens the command palette."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenuBar, QPushButton

from widgets import theme
from widgets.controls import KeyHint

_WIDTH = 300
_MENUS = 480
"""Width that the menus' titles take; the field never covers them."""


class FindButton(QPushButton):
    """Keeps itself centred in its menu bar."""

    def __init__(self, bar: QMenuBar) -> None:
        super().__init__(bar)
        self.setProperty("role", "find")
        self.setAccessibleName("Find a layer, a command, a number")
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 4, 0)
        glass, text = QLabel(), QLabel("Find a layer, a command, a number")
        glass.setPixmap(theme.icon("search").pixmap(14, 14))
        text.setProperty("tone", "secondary")
        for widget in (glass, text):
            widget.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(KeyHint("Ctrl+K", joined=True))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        bar.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the bar's size."""
        if event.type() == QEvent.Type.Resize and isinstance(watched, QMenuBar):
            width = min(_WIDTH, watched.width() - 2 * _MENUS)
            self.setVisible(width > 160)
            self.setGeometry((watched.width() - width) // 2, 2, width, watched.height() - 4)
        return super().eventFilter(watched, event)
