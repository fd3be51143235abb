"""SpeedTiles: latency, interval and rate."""

from PySide6.QtCore import QEvent, QRectF, QSize, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from widgets.budget.ink import begin, ink
from widgets.budget.spot import SpotGroup
from widgets.budget.tilepaint import Shape, least_width, paint_tile, tile_height
from widgets.budget.view import Tile
from widgets.budget.words import spoken_tile, why_tile
from widgets.help import tool_tip

_GAP = 8
_FLAT_GAP = 6


class SpeedTiles(QWidget):
    """Three figures in one of three shapes. Clicking one wants it explained."""

    explain_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tiles: tuple[Tile, ...] = ()
        self._stale = False
        self._shape = Shape.TALL
        self._spots = SpotGroup(self, self._tip, self.explain_requested.emit)

    def set_tiles(self, tiles: tuple[Tile, ...], stale: bool = False) -> None:
        """Show other figures; one that stays as it is is not painted again."""
        before = self._tiles if stale == self._stale else ()
        self._tiles, self._stale = tiles, stale
        if self._spots.show(tuple(tile.kind for tile in tiles)):
            self._place_spots()
            self.update()
        for spot, tile, rect in zip(self._spots.order, tiles, self._rects(), strict=True):
            if tile not in before:
                spot.describe(spoken_tile(tile), why_tile(tile))
                self.update(rect.toRect())

    def set_shape(self, shape: Shape) -> None:
        """Choose how the figures stand together."""
        if shape is not self._shape:
            self._shape = shape
            self._place_spots()
            self.update()

    def least_size(self, shape: Shape) -> QSize:
        """What the figures need: names give way, numbers do not."""
        now, count = ink(), max(len(self._tiles), 1)
        each = max((least_width(now, tile, shape) for tile in self._tiles), default=0)
        height = tile_height(now, shape)
        if shape is Shape.FLAT:
            return QSize(round(each), count * height + (count - 1) * _FLAT_GAP)
        return QSize(round(each * count + (count - 1) * _GAP), height)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk the tiles."""
        if not self._spots.walk(event):
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the spots over their tiles."""
        self._place_spots()

    def changeEvent(self, event: QEvent) -> None:
        """Follow theme and text scale."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the tiles that have changed."""
        pen = begin(QPainter(self))
        for tile, rect in zip(self._tiles, self._rects(), strict=True):
            if event.region().intersects(rect.toAlignedRect()):
                paint_tile(pen, tile, rect, self._shape, self._stale)
        pen.painter.end()

    def _rects(self) -> list[QRectF]:
        count = len(self._tiles)
        if self._shape is Shape.FLAT:
            height = (self.height() - (count - 1) * _FLAT_GAP) / max(count, 1)
            return [QRectF(0, round(k * (height + _FLAT_GAP)), self.width(), round(height)) for k in range(count)]
        width = (self.width() - (count - 1) * _GAP) / max(count, 1)
        return [QRectF(round(k * (width + _GAP)), 0, round(width), self.height()) for k in range(count)]

    def _place_spots(self) -> None:
        for spot, rect in zip(self._spots.order, self._rects(), strict=True):
            spot.setGeometry(rect.toRect())

    def _tip(self, kind: str) -> str:
        tile = next(tile for tile in self._tiles if tile.kind == kind)
        return f"<p>{spoken_tile(tile)}. {why_tile(tile)}</p><p>{tool_tip(kind)}</p>"
