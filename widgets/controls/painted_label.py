"""Base of small labels that paint themselves: text to a screen reader, a drawing to the eye."""

from PySide6.QtCore import QEvent
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget


class PaintedLabel(QLabel):
    """A label whose subclass draws `text()` and measures itself; follows theme and text scale."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def label_font(self) -> QFont:
        """Font that the drawing uses; subclasses choose a role."""
        return self.font()

    def text_width(self, text: str) -> int:
        """Width of a text in the drawing's font, px."""
        return QFontMetrics(self.label_font()).horizontalAdvance(text) + 1

    def changeEvent(self, event: QEvent) -> None:
        """Measure again when type or theme change."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self.updateGeometry()
            self.update()
