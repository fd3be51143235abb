"""Paints the frames and titles of blocks."""

from collections import Counter

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter, QPen, QTransform

from widgets.canvas.geometry import Rect
from widgets.canvas.layout import Layout
from widgets.canvas.look import Look, Text
from widgets.canvas.model import BlockView
from widgets.canvas.paths import qrect
from widgets.canvas.pen import Pen
from widgets.canvas.picture import Picture

_RADIUS = 12.0


def paint_frames(painter: QPainter, look: Look, layout: Layout, exposed: Rect) -> None:
    """The grounds of all open blocks in sight."""
    line = QPen(look.colour("line.default"), 1.0)
    line.setCosmetic(True)
    painter.setPen(line)
    painter.setBrush(look.colour("bg.block"))
    for frame in layout.frames.values():
        if frame.touches(exposed):
            painter.drawRoundedRect(qrect(frame), _RADIUS, _RADIUS)


def paint_titles(pen: Pen, picture: Picture, world: QTransform, exposed: Rect, level: str) -> None:
    """Titles in the frames, and those of stages over their rows; the painter is in px."""
    unit = world.m11()
    near = exposed.grown(20, 60, 20, 20)
    for block in picture.shown.blocks:
        frame = picture.layout.frames.get(block.id)
        if frame is not None and frame.touches(near):
            corner = world.map(QPointF(frame.x, frame.y))
            _frame_title(pen, block, corner, _title_room(picture, block, frame) * unit, unit, level)
        at = picture.layout.titles.get(block.id)
        if at is not None and near.contains(at):
            place = world.map(QPointF(*at))
            _stage_title(pen, block, place.x(), place.y() - 6, 1e9)


def _title_room(picture: Picture, block: BlockView, frame: Rect) -> float:
    """Width for a title: the frame's, or up to the wire that enters from above."""
    first = picture.layout.boxes.get(block.members[0])
    if picture.layout.direction == "rows" or first is None:
        return frame.w
    return first.centre[0] - frame.x


def _frame_title(pen: Pen, block: BlockView, corner: QPointF, width: float, unit: float, level: str) -> None:
    full = level == "full"
    title = pen.text(12.5 * unit if full else 12, 600)
    rest = pen.text(12 * unit if full else 11)
    middle = corner.y() + 14 * unit
    if 28 * unit < title.px:
        return
    pen.icon("chevron-down", "io", "text.secondary", QPointF(corner.x() + 15 * unit, middle), max(12 * unit, 9))
    x = corner.x() + 27 * unit
    room = width - 27 * unit - 10
    pen.write(block.title, x, middle, title, "text.secondary", room)
    used = pen.look.width(block.title, title) + 10
    if room - used > 40:
        pen.write(block.subtitle, x + used, middle, rest, "text.secondary", room - used)


def _stage_title(pen: Pen, block: BlockView, x: float, baseline: float, room: float) -> float:
    """Title, facts and findings on one line; returns where it ends."""
    title, rest = pen.text(13, 600), pen.text(12)
    middle = baseline - 5
    pen.write(block.title, x, middle, title, "text.primary", room)
    x += pen.look.width(block.title, title) + 12
    pen.write(block.subtitle, x, middle, rest, "text.secondary")
    return x + pen.look.width(block.subtitle, rest)


def paint_far_titles(pen: Pen, picture: Picture, world: QTransform) -> None:
    """Titles of stages, or of blocks where there are none; findings rise to them. The painter is in px."""
    layout, look = picture.layout, pen.look
    named: set[str] = set()
    for block in picture.shown.blocks:
        if block.id in layout.titles:
            at = world.map(QPointF(*layout.titles[block.id]))
            end = _stage_title(pen, block, at.x(), at.y() - 2, 1e9)
            _findings(pen, picture, block.members, QPointF(end + 16, at.y() - 7))
            named.update(block.members)
    small = Text(look.smallest, 600)
    for block in picture.shown.blocks:
        frame = layout.frames.get(block.id)
        if frame is None or named.issuperset(block.members):
            continue
        corner = world.map(QPointF(frame.x, frame.y))
        words = look.width(block.title, small)
        if words < frame.w * world.m11():
            pen.write(block.title, corner.x(), corner.y() - 8, small, "text.secondary")
        _findings(pen, picture, block.members, QPointF(corner.x() + words + 8, corner.y() - 8), short=True)
        named.update(block.members)
    loose = [n.id for n in picture.shown.nodes if n.badges and n.id not in named]
    for node in loose:
        box = layout.boxes[node]
        corner = world.map(QPointF(box.right, box.y))
        _findings(pen, picture, (node,), corner + QPointF(-6, -2), short=True)


def _findings(pen: Pen, picture: Picture, members: tuple[str, ...], at: QPointF, short: bool = False) -> None:
    """How many overruns and risks there are among some layers; `at`: left end, middle height."""
    kinds = Counter(b.kind for m in members if m in picture.nodes for b in picture.nodes[m].badges)
    text = Text(pen.look.smallest + 1, 600)
    x = at.x()
    for kind, icon, token, word in (("over", "over", "danger", "over limit"), ("risk", "warning", "warning", "risk")):
        count = kinds[kind]  # type: ignore[index]
        if not count:
            continue
        pen.disc(QPointF(x + 7, at.y()), 9, "bg.canvas")
        pen.icon(icon, "io", token, QPointF(x + 7, at.y()), 14)
        x += 20
        if not short:
            words = f"{count} {word}{'s' if count > 1 and kind == 'risk' else ''}"
            pen.write(words, x, at.y(), text, token)
            x += pen.look.width(words, text) + 12
