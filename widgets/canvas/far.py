"""Paints nodes seen from far: rectangles filled with heat, the three largest shares as text."""

from dataclasses import dataclass, field
from heapq import nlargest

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen

from widgets.canvas.geometry import Rect
from widgets.canvas.heat import percent
from widgets.canvas.look import Look, Text
from widgets.canvas.model import NodeView
from widgets.canvas.paths import qrect
from widgets.canvas.pen import Pen
from widgets.canvas.picture import Picture

_NAMED = 3
_TILE = 4096.0

_Kind = tuple[str, int]
"""Card with its heat step, or pill and merge with the index of a layer group."""


@dataclass(slots=True)
class FarNodes:
    """The nodes of a picture as a few paths, one for each colour and part of the scene."""

    picture: Picture
    look: Look
    _paths: dict[tuple[int, int], dict[_Kind, QPainterPath]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        boxes = self.picture.layout.boxes
        for node in self.picture.shown.nodes:
            box = boxes[node.id]
            tile = (int(box.x // _TILE), int(box.y // _TILE))
            paths = self._paths.setdefault(tile, {})
            path = paths.setdefault(self._kind(node), QPainterPath())
            if node.form == "merge":
                path.addEllipse(qrect(box).adjusted(2, 2, -2, -2))
            elif node.form == "pill":
                path.addRoundedRect(qrect(box).adjusted(12, 0, -12, 0), 12, 12)
            else:
                path.addRoundedRect(qrect(box), 12, 12)

    def _kind(self, node: NodeView) -> _Kind:
        if node.form != "card":
            return (node.group, -1)
        step = self.look.heat_step(node)
        return ("", -1 if step is None else step)

    def paint(self, painter: QPainter, exposed: Rect, width: float) -> None:
        """Fill and outline everything in sight; `width` of outlines in px."""
        look = self.look
        for (column, row), paths in self._paths.items():
            if not Rect(column * _TILE, row * _TILE, _TILE + 200, _TILE + 200).touches(exposed):
                continue
            for (group, step), path in paths.items():
                line = look.colour(f"kind.{group}" if group else "line.control")
                pen = QPen(line, width if not group else width * 1.4)
                pen.setCosmetic(True)
                painter.setPen(pen)
                painter.setBrush(look.colour("bg.node") if step < 0 else look.heat_steps[step])
                painter.drawPath(path)

    def largest(self) -> list[tuple[NodeView, Rect]]:
        """The nodes with the largest shares."""
        known = [n for n in self.picture.shown.nodes if n.share and n.form == "card"]
        most = nlargest(_NAMED, known, key=lambda n: n.share or 0.0)
        return [(n, self.picture.layout.boxes[n.id]) for n in most]


def paint_share(pen: Pen, node: NodeView, rect: QRectF) -> None:
    """Write a node's share into it, enlarging it as far as that needs; `rect` in px."""
    if node.share is None:
        return
    look = pen.look
    text = Text(look.smallest, 600)
    words = percent(node.share, pen.look.full)
    width = look.width(words, text)
    step = look.heat_step(node)
    if step is None:
        return
    wide, high = max(width + 6 - rect.width(), 0.0) / 2, max(text.px + 3 - rect.height(), 0.0) / 2
    painter = pen.painter
    if wide or high:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.heat_steps[step])
        painter.drawRoundedRect(rect.adjusted(-wide, -high, wide, high), 3, 3)
    painter.setFont(look.font(text))
    painter.setPen(look.heat_ink[step])
    height = look.metrics(text).capHeight()
    painter.drawText(QPointF(rect.center().x() - width / 2, rect.center().y() + height / 2), words)
