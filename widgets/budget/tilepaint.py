"""How a figure of speed is painted: as a tall tile, a flat one, or on one line without a frame."""

from enum import Enum

from PySide6.QtCore import QRectF

from widgets import theme
from widgets.budget.ink import CAPTION, DENSE, FIGURE, STRONG, Ink, Pen
from widgets.budget.numbers import in_unit, unit_for
from widgets.budget.view import Tile
from widgets.budget.words import TITLES, tile_change, tile_note, tile_note_short

PAD = 12
ICON = 16
_UNIT_GAP = 6


class Shape(Enum):
    """How the figures stand together."""

    TALL = "tall"
    """Side by side: name, value, small print."""
    FLAT = "flat"
    """One above the other, the value at the right."""
    LINE = "line"
    """Side by side on one line."""


def paint_tile(pen: Pen, tile: Tile, rect: QRectF, shape: Shape, stale: bool) -> None:
    """Draw a figure of speed into `rect`."""
    if shape is not Shape.LINE:
        pen.frame(rect, pen.ink.theme.radius("card"), "line.default")
    _PAINTERS[shape](pen, tile, rect, stale)


def least_width(now: Ink, tile: Tile, shape: Shape) -> float:
    """What a figure needs, px: small print and change give way, the value does not."""
    if shape is Shape.TALL:
        return value_width(now, tile) + 2 * now.px(PAD)
    title = now.width(TITLES[tile.kind], DENSE)
    if shape is Shape.FLAT:
        return value_width(now, tile) + title + now.px(2 * PAD + ICON + 16)
    return _line_width(now, tile) + now.px(PAD)


def tile_height(now: Ink, shape: Shape) -> int:
    """Height of one: three lines, two of which one is a figure, or one."""
    current = now.theme
    if shape is Shape.TALL:
        return current.line("dense") + current.line("figure") + current.line("caption") + now.px(18)
    return current.line("figure") + 4 if shape is Shape.FLAT else current.size("row")


def _paint_tall(pen: Pen, tile: Tile, rect: QRectF, stale: bool) -> None:
    now, pad = pen.ink, pen.ink.px(PAD)
    left, right = rect.left() + pad, rect.right() - pad
    first = rect.top() + now.px(15)
    second, third = rect.center().y() + now.px(1), rect.bottom() - now.px(15)
    pen.write(TITLES[tile.kind], left, first, DENSE, "text.secondary")
    _paint_whose(pen, tile, left, right - now.px(ICON), first)
    _paint_met(pen, tile, right, first)
    unit = unit_for(tile.kind, tile.quantity.value)
    value = in_unit(tile.kind, tile.quantity.value, unit)
    pen.write(value, left, second, FIGURE, _value_ink(tile, stale))
    middle = second + (now.metrics(FIGURE).capHeight() - now.metrics(DENSE).capHeight()) / 2
    pen.write(unit.name, left + now.width(value, FIGURE) + now.px(_UNIT_GAP), middle, DENSE, _quiet(stale))
    taken = value_width(now, tile) + now.px(8)
    if left + taken + now.width(tile_change(tile), DENSE) <= right:
        token = "ok" if tile.better and not stale else "text.tertiary"
        pen.write_right(tile_change(tile), right, middle, DENSE, token)
    _paint_note(pen, tile, left, right, third, stale)


def _paint_flat(pen: Pen, tile: Tile, rect: QRectF, stale: bool) -> None:
    now, pad = pen.ink, pen.ink.px(PAD)
    left, right = rect.left() + pad, rect.right() - now.px(10)
    middle = rect.center().y()
    _paint_met(pen, tile, right, middle)
    right -= now.px(ICON + 8)
    unit = unit_for(tile.kind, tile.quantity.value)
    base = middle + (now.metrics(FIGURE).capHeight() - now.metrics(DENSE).capHeight()) / 2
    pen.write_right(unit.name, right, base, DENSE, _quiet(stale))
    right -= now.width(unit.name, DENSE) + now.px(_UNIT_GAP)
    value = in_unit(tile.kind, tile.quantity.value, unit)
    pen.write_right(value, right, middle, FIGURE, _value_ink(tile, stale))
    right -= now.width(value, FIGURE) + now.px(8)
    note_shown = rect.height() >= now.theme.line("dense") + now.theme.line("caption") + 6
    spread = now.px(9) if note_shown else 0
    pen.write(now.elided(TITLES[tile.kind], DENSE, right - left), left, middle - spread, DENSE, "text.secondary")
    _paint_whose(pen, tile, left, right, middle - spread)
    if note_shown:
        _paint_note(pen, tile, left, right, middle + spread, stale, short=True)


def _paint_line(pen: Pen, tile: Tile, rect: QRectF, stale: bool) -> None:
    now, middle, left = pen.ink, rect.center().y(), rect.left()
    unit = unit_for(tile.kind, tile.quantity.value)
    value = in_unit(tile.kind, tile.quantity.value, unit)
    title = TITLES[tile.kind]
    room = rect.width() - now.width(value, STRONG) - now.width(unit.name, DENSE) - now.px(2 * _UNIT_GAP)
    if now.width(title, DENSE) <= room:
        pen.write(title, left, middle, DENSE, "text.secondary")
        left += now.width(title, DENSE) + now.px(_UNIT_GAP)
    pen.write(value, left, middle, STRONG, _value_ink(tile, stale))
    left += now.width(value, STRONG) + now.px(_UNIT_GAP)
    pen.write(unit.name, left, middle, DENSE, _quiet(stale))
    left += now.width(unit.name, DENSE) + now.px(_UNIT_GAP)
    if left + now.px(ICON) <= rect.right():
        _paint_met(pen, tile, left + now.px(ICON), middle)


def _line_width(now: Ink, tile: Tile) -> float:
    unit = unit_for(tile.kind, tile.quantity.value)
    value = in_unit(tile.kind, tile.quantity.value, unit)
    return now.width(value, STRONG) + now.px(_UNIT_GAP) + now.width(unit.name, DENSE)


def _paint_note(
    pen: Pen, tile: Tile, left: float, right: float, middle: float, stale: bool, short: bool = False
) -> None:
    """The small print; a layer's name gives way in its middle, numbers go as a whole."""
    stale = stale or (tile.simulated is not None and tile.simulated.stale)
    if tile.kind == "interval" and tile.cause and tile.simulated is None:
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
    hangs = tile.simulated is not None and tile.simulated.value is None
    over = (tile.met is False or hangs) and not stale
    pen.write(words, left, middle, CAPTION, "danger" if over else _quiet(stale))


def _paint_whose(pen: Pen, tile: Tile, left: float, right: float, middle: float) -> None:
    """Whose figure it is, behind the title, where a simulated one stands beneath; nothing where there is no room."""
    words = tile.simulated.beside if tile.simulated is not None else ""
    start = left + pen.ink.width(TITLES[tile.kind], DENSE) + pen.ink.px(8)
    if start + pen.ink.width(words, CAPTION) <= right:
        pen.write(words, start, middle, CAPTION, "text.tertiary")


def _paint_met(pen: Pen, tile: Tile, right: float, middle: float) -> None:
    if tile.met is None:
        return
    side = pen.ink.px(ICON)
    name, token = ("check-circle", "ok") if tile.met else ("over", "danger")
    theme.paint_icon(pen.painter, QRectF(right - side, round(middle - side / 2), side, side), name, token)


def value_width(now: Ink, tile: Tile) -> float:
    unit = unit_for(tile.kind, tile.quantity.value)
    value = in_unit(tile.kind, tile.quantity.value, unit)
    return now.width(value, FIGURE) + now.px(_UNIT_GAP) + now.width(unit.name, DENSE)


def _value_ink(tile: Tile, stale: bool) -> str:
    if stale:
        return "text.tertiary"
    return "danger" if tile.met is False else "text.primary"


def _quiet(stale: bool) -> str:
    return "text.tertiary" if stale else "text.secondary"


_PAINTERS = {Shape.TALL: _paint_tall, Shape.FLAT: _paint_flat, Shape.LINE: _paint_line}
