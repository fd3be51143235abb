"""Paints what is seen from far: rectangles filled with heat, the three largest shares as text.

Thousands of rectangles are cheap as lists in px, one for each colour, without smoothing; a few hundred
can afford round corners, copied from a stamp. Lists hold for one zoom and survive panning.
"""

from collections.abc import Iterable
from heapq import nlargest

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap, QTransform

from widgets.canvas.geometry import Rect
from widgets.canvas.heat import percent
from widgets.canvas.look import Look, Text
from widgets.canvas.model import NodeView
from widgets.canvas.pen import Pen
from widgets.canvas.picture import Picture
from widgets.theme.easel import easel

_NAMED = 3
_STAMPED = 700
"""Up to this number of nodes in sight corners are round."""
_PILL_INSET = 12.0

_Kind = tuple[str, int]
"""A layer group, or "" and the heat step of a card (-1 for none)."""


class FarNodes:
    """The nodes of a picture, sorted by colour."""

    def __init__(self, picture: Picture, look: Look) -> None:
        self._picture, self._look = picture, look
        self._scale = 0.0
        self._rects: dict[_Kind, list[QRectF]] = {}
        self._stamps: dict[tuple[_Kind, float, float], QPixmap] = {}
        self._ratio = 1.0

    def show(self, picture: Picture) -> None:
        """Other contents, maybe at other places; stamps serve on."""
        self._picture = picture
        self._rects.clear()

    def _kind(self, node: NodeView) -> _Kind:
        if node.form != "card":
            return (node.group, -1)
        step = self._look.heat_step(node)
        return ("", -1 if step is None else step)

    def paint(self, painter: QPainter, world: QTransform, exposed: Rect) -> None:
        """Fill and outline what is in sight; the painter is in px."""
        device = painter.device()
        ratio = device.devicePixelRatio() if device is not None else 1.0
        if (self._scale, self._ratio) != (world.m11(), ratio):
            self._scale, self._ratio = world.m11(), ratio
            self._rects.clear()
            self._stamps.clear()
        painter.translate(round(world.dx()), round(world.dy()))
        seen = self._picture.places.nodes_in(exposed)
        if len(seen) <= _STAMPED:
            self._stamp(painter, seen)
        else:
            self._fill(painter)
        painter.resetTransform()

    def _body(self, node: str) -> QRectF:
        """What is drawn of a node, in px from the origin of the scene."""
        box, scale = self._picture.layout.boxes[node], self._scale
        inset = _PILL_INSET * scale if self._picture.nodes[node].form == "pill" else 0.0
        return QRectF(box.x * scale + inset, box.y * scale, box.w * scale - 2 * inset, box.h * scale)

    def _fill(self, painter: QPainter) -> None:
        if not self._rects:
            for node in self._picture.shown.nodes:
                self._rects.setdefault(self._kind(node), []).append(self._body(node.id))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for kind, rects in self._rects.items():
            self._dip(painter, kind, 1.0)
            painter.drawRects(rects)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def _dip(self, painter: QPainter, kind: _Kind, width: float) -> None:
        """Pen and brush of a kind."""
        group, step = kind
        painter.setPen(QPen(self._look.colour(f"kind.{group}" if group else "line.control"), width))
        painter.setBrush(self._look.colour("bg.node") if step < 0 else self._look.heat_steps[step])

    def _stamp(self, painter: QPainter, seen: list[str]) -> None:
        nodes = self._picture.nodes
        for node in seen:
            body = self._body(node)
            key = (self._kind(nodes[node]), body.width(), body.height())
            stamp = self._stamps.get(key)
            if stamp is None:
                stamp = self._stamps[key] = self._cut(key[0], body, nodes[node].form == "merge")
            painter.drawPixmap(QPointF(round(body.left()) - 1, round(body.top()) - 1), stamp)

    def _cut(self, kind: _Kind, body: QRectF, circle: bool) -> QPixmap:
        """A node of some colour and size, with 1 px around it."""
        width = 1.4 if kind[0] else 1.0
        inner = QRectF(1, 1, body.width(), body.height()).adjusted(width / 2, width / 2, -width / 2, -width / 2)
        radius = inner.height() / 2 if circle else min(3.5, inner.height() / 4)

        def paint(painter: QPainter) -> None:
            self._dip(painter, kind, width)
            painter.drawRoundedRect(inner, radius, radius)

        return easel().draw(body.width() + 3, body.height() + 3, self._ratio, paint)

    def largest(self) -> list[tuple[NodeView, Rect]]:
        """The nodes with the largest shares."""
        known = [n for n in self._picture.shown.nodes if n.share and n.form == "card"]
        most = nlargest(_NAMED, known, key=lambda n: n.share or 0.0)
        return [(n, self._picture.layout.boxes[n.id]) for n in most]


def paint_shares(pen: Pen, largest: Iterable[tuple[NodeView, QRectF]]) -> None:
    """Write the shares of nodes into them, the largest first; one that would cover another is left out."""
    taken: list[QRectF] = []
    for node, rect in largest:
        step = pen.look.heat_step(node)
        if node.share is None or step is None:
            continue
        words = percent(node.share, pen.look.full)
        room = _share_room(pen.look, words, rect)
        if not any(room.intersects(other) for other in taken):
            taken.append(room)
            _paint_share(pen, words, step, rect, room)


def _share_room(look: Look, words: str, rect: QRectF) -> QRectF:
    """A node enlarged as far as its share needs."""
    text = Text(look.smallest, 600)
    wide = max(look.width(words, text) + 6 - rect.width(), 0.0) / 2
    high = max(text.px + 3 - rect.height(), 0.0) / 2
    return rect.adjusted(-wide, -high, wide, high)


def _paint_share(pen: Pen, words: str, step: int, rect: QRectF, room: QRectF) -> None:
    look, painter = pen.look, pen.painter
    text = Text(look.smallest, 600)
    width = look.width(words, text)
    if room != rect:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.heat_steps[step])
        painter.drawRoundedRect(room, 3, 3)
    painter.setFont(look.font(text))
    painter.setPen(look.heat_ink[step])
    height = look.metrics(text).capHeight()
    painter.drawText(QPointF(rect.center().x() - width / 2, rect.center().y() + height / 2), words)
