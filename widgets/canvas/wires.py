"""Paints wires in batches, so that thousands cost a few strokes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QTransform

from widgets.canvas.geometry import Rect, around, longest_stretch, union
from widgets.canvas.layout import Layout
from widgets.canvas.look import Look
from widgets.canvas.model import EdgeKey, EdgeView, Point
from widgets.canvas.nets import Nets, join_wires
from widgets.canvas.paths import add_arrow, add_wire, line_pen
from widgets.canvas.pen import Pen
from widgets.canvas.picture import Picture

_BATCH = 48
_CONTINUES = {"rows": "continues below", "top-down": "continues in the next column"}
_BACK = 146.0
"""From where a wire turns back to the words on it."""
_FORK = 2.5
_LAST = 5
"""Words on a wire stand on its last stretches, where it passes nodes by, not where it comes from another row."""
_LABEL_ENDS = 40.0
"""So much of a wire is to be seen beside its label."""


class Label(NamedTuple):
    """Words on a wire."""

    words: str
    at: Point
    """Their middle."""
    room: float
    """Length of the stretch on which they stand."""
    upright: bool


@dataclass(slots=True)
class _Batch:
    """Wires stroked together."""

    keys: list[EdgeKey]
    bounds: Rect
    paths: "_Paths | None" = None
    stretches: list[tuple[Point, Point]] | None = None
    hairlines: tuple[float, list[QRectF]] | None = None
    """For a scale: its wires seen from far."""


@dataclass(slots=True)
class _Paths:
    """Lines to stroke; arrow heads and forks to fill."""

    lines: QPainterPath
    heads: QPainterPath
    forks: QPainterPath


def _paths(nets: Nets) -> _Paths:
    paths = _Paths(QPainterPath(), QPainterPath(), QPainterPath())
    paths.heads.setFillRule(Qt.FillRule.WindingFill)
    for stroke in nets.strokes:
        add_wire(paths.lines, stroke.points, nets.forks)
        if stroke.arrow:
            add_arrow(paths.heads, stroke.points)
    for fork in nets.forks:
        paths.forks.addEllipse(QPointF(*fork), _FORK, _FORK)
    return paths


@dataclass(slots=True)
class Wires:
    """The wires of a picture, batched; paths are made when they are first seen."""

    picture: Picture
    _plain: list[_Batch] = field(default_factory=list)
    _dashed: list[_Batch] = field(default_factory=list)
    _words: tuple[Layout, Sequence[EdgeView], list[Label]] | None = None
    """What stands on the wires of a layout with its edges."""

    def __post_init__(self) -> None:
        ghosts = {n.id for n in self.picture.shown.nodes if n.ghost}
        routes = self.picture.layout.routes
        plain = [k for k in routes if k[0] not in ghosts and k[1] not in ghosts]
        dashed = [k for k in routes if k[0] in ghosts or k[1] in ghosts]
        self._plain = [self._batch(keys) for keys in _batches(plain)]
        self._dashed = [self._batch(keys) for keys in _batches(dashed)]

    def _batch(self, keys: list[EdgeKey]) -> _Batch:
        routes = self.picture.layout.routes
        return _Batch(keys, union(around(routes[key]) for key in keys))

    def moved(self, picture: Picture, nodes: Iterable[str]) -> None:
        """Follow nodes that were moved: only the batches with their wires are made again."""
        changed = {wire for node in nodes for wire in picture.places.wiring.wires_of.get(node, ())}
        self.picture = picture
        for batches in (self._plain, self._dashed):
            for k, batch in enumerate(batches):
                if not changed.isdisjoint(batch.keys):
                    batches[k] = self._batch(batch.keys)

    def paint(self, painter: QPainter, look: Look, exposed: Rect, width: float) -> None:
        """Stroke the wires that may touch `exposed`; `width` in px of the screen."""
        colour = look.colour("line.edge")
        for batches, style in ((self._plain, Qt.PenStyle.SolidLine), (self._dashed, Qt.PenStyle.DashLine)):
            seen = [b for b in batches if b.bounds.grown(12, 12, 12, 12).touches(exposed)]
            painter.setPen(line_pen(painter, colour, width, style))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            for batch in seen:
                painter.drawPath(self._made(batch).lines)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            for batch in seen:
                painter.drawPath(self._made(batch).heads)
                painter.drawPath(self._made(batch).forks)

        self._paint_ties(painter, colour, width)

    def _paint_ties(self, painter: QPainter, colour: QColor, width: float) -> None:
        """Dots between nodes and the ghosts that hang on them."""
        boxes = self.picture.layout.boxes
        painter.setPen(line_pen(painter, colour, width, Qt.PenStyle.DotLine))
        for origin, ghosts in self.picture.shown.attached.items():
            last = boxes[ghosts[-1].id]
            painter.drawLine(QPointF(*boxes[origin].centre), QPointF(*last.centre))

    def paint_far(self, painter: QPainter, look: Look, world: QTransform, exposed: Rect) -> None:
        """Wires as hairlines, which are rectangles since wires are level or upright; the painter is in px."""
        painter.translate(round(world.dx()), round(world.dy()))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("line.edge"))
        for batch in (*self._plain, *self._dashed):
            if batch.bounds.grown(1, 1, 1, 1).touches(exposed):
                painter.drawRects(self._hairlines(batch, world.m11()))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.resetTransform()

    def _hairlines(self, batch: _Batch, scale: float) -> list[QRectF]:
        if batch.stretches is None:
            nets = join_wires(self.picture.layout.routes, batch.keys)
            batch.stretches = [pair for stroke in nets.strokes for pair in pairwise(stroke.points)]
        if batch.hairlines is None or batch.hairlines[0] != scale:
            batch.hairlines = (scale, [_hairline(a, b, scale) for a, b in batch.stretches])
        return batch.hairlines[1]

    def _made(self, batch: _Batch) -> _Paths:
        if batch.paths is None:
            batch.paths = _paths(join_wires(self.picture.layout.routes, batch.keys))
        return batch.paths

    def paint_marked(
        self, painter: QPainter, look: Look, keys: Iterable[EdgeKey], width: float, token: str = "accent"
    ) -> None:
        """Stroke some wires in the accent colour, over the others."""
        routes = self.picture.layout.routes
        paths = _paths(join_wires(routes, [key for key in keys if key in routes]))
        painter.setPen(line_pen(painter, look.colour(token), width))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(paths.lines)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour(token))
        painter.drawPath(paths.heads)

    def paint_selected(self, painter: QPainter, look: Look, key: EdgeKey, width: float) -> None:
        """Stroke a wire with a ring around it, as selected nodes have."""
        line = QPainterPath()
        add_wire(line, self.picture.layout.routes[key])
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for token, wide in (("accent", width + 7.0), ("bg.node", width + 4.0)):
            painter.setPen(line_pen(painter, look.colour(token), wide))
            painter.drawPath(line)
        self.paint_marked(painter, look, (key,), width)

    def labels(self, exposed: Rect) -> list[Label]:
        """Words on wires in sight: along the flow, so upright in columns."""
        layout, edges = self.picture.layout, self.picture.shown.edges
        if self._words is None or self._words[0] is not layout or self._words[1] is not edges:
            self._words = (layout, edges, self._all_labels())
        return [label for label in self._words[2] if exposed.grown(150, 150, 150, 150).contains(label.at)]

    def _all_labels(self) -> list[Label]:
        layout = self.picture.layout
        upright = layout.direction == "top-down"
        words: list[Label] = []
        for edge in self.picture.shown.edges:
            if edge.label and edge.key in layout.routes:
                (x0, y0), (x1, y1) = longest_stretch(layout.routes[edge.key][-_LAST:], upright)
                room = abs(x1 - x0) + abs(y1 - y0)
                words.append(Label(edge.label, ((x0 + x1) / 2, (y0 + y1) / 2), room, upright))
        back = (0.0, _BACK) if upright else (_BACK, 0.0)
        continues = _CONTINUES[layout.direction]
        words += [Label(continues, (x - back[0], y - back[1]), 2 * _BACK, upright) for x, y in layout.returns]
        return words

    def ground_at(self, at: Point) -> str:
        """Token of what lies behind a place: a frame or the canvas."""
        inside = any(frame.contains(at) for frame in self.picture.layout.frames.values())
        return "bg.block" if inside else "bg.canvas"


def _hairline(a: Point, b: Point, scale: float) -> QRectF:
    left, top = round(min(a[0], b[0]) * scale), round(min(a[1], b[1]) * scale)
    right, bottom = round(max(a[0], b[0]) * scale), round(max(a[1], b[1]) * scale)
    return QRectF(left, top, right - left + 1, bottom - top + 1)


def _batches(keys: list[EdgeKey]) -> list[list[EdgeKey]]:
    """Neighbours together; wires of one output are never parted, since they share stretches."""
    batches: list[list[EdgeKey]] = []
    by_source: dict[str, list[EdgeKey]] = {}
    for key in keys:
        by_source.setdefault(key[0], []).append(key)
    for wires in by_source.values():
        if not batches or len(batches[-1]) >= _BATCH:
            batches.append([])
        batches[-1] += wires
    return batches


def paint_label(pen: Pen, label: Label, centre: QPointF, unit: float, ground: str) -> None:
    """Write on a wire, which is interrupted for it, if it is long enough; `centre` in px of the screen."""
    text, words = pen.text(11.5 * unit), label.words
    width = pen.look.width(words, text)
    if width + _LABEL_ENDS * unit > label.room * unit:
        return
    pen.painter.save()
    pen.painter.translate(centre)
    pen.painter.rotate(-90.0 if label.upright else 0.0)
    pen.box(QRectF(-width / 2 - 6, -8 * unit, width + 12, 16 * unit), 0, ground)
    pen.write(words, -width / 2, 0.0, text, "text.secondary")
    pen.painter.restore()
