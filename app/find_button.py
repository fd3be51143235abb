"""The field in the middle of the menu bar: looks like a search field, opens the command palette."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenuBar, QPushButton

from widgets import theme
from widgets.controls import KeyHint

_WIDTH = 300
_LEAST = 160
"""Below it there is no field: Ctrl+K opens the palette all the same."""
_GAP = 16


_MOVES = (QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.LayoutRequest)


class FindButton(QPushButton):
    """Keeps itself in the middle of its menu bar, clear of what else stands there."""

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
        self._bar = bar
        # The bar puts its corner in place after it was resized: only then is it known how far the field may reach.
        for part in (bar, bar.cornerWidget()):
            if part is not None:
                part.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the size of the bar and the place of its corner."""
        if event.type() in _MOVES:
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        """In the middle, or beside it where titles of menus or the file's name reach that far."""
        bar = self._bar
        titles = [bar.actionGeometry(action).right() for action in bar.actions()]
        corner = bar.cornerWidget()
        first = max(titles, default=0) + _GAP
        last = (corner.x() if corner is not None else bar.width()) - _GAP
        width = min(round(_WIDTH * theme.current().text_scale), last - first)
        left = min(max((bar.width() - width) // 2, first), last - width)
        self.setVisible(width > _LEAST)
        self.setGeometry(left, 2, width, bar.height() - 4)
