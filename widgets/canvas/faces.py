"""Draws the face of a node into a rectangle of the screen: card, pill or merge circle.

Everything is in logical px of the target. `unit` is the size of one design pixel there; text never gets
smaller than the smallest size of the theme, so at middle zoom less is shown rather than smaller.
"""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from widgets.canvas.heat import percent
from widgets.canvas.look import Look, Text
from widgets.canvas.model import Badge, NodeView
from widgets.canvas.pen import Pen

MARGIN = 14.0
"""How far ring, badges and shadow reach beyond a node, in px."""

_BADGES = {
    "over": ("over", "danger"),
    "risk": ("warning", "warning"),
    "slowest": ("hourglass", "warning"),
    "info": ("info", "info"),
}
_INSIDE = ("slowest", "info")
_LEGIBLE, _LONG = 0.7, 8
"""Share of a pill's title that must find room, of titles with more letters than this; else its icon says more."""
_SIGNS = {"Add": "plus", "Subtract": "minus", "Multiply": "close"}
"""Icons of merges, by what they do."""
_SHORT_SIGNS = {"Average": "avg", "Maximum": "max", "Minimum": "min", "Dot": "dot"}


@dataclass(frozen=True, slots=True)
class State:
    """What is going on with a node."""

    selected: bool = False
    hovered: bool = False
    found: bool = False
    faded: bool = False
    focused: bool = False
    """The keyboard is here, and it is not selected."""


@dataclass(frozen=True, slots=True)
class Detail:
    """How closely a node is seen: px per design px, everything or the middle level, and its short name."""

    unit: float
    everything: bool
    name: str


def paint_face(painter: QPainter, look: Look, node: NodeView, rect: QRectF, detail: Detail, state: State) -> None:
    """Draw a node; `rect` is its body, marks may reach `MARGIN` beyond."""
    pen = Pen(painter, look)
    if state.faded:
        painter.setOpacity(0.32)
    _body(pen, node, rect, detail.unit, state)
    if node.form == "merge":
        _merge(pen, node, rect, detail.unit)
    elif node.form == "pill":
        _pill(pen, node, rect, detail)
    elif detail.everything:
        _card(pen, node, rect, detail)
    else:
        _small_card(pen, node, rect, detail)
    _corner_badges(pen, node, rect, detail.unit)
    painter.setOpacity(1.0)


def _body(pen: Pen, node: NodeView, rect: QRectF, unit: float, state: State) -> None:
    radius = rect.height() / 2 if node.form == "merge" else min(max(8 * unit, 4.0), 12.0)
    line = "line.default"
    if state.selected or state.found:
        line = "accent"
    elif state.hovered or node.ghost:
        line = "line.control"
    if not node.ghost:
        pen.shadow(rect, radius)
    pen.box(rect, radius, "bg.block" if node.ghost else "bg.node", line, dashed=node.ghost)
    if state.selected:
        pen.ring(rect.adjusted(-3, -3, 3, 3), radius + 3, "accent", 2.0)
    elif state.focused:
        pen.ring(rect.adjusted(-2, -2, 2, 2), radius + 2, "focus", 2.0)
    elif state.found:
        pen.ring(rect, radius, "accent", 2.0)


def _merge(pen: Pen, node: NodeView, rect: QRectF, unit: float) -> None:
    size = max(min(18 * unit, rect.height() - 6), 8.0)
    token = f"kind.{node.group}"
    short = _SHORT_SIGNS.get(node.subtitle)
    text = pen.text(11 * unit, 600)
    if short is not None and pen.look.width(short, text) <= rect.width() - 6:
        pen.write(short, rect.center().x() - pen.look.width(short, text) / 2, rect.center().y(), text, token)
    else:
        pen.icon(_SIGNS.get(node.subtitle, node.icon), node.group, token, rect.center(), size)


def _pill(pen: Pen, node: NodeView, rect: QRectF, detail: Detail) -> None:
    unit = detail.unit
    size = min(max(16 * unit, 12.0), rect.height() - 4)
    token = f"kind.{node.group}"
    pad = 8 * unit if detail.everything else 5.0
    gap = 6 * unit if detail.everything else 3.0
    left = rect.left() + pad + size + gap
    room = rect.right() - gap - left
    title = pen.text(12 * unit, 500)
    needed = pen.look.width(node.title, title) * (_LEGIBLE if len(node.title) > _LONG else 1.0)
    if not detail.everything and needed > room:
        pen.icon(node.icon, node.group, token, rect.center(), size)
        return
    pen.icon(node.icon, node.group, token, QPointF(rect.left() + pad + size / 2, rect.center().y()), size)
    if detail.everything and node.second_line:
        pen.write(node.title, left, rect.top() + 13 * unit, title, "text.primary", room)
        code = pen.text(11 * unit, 400, mono=True)
        pen.write(node.second_line, left, rect.top() + 28 * unit, code, "text.secondary", room)
    else:
        pen.write(node.title, left, rect.center().y(), title, "text.primary", room)


def _card(pen: Pen, node: NodeView, rect: QRectF, detail: Detail) -> None:
    unit = detail.unit
    left, right, top = rect.left() + 8 * unit, rect.right() - 8 * unit, rect.top()
    pen.tile(node, QRectF(left, top + 8 * unit, 24 * unit, 24 * unit), 16 * unit)
    inside = [b for b in node.badges if b.kind in _INSIDE]
    text_left = left + 32 * unit
    room = right - text_left - (20 * unit + _aside(node) if inside else 0)
    pen.write(node.title, text_left, top + 14.5 * unit, pen.text(13 * unit, 600), "text.primary", room)
    pen.write(node.subtitle, text_left, top + 29.5 * unit, pen.text(11 * unit), "text.secondary", room)
    for badge in inside[:1]:
        _badge(pen, badge, QPointF(right - 8 * unit - _aside(node), top + 16 * unit), 16 * unit)
    chips_end = _chips(pen, node, QRectF(left, top + 44 * unit, 0, 20 * unit), unit, right)
    code = pen.text(11 * unit, 400, mono=True)
    if pen.look.width(node.shape, code) <= right - chips_end - 4:
        pen.write_right(node.shape, right, top + 54 * unit, code, "text.secondary")
    _share_row(pen, node, QRectF(left, top + 76 * unit, right - left, 16 * unit), unit, amount=True)


def _chips(pen: Pen, node: NodeView, first: QRectF, unit: float, right: float) -> float:
    """Draw the chips in a row that starts at `first`; returns where the last ends."""
    x = first.left()
    for k, words in enumerate(node.chips):
        text = pen.text(12 * unit, 400, mono=True) if k == 0 else pen.text(12 * unit, 500)
        width = pen.look.width(words, text) + 12 * unit
        if x + width > right:
            break
        edited = k == node.edited_chip
        chip = QRectF(x, first.top(), width, first.height())
        pen.box(chip, 4 * unit, "accent.soft" if edited else "bg.sunken")
        pen.write(words, x + 6 * unit, chip.center().y(), text, "accent" if edited else "text.primary")
        x += width + 4 * unit
    return x


def _share_row(pen: Pen, node: NodeView, row: QRectF, unit: float, amount: bool) -> None:
    """Share bar, amount and percent; the bar takes what the numbers leave."""
    if node.share is None:
        if amount and node.share_text:
            plain = pen.text(12 * unit)
            pen.write_right(node.share_text, row.right(), row.center().y(), plain, "text.secondary")
        return
    plain = pen.text((12 if amount else 11) * unit)
    strong = Text(plain.px, 500)
    words = percent(node.share, pen.look.full)
    middle = row.center().y()
    pen.write_right(words, row.right(), middle, plain, "text.secondary")
    end = row.right() - max(pen.look.width(words, plain), pen.look.width("50 %", plain)) - 8 * unit
    taken = pen.look.width(node.share_text, strong) + 6 * unit
    if amount and node.share_text and end - taken >= row.left() - 6 * unit:
        pen.write_right(node.share_text, end, middle, strong, "text.primary")
        end -= taken
    length = min(72 * unit, end - row.left()) if amount else end - row.left()
    if length >= 12:
        height = max(6 * unit, 4.0)
        pen.bar(QRectF(row.left(), middle - height / 2, length, height), node.share / pen.look.full)


def _small_card(pen: Pen, node: NodeView, rect: QRectF, detail: Detail) -> None:
    """The middle level: name, chips if there is room, share."""
    text = pen.text(11.0)
    line = text.px * 1.4
    rows = 3 if rect.height() >= 3 * line + 12 and node.chips else 2
    pad = max((rect.height() - rows * line) / (rows + 1), 1.5)
    left, right = rect.left() + min(pad + 2, 8.0), rect.right() - min(pad + 2, 8.0)
    middle = rect.top() + pad + line / 2
    _small_title(pen, node, QRectF(left, middle - line / 2, right - left, line), detail.name)
    if rows == 3:
        _chips(pen, node, QRectF(left, rect.center().y() - line / 2, 0, line), text.px / 12, right)
    _share_row(pen, node, QRectF(left, rect.bottom() - pad - line, right - left, line), 1.0, amount=False)


def _small_title(pen: Pen, node: NodeView, row: QRectF, name: str) -> None:
    """The name, with its icon if both have room."""
    inside = [b for b in node.badges if b.kind in _INSIDE]
    title = Text(pen.look.smallest + (row.width() > 95), 600)
    left, room = row.left(), row.width() - (16 + _aside(node) if inside else 0)
    if pen.look.width(name, title) <= room - row.height() - 6:
        pen.tile(node, QRectF(left, row.top(), row.height(), row.height()), row.height() * 0.75)
        left, room = left + row.height() + 6, room - row.height() - 6
    pen.write(name, left, row.center().y(), title, "text.primary", room)
    for badge in inside[:1]:
        _badge(pen, badge, QPointF(row.right() - 7 - _aside(node), row.center().y()), 14)


def _aside(node: NodeView) -> float:
    """How far a badge inside a card makes way for the one at its corner, in px."""
    return 8.0 if any(badge.kind not in _INSIDE for badge in node.badges) else 0.0


def _corner_badges(pen: Pen, node: NodeView, rect: QRectF, unit: float) -> None:
    """What must be seen from outside straddles the corner; cards keep the rest inside."""
    size = max(16 * min(unit, 1.4), 14.0)
    x = rect.right() - 2
    for badge in node.badges:
        if node.form == "card" and badge.kind in _INSIDE:
            continue
        centre = QPointF(x, rect.top() + 2)
        pen.disc(centre, size / 2 + 2, "bg.node")
        _badge(pen, badge, centre, size)
        x -= size + 4


def _badge(pen: Pen, badge: Badge, centre: QPointF, size: float) -> None:
    icon, token = _BADGES[badge.kind]
    pen.icon(icon, "io", token, centre, size)
