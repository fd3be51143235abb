"""The one item of the scene: paints frames, wires and nodes at the level of detail that the zoom allows."""

from collections.abc import Iterable
from typing import Literal

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen, QTransform
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from widgets.canvas.facecache import FaceCache
from widgets.canvas.faces import MARGIN, Detail
from widgets.canvas.far import FarNodes, paint_share
from widgets.canvas.framepaint import paint_far_titles, paint_frames, paint_titles
from widgets.canvas.geometry import Rect
from widgets.canvas.look import Look
from widgets.canvas.marks import Marks
from widgets.canvas.paths import from_qrect, qrect
from widgets.canvas.pen import Pen
from widgets.canvas.picture import Picture
from widgets.canvas.previewpaint import paint_ports, paint_preview
from widgets.canvas.wires import Wires, paint_label

Level = Literal["full", "middle", "far"]

FULL_FROM = 0.8
MIDDLE_FROM = 0.4
_EDGE = 400.0
_MARKED_MOST = 400
"""More selected nodes than this: their wires are not marked one by one."""


def level_of(zoom: float) -> Level:
    """The level of detail at a zoom (1 = 100 %)."""
    if zoom >= FULL_FROM - 1e-6:
        return "full"
    return "middle" if zoom >= MIDDLE_FROM - 1e-6 else "far"


class Surface(QGraphicsItem):
    """Draws a picture with marks; told what changed, it repaints no more than needed."""

    def __init__(self, picture: Picture, look: Look) -> None:
        super().__init__()
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)
        self.picture, self.look, self.marks = picture, look, Marks()
        self._faces = FaceCache(look)
        self._wires = Wires(picture)
        self._far: FarNodes | None = None

    def set_picture(self, picture: Picture) -> None:
        """Show another picture with places of its own."""
        self.prepareGeometryChange()
        self.picture = picture
        self._wires, self._far = Wires(picture), None
        self._faces.forget_names()
        self.update()

    def set_content(self, picture: Picture, changed: Iterable[str]) -> None:
        """Show the same places with new contents of some nodes."""
        rescaled = picture.full != self.look.full
        self.picture = self._wires.picture = picture
        self._far = None
        if rescaled:
            self.look = Look(self.look.theme, self.look.heat, picture.full)
            self._faces.look = self.look
            self._faces.forget_names()
            self.update()
            return
        for node in changed:
            self._faces.forget(node)
            self.update_node(node)

    def set_moved(self, picture: Picture, nodes: Iterable[str]) -> None:
        """Show some nodes elsewhere."""
        self.prepareGeometryChange()
        self.picture, self._far = picture, None
        self._wires.moved(picture, nodes)
        self.update()

    def set_look(self, look: Look) -> None:
        """Paint with other colours."""
        self.look, self._far = look, None
        self._faces = FaceCache(look)
        self.update()

    def set_marks(self, marks: Marks) -> None:
        """Mark other nodes; repaints those only, unless wires are concerned."""
        before, self.marks = self.marks, marks
        quiet = before.selected == marks.selected and before.found == marks.found
        if quiet and before.preview is marks.preview:
            for node in {before.hovered, marks.hovered, before.origin, marks.origin} - {None}:
                self.update_node(str(node))
        else:
            self.update()

    def update_node(self, node: str) -> None:
        """Repaint a node with what reaches beyond it."""
        box = self.picture.layout.boxes.get(node)
        if box is not None:
            self.update(qrect(box.grown(40, 40, 40, 40)))

    def boundingRect(self) -> QRectF:
        """Everything drawn, with room for badges and titles."""
        return qrect(self.picture.layout.bounds.grown(_EDGE, _EDGE, _EDGE, _EDGE))

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Draw what is exposed."""
        world = painter.worldTransform()
        exposed = from_qrect(option.exposedRect)
        zoom = world.m11() / self.look.text_scale
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        level = level_of(zoom)
        self._paint_ground(painter, world, exposed, level)
        if level == "far":
            self._paint_far(painter, world, exposed)
        else:
            self._paint_near(painter, world, exposed, level)
        paint_preview(Pen(painter, self.look), self.picture, self._wires, self.marks.preview, world)

    def _paint_ground(self, painter: QPainter, world: QTransform, exposed: Rect, level: Level) -> None:
        look, unit = self.look, world.m11()
        paint_frames(painter, look, self.picture.layout, exposed)
        width = 1.2 if level == "far" else min(max(1.5 * unit, 1.4), 3.0)
        self._wires.paint(painter, look, exposed, width, arrows=level != "far")
        chosen = self.marks.selected
        if chosen and len(chosen) <= _MARKED_MOST:
            keys = dict.fromkeys(key for node in chosen for key in self.picture.wires_of.get(node, ()))
            self._wires.paint_marked(painter, look, keys, max(2.0 * unit, 1.8) if level != "far" else 1.6)

    def _paint_near(self, painter: QPainter, world: QTransform, exposed: Rect, level: Level) -> None:
        pen = Pen(painter, self.look)
        unit = world.m11()
        painter.resetTransform()
        paint_titles(pen, self.picture, world, exposed, level)
        if level == "full":
            for words, at in self._wires.labels(exposed):
                paint_label(pen, words, world.map(QPointF(*at)), unit, self._wires.ground_at(at))
        device = painter.device()
        ratio = device.devicePixelRatio() if device is not None else 1.0
        boxes, nodes, names = self.picture.layout.boxes, self.picture.nodes, self.picture.short_names
        reach = MARGIN / unit
        for key in self.picture.nodes_in(exposed.grown(reach, reach, reach, reach)):
            box = boxes[key]
            corner = world.map(QPointF(box.x, box.y))
            detail = Detail(unit, level == "full", names[key])
            width, height = round(box.w * unit * ratio) / ratio, round(box.h * unit * ratio) / ratio
            face = self._faces.face(nodes[key], width, height, detail, self.marks.state(key), ratio)
            x, y = round(corner.x() * ratio) / ratio, round(corner.y() * ratio) / ratio
            painter.drawPixmap(QPointF(x - MARGIN, y - MARGIN), face)
        paint_ports(pen, self.picture, self.marks, world)
        painter.setWorldTransform(world)

    def _paint_far(self, painter: QPainter, world: QTransform, exposed: Rect) -> None:
        if self._far is None:
            self._far = FarNodes(self.picture, self.look)
        self._far.paint(painter, exposed, 1.0)
        self._paint_far_marks(painter)
        painter.resetTransform()
        pen = Pen(painter, self.look)
        paint_far_titles(pen, self.picture, world)
        if self.look.heat is not None:
            for node, box in self._far.largest():
                paint_share(pen, node, world.mapRect(qrect(box)))
        painter.setWorldTransform(world)

    def _paint_far_marks(self, painter: QPainter) -> None:
        """Rings around selected, found and hovered nodes, in one stroke each."""
        for ids, token in (
            (self.marks.selected | self.marks.found, "accent"),
            ({self.marks.hovered} - {None}, "line.control"),
        ):
            path = QPainterPath()
            for node in ids:
                box = self.picture.layout.boxes.get(str(node))
                if box is not None:
                    path.addRoundedRect(qrect(box).adjusted(-8, -8, 8, 8), 18, 18)
            ring = QPen(self.look.colour(token), 2.0)
            ring.setCosmetic(True)
            painter.setPen(ring)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPath(path)
