"""Paints the frames and titles of blocks."""

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPen, QTransform

from widgets.canvas.geometry import Rect
from widgets.canvas.layout import Layout
from widgets.canvas.look import Look
from widgets.canvas.model import BlockView
from widgets.canvas.paths import qrect
from widgets.canvas.pen import Pen
from widgets.canvas.picture import Picture

_RADIUS = 12.0
_ROUND_FROM = 0.18
"""From this scale on, the corners of frames can be seen to be round."""


def paint_frames(painter: QPainter, look: Look, layout: Layout, exposed: Rect) -> None:
    """The grounds of all open blocks in sight."""
    line = QPen(look.colour("line.default"), 1.0)
    line.setCosmetic(True)
    painter.setPen(line)
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
            _frame_title(pen, block, corner, _title_room(picture, block, frame) * unit, unit, level)
        at = picture.layout.titles.get(block.id)
        if at is not None and near.contains(at):
            place = world.map(QPointF(*at))
            stage_title(pen, block, place.x(), place.y() - 6)


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


def stage_title(pen: Pen, block: BlockView, x: float, baseline: float) -> float:
    """Title and facts on one line; returns where it ends."""
    title, rest = pen.text(13, 600), pen.text(12)
    middle = baseline - 5
    pen.write(block.title, x, middle, title, "text.primary")
    x += pen.look.width(block.title, title) + 12
    pen.write(block.subtitle, x, middle, rest, "text.secondary")
    return x + pen.look.width(block.subtitle, rest)
