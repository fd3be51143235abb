"""Draws small pictures on one scratch pixmap that is used again and again.

With PySide 6.11 every new pixmap that is painted on takes six references to None and never gives them back;
a copy of the scratch pixmap takes none.
"""

from collections.abc import Callable
from functools import cache

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPixmap


class Easel:
    """Keeps the scratch pixmap, which grows as needed."""

    def __init__(self) -> None:
        self._scratch = QPixmap()

    def draw(self, width: float, height: float, ratio: float, paint: Callable[[QPainter], None]) -> QPixmap:
        """A transparent pixmap of `width` by `height` logical px on which `paint` has drawn, smoothed."""
        size = QSize(max(round(width * ratio), 1), max(round(height * ratio), 1))
        if size.expandedTo(self._scratch.size()) != self._scratch.size():
            self._scratch = QPixmap(size.expandedTo(self._scratch.size()))
            self._scratch.fill(Qt.GlobalColor.transparent)
        self._scratch.setDevicePixelRatio(ratio)
        painter = QPainter(self._scratch)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Clear)
        painter.fillRect(0, 0, round(width) + 2, round(height) + 2, Qt.GlobalColor.transparent)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
        paint(painter)
        painter.end()
        drawn = self._scratch.copy(QRect(QPoint(0, 0), size))
        drawn.setDevicePixelRatio(ratio)
        return drawn


@cache
def easel() -> Easel:
    """The easel of the program."""
    return Easel()
