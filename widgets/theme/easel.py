"""Draws small pictures on scratch pixmaps that are used again and again.

With PySide 6.11 every new pixmap that is painted on takes six references to None and never gives them back;
a copy of a scratch pixmap takes none.
"""

from collections.abc import Callable
from functools import cache

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPixmap


class Easel:
    """Keeps scratch pixmaps, which grow as needed: a second one where a picture is drawn within another."""

    def __init__(self) -> None:
        self._free: list[QPixmap] = []

    def draw(self, width: float, height: float, ratio: float, paint: Callable[[QPainter], None]) -> QPixmap:
        """A transparent pixmap of `width` by `height` logical px on which `paint` has drawn, smoothed."""
        size = QSize(max(round(width * ratio), 1), max(round(height * ratio), 1))
        scratch = self._free.pop() if self._free else QPixmap()
        if size.expandedTo(scratch.size()) != scratch.size():
            scratch = QPixmap(size.expandedTo(scratch.size()))
            scratch.fill(Qt.GlobalColor.transparent)
        scratch.setDevicePixelRatio(ratio)
        with QPainter(scratch) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Clear)
            painter.fillRect(0, 0, round(width) + 2, round(height) + 2, Qt.GlobalColor.transparent)
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
            paint(painter)
        drawn = scratch.copy(QRect(QPoint(0, 0), size))
        drawn.setDevicePixelRatio(ratio)
        self._free.append(scratch)
        return drawn


@cache
def easel() -> Easel:
    """The easel of the program."""
    return Easel()
