"""Base of the inspector's painted parts. They repaint without a new layout, which keeps a drag within its frame."""

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from widgets import theme

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignCenter


class Drawn(QWidget):
    """A widget that paints itself from the theme, and measures itself again when the text scale changes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def changeEvent(self, event: QEvent) -> None:
        """Measure again when type or theme change."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()


def text_width(text: str, font: QFont) -> float:
    """Width of a text in px, rounded up a little so that it is never cut."""
    return QFontMetricsF(font).horizontalAdvance(text) + 1


def draw_text(
    painter: QPainter,
    rect: QRectF,
    text: str,
    font: QFont,
    color_token: str = "text.primary",
    align: Qt.AlignmentFlag = LEFT,
) -> None:
    """One line of text in the colour of a token."""
    painter.setFont(font)
    painter.setPen(theme.current().color(color_token))
    painter.drawText(rect, int(align), text)


def elided(text: str, font: QFont, width: float) -> str:
    """The text with its middle left out where `width` px do not hold it."""
    return QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideMiddle, width)


def scaled(pixels: float) -> int:
    """Pixels at the present text scale."""
    return round(pixels * theme.current().text_scale)


def speak(widget: QWidget, name: str, text: str) -> None:
    """What a screen reader says: the name, then the values shown."""
    widget.setAccessibleName(f"{name}: {text}" if name else text)
