"""SpeedTiles: latency, interval and rate, side by side or one above the other."""

from PySide6.QtCore import QEvent, QRectF, QSize, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from widgets import theme
from widgets.budget.ink import CAPTION, DENSE, FIGURE, Ink, Pen, begin, ink
from widgets.budget.numbers import in_unit, unit_for
from widgets.budget.spot import SpotGroup
from widgets.budget.view import Tile
from widgets.budget.words import TITLES, spoken_tile, tile_change, tile_note, tile_note_short, why_tile
from widgets.help import tool_tip

_GAP = 8
_FLAT_GAP = 6
_PAD = 12
_ICON = 16


class SpeedTiles(QWidget):
    """Three tiles; `flat` stacks them with the value at the right. Clicking one wants it explained."""

    explain_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tiles: tuple[Tile, ...] = ()
        self._stale = False
        self._flat = False
        self._spots = SpotGroup(self, self._tip, self.explain_requested.emit)

    def set_tiles(self, tiles: tuple[Tile, ...], stale: bool = False) -> None:
        """Show other figures."""
        self._tiles, self._stale = tiles, stale
        if self._spots.show(tuple(tile.kind for tile in tiles)):
            self._place_spots()
        for spot, tile in zip(self._spots.order, tiles, strict=True):
            spot.describe(spoken_tile(tile), why_tile(tile))
        self.update()

    def set_flat(self, flat: bool) -> None:
        """Stack the tiles, or stand them side by side."""
        if flat != self._flat:
            self._flat = flat
            self._place_spots()
            self.update()

    def least_size(self, flat: bool) -> QSize:
        """What the figures need: names give way, numbers do not."""
        now, count = ink(), max(len(self._tiles), 1)
        value = max((_value_width(now, tile) for tile in self._tiles), default=0)
        if flat:
            height = now.theme.line("figure") + 4
            name = max((now.width(TITLES[tile.kind], DENSE) for tile in self._tiles), default=0)
            width = value + name + now.px(2 * _PAD + _ICON + 16)
            return QSize(round(width), count * height + (count - 1) * _FLAT_GAP)
        note = max((now.width(tile_note(tile), CAPTION) for tile in self._tiles), default=0)
        change = now.width("+00.0", DENSE) + now.px(8)
        each = max(value + change, note) + 2 * now.px(_PAD)
        return QSize(round(each * count + (count - 1) * _GAP), tall_tile(now))

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
        """Draw the tiles."""
        pen = begin(QPainter(self))
        for tile, rect in zip(self._tiles, self._rects(), strict=True):
            pen.frame(rect, pen.ink.theme.radius("card"), "line.default")
            (_paint_flat if self._flat else _paint_tall)(pen, tile, rect, self._stale)
        pen.painter.end()

    def _rects(self) -> list[QRectF]:
        count = len(self._tiles)
        if self._flat:
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


def tall_tile(now: Ink) -> int:
    """Height of a tile that stands beside others: three lines."""
    current = now.theme
    return current.line("dense") + current.line("figure") + current.line("caption") + now.px(18)


def _paint_tall(pen: Pen, tile: Tile, rect: QRectF, stale: bool) -> None:
    now, pad = pen.ink, pen.ink.px(_PAD)
    left, right = rect.left() + pad, rect.right() - pad
    first = rect.top() + now.px(15)
    second, third = rect.center().y() + now.px(1), rect.bottom() - now.px(15)
    pen.write(TITLES[tile.kind], left, first, DENSE, "text.secondary")
    _paint_met(pen, tile, right, first)
    unit = unit_for(tile.kind, tile.quantity.value)
    value = in_unit(tile.kind, tile.quantity.value, unit)
    pen.write(value, left, second, FIGURE, _value_ink(tile, stale))
    middle = second + (now.metrics(FIGURE).capHeight() - now.metrics(DENSE).capHeight()) / 2
    pen.write(unit.name, left + now.width(value, FIGURE) + now.px(6), middle, DENSE, _quiet(stale))
    _paint_change(pen, tile, right, middle, stale)
    _paint_note(pen, tile, left, right, third, stale)


def _paint_flat(pen: Pen, tile: Tile, rect: QRectF, stale: bool) -> None:
    now, pad = pen.ink, pen.ink.px(_PAD)
    left, right = rect.left() + pad, rect.right() - now.px(10)
    middle = rect.center().y()
    _paint_met(pen, tile, right, middle)
    right -= now.px(_ICON + 8)
    unit = unit_for(tile.kind, tile.quantity.value)
    base = middle + (now.metrics(FIGURE).capHeight() - now.metrics(DENSE).capHeight()) / 2
    pen.write_right(unit.name, right, base, DENSE, _quiet(stale))
    right -= now.width(unit.name, DENSE) + now.px(6)
    value = in_unit(tile.kind, tile.quantity.value, unit)
    pen.write_right(value, right, middle, FIGURE, _value_ink(tile, stale))
    right -= now.width(value, FIGURE) + now.px(8)
    note_shown = rect.height() >= now.theme.line("dense") + now.theme.line("caption") + 6
    spread = now.px(9) if note_shown else 0
    pen.write(now.elided(TITLES[tile.kind], DENSE, right - left), left, middle - spread, DENSE, "text.secondary")
    if note_shown:
        _paint_note(pen, tile, left, right, middle + spread, stale, short=True)


def _paint_note(
    pen: Pen, tile: Tile, left: float, right: float, middle: float, stale: bool, short: bool = False
) -> None:
    """The small print; a layer's name gives way in its middle, numbers go as a whole."""
    if tile.kind == "interval" and tile.cause:
        start = "set by "
        room = right - left - pen.ink.width(start, CAPTION)
        pen.write(start + pen.ink.elided(tile.cause, CAPTION, room), left, middle, CAPTION, _quiet(stale))
        return
    words = tile_note_short(tile) if short else tile_note(tile)
    for separator in (" · ", ", "):
        if pen.ink.width(words, CAPTION) > right - left:
            words = words.partition(separator)[0]
    if pen.ink.width(words, CAPTION) > right - left:
        return
    over = tile.met is False and not stale
    pen.write(words, left, middle, CAPTION, "danger" if over else _quiet(stale))


def _paint_change(pen: Pen, tile: Tile, right: float, middle: float, stale: bool) -> None:
    token = "ok" if tile.better and not stale else "text.tertiary"
    pen.write_right(tile_change(tile), right, middle, DENSE, token)


def _paint_met(pen: Pen, tile: Tile, right: float, middle: float) -> None:
    if tile.met is None:
        return
    side = pen.ink.px(_ICON)
    name, token = ("check-circle", "ok") if tile.met else ("over", "danger")
    theme.paint_icon(pen.painter, QRectF(right - side, round(middle - side / 2), side, side), name, token)


def _value_width(now: Ink, tile: Tile) -> float:
    unit = unit_for(tile.kind, tile.quantity.value)
    value = in_unit(tile.kind, tile.quantity.value, unit)
    return now.width(value, FIGURE) + now.px(6) + now.width(unit.name, DENSE)


def _value_ink(tile: Tile, stale: bool) -> str:
    if stale:
        return "text.tertiary"
    return "danger" if tile.met is False else "text.primary"


def _quiet(stale: bool) -> str:
    return "text.tertiary" if stale else "text.secondary"
