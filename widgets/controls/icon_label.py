"""IconLabel: an icon that tells the kind of statement, then the statement; the lines of text align."""

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget

from widgets import theme

_GAP = 6


class IconLabel(QLabel):
    """Text beside a 16 px icon in the colour of a token; wraps where told to."""

    def __init__(
        self, icon_name: str, text: str, color_token: str = "text.secondary", parent: QWidget | None = None
    ) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.set_icon(icon_name, color_token)
        self._make_room()

    def set_icon(self, icon_name: str, color_token: str = "text.secondary") -> None:
        """Change the icon."""
        self._icon_name, self._color_token = icon_name, color_token
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the text, and the icon level with its first line."""
        super().paintEvent(event)
        side = theme.current().size("icon")
        text = self.contentsRect()
        line = self.fontMetrics().height()
        height = text.height()
        drawn = self.heightForWidth(self.width()) if self.wordWrap() else line
        top = text.top() + max((height - drawn) / 2, 0) + (line - side) / 2
        token = self._color_token if self.isEnabled() else "text.disabled"
        theme.paint_icon(QPainter(self), QRectF(0, round(top), side, side), self._icon_name, token)

    def changeEvent(self, event: QEvent) -> None:
        """The icon grows with the text."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._make_room()

    def _make_room(self) -> None:
        self.setContentsMargins(theme.current().size("icon") + _GAP, 0, 0, 0)
        self.setMinimumHeight(theme.current().size("icon"))
