"""Paints the frames and titles of blocks."""

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPen, QTransform

from widgets.canvas.geometry import Rect
from widgets.canvas.layout import Layout
from widgets.canvas.look import Look, Text
from widgets.canvas.model import BlockView
from widgets.canvas.paths import line_pen, qrect
from widgets.canvas.pen import Pen
from widgets.canvas.picture import Picture

_RADIUS = 12.0
_FACT = " · "
"""Between the facts of a block."""
_ROUND_FROM = 0.18
"""From this scale on, the corners of frames can be seen to be round."""


def paint_frames(painter: QPainter, look: Look, layout: Layout, exposed: Rect) -> None:
    """The grounds of all open blocks in sight."""
    painter.setPen(line_pen(painter, look.colour("line.default"), 1.0))
    painter.setBrush(look.colour("bg.block"))
    for frame in layout.frames.values():
        if frame.touches(exposed):
            painter.drawRoundedRect(qrect(frame), _RADIUS, _RADIUS)


def paint_far_frames(painter: QPainter, look: Look, layout: Layout, world: QTransform, exposed: Rect) -> None:
    """The grounds in sight as plain rectangles; the painter is in px."""
    scale, dx, dy = world.m11(), round(world.dx()), round(world.dy())
    painter.translate(dx, dy)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, scale > _ROUND_FROM)
    painter.setPen(QPen(look.colour("line.default"), 1.0))
    painter.setBrush(look.colour("bg.block"))
    frames = [frame for frame in layout.frames.values() if frame.touches(exposed)]
    rects = [QRectF(f.x * scale, f.y * scale, f.w * scale, f.h * scale) for f in frames]
    if scale > _ROUND_FROM:
        for rect in rects:
            painter.drawRoundedRect(rect, _RADIUS * scale, _RADIUS * scale)
    else:
        painter.drawRects(rects)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.resetTransform()


def paint_titles(pen: Pen, picture: Picture, world: QTransform, exposed: Rect, level: str) -> None:
    """Titles in the frames, and those of stages over their rows; the painter is in px."""
    unit = world.m11()
    near = exposed.grown(20, 60, 20, 20)
    for block in picture.shown.blocks:
        frame = picture.layout.frames.get(block.id)
        if frame is not None and frame.touches(near):
            corner = world.map(QPointF(frame.x, frame.y))
            wire = _wire_over_title(picture, block, frame)
            _frame_title(pen, block, corner, (frame.w * unit, wire if wire is None else wire * unit), unit, level)
        at = picture.layout.titles.get(block.id)
        if at is not None and near.contains(at):
            place = world.map(QPointF(*at))
            stage_title(pen, block, place.x(), place.y() - 6, picture.layout.title_room * unit)


def _wire_over_title(picture: Picture, block: BlockView, frame: Rect) -> float | None:
    """Where the wire that enters from above parts the title, from the frame's left edge; None in rows."""
    first = picture.layout.boxes.get(block.members[0])
    if picture.layout.direction == "rows" or first is None:
        return None
    return first.centre[0] - frame.x


def _frame_title(
    pen: Pen, block: BlockView, corner: QPointF, widths: tuple[float, float | None], unit: float, level: str
) -> None:
    """`widths`: of the frame, and up to the wire that parts the title, behind which the facts go."""
    width, wire = widths
    full = level == "full"
    title = pen.text(12.5 * unit if full else 12, 600)
    rest = pen.text(12 * unit if full else 11)
    middle = corner.y() + 14 * unit
    if 28 * unit < title.px:
        return
    pen.icon("chevron-down", "io", "text.secondary", QPointF(corner.x() + 15 * unit, middle), max(12 * unit, 9))
    x = corner.x() + 27 * unit
    room = (wire or width) - 27 * unit - 10
    pen.write(block.title, x, middle, title, "text.secondary", room)
    used = pen.look.width(block.title, title) + 10
    if wire is not None:
        facts = _facts(pen, block, rest, width - wire - 18)
        pen.write(facts, corner.x() + wire + 10, middle, rest, "text.secondary")
    elif room - used > 40:
        pen.write(_facts(pen, block, rest, room - used), x + used, middle, rest, "text.secondary")


def _facts(pen: Pen, block: BlockView, text: Text, room: float) -> str:
    """As many of a block's facts as there is room for; numbers are never cut."""
    facts = block.subtitle.split(_FACT)
    while facts and pen.look.width(_FACT.join(facts), text) > room:
        facts.pop()
    return _FACT.join(facts)


def stage_title(pen: Pen, block: BlockView, x: float, baseline: float, room: float) -> QPointF:
    """Title and facts on one line, or on two where that is too wide; returns the end of the title's line."""
    title, rest = pen.text(13, 600), pen.text(12)
    width = pen.look.width(block.title, title)
    middle = baseline - 5
    if width + 12 + pen.look.width(block.subtitle, rest) <= room:
        pen.write(block.title, x, middle, title, "text.primary")
        pen.write(block.subtitle, x + width + 12, middle, rest, "text.secondary")
        return QPointF(x + width + 12 + pen.look.width(block.subtitle, rest), middle)
    pen.write(_facts(pen, block, rest, room - 8), x, middle, rest, "text.secondary")
    pen.write(block.title, x, middle - 16, title, "text.primary", room - 8)
    return QPointF(x + min(width, room - 8), middle - 16)
