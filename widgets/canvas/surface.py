"""The one item of the scene: paints frames, wires and nodes at the level of detail that the zoom allows."""

from collections.abc import Callable, Iterable
from typing import Literal

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QTransform
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from widgets.canvas import metrics
from widgets.canvas.appearance import appearance
from widgets.canvas.facecache import FaceCache
from widgets.canvas.faces import MARGIN
from widgets.canvas.far import FarNodes, paint_shares
from widgets.canvas.fartitles import FarTitles
from widgets.canvas.framepaint import paint_far_frames, paint_frames, paint_titles
from widgets.canvas.geometry import Rect
from widgets.canvas.look import Look
from widgets.canvas.marks import Marks
from widgets.canvas.near import paint_near
from widgets.canvas.paths import from_qrect, line_pen, qrect
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

    def __init__(self, picture: Picture, look: Look, later: Callable[[], None]) -> None:
        super().__init__()
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)
        self.picture, self.look, self.marks = picture, look, Marks()
        self._later = later
        self._faces = FaceCache(look)
        self._wires = Wires(picture)
        self._far: FarNodes | None = None
        self._far_titles: FarTitles | None = None
        self._level: Level = "full"
        self.settled = True
        """Whether the last paint drew every face at its size, stretching none."""

    def set_picture(self, picture: Picture) -> None:
        """Show another picture with places of its own."""
        self.prepareGeometryChange()
        self._wires = Wires(picture)
        self._faces.forget_all()
        self._take(picture)
        self.update()

    def _take(self, picture: Picture) -> None:
        self.picture = self._wires.picture = picture
        if self._far is not None:
            self._far.show(picture)
        if self._far_titles is not None and not self._far_titles.say_the_same(picture):
            self._far_titles = None

    def set_content(self, picture: Picture) -> None:
        """Show the same places with new contents; what looks as before is not repainted."""
        before, full = self.picture.shown, self.look.full
        self._take(picture)
        if picture.content.full != full:
            self.set_look(Look(self.look.theme, self.look.heat, picture.content.full))
            return
        for old, new in zip(before.nodes, picture.shown.nodes, strict=True):
            if old is not new and appearance(old, full) != appearance(new, full):
                self._faces.forget(new.id)
                self.update_node(new.id)
        for old_block, block in zip(before.blocks, picture.shown.blocks, strict=True):
            if old_block != block:
                self._update_title(block.id)

    def _update_title(self, block: str) -> None:
        """Repaint the title of a frame or a stage; from far its height in the scene is not known here."""
        frame = self.picture.layout.frames.get(block)
        if frame is not None and self._level != "far":
            self.update(QRectF(frame.x, frame.y, frame.w, metrics.FRAME_HEAD))
        elif frame is None:
            self.update()

    def set_moved(self, picture: Picture, nodes: Iterable[str]) -> None:
        """Show some nodes elsewhere."""
        self.prepareGeometryChange()
        self._wires.moved(picture, nodes)
        self._take(picture)
        self.update()

    def set_look(self, look: Look) -> None:
        """Paint with other colours."""
        self.look = look
        self._far = self._far_titles = None
        self._faces = FaceCache(look)
        self.update()

    def set_marks(self, marks: Marks) -> None:
        """Mark other nodes; repaints those only, unless wires are concerned."""
        before, self.marks = self.marks, marks
        quiet = (before.selected, before.edge, before.found) == (marks.selected, marks.edge, marks.found)
        if quiet and before.preview is marks.preview:
            lit = {before.hovered, marks.hovered, before.origin, marks.origin, before.focused, marks.focused}
            for node in lit - {None}:
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
        world = QTransform(painter.worldTransform())
        exposed = from_qrect(option.exposedRect)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        level = self._level = level_of(world.m11() / self.look.text_scale)
        if level == "far":
            self._paint_far(painter, world, exposed)
        else:
            self._paint_near(painter, world, exposed, level)
        painter.setWorldTransform(world)
        paint_preview(Pen(painter, self.look), self.picture, self._wires, self.marks.preview)

    def _paint_near(self, painter: QPainter, world: QTransform, exposed: Rect, level: Level) -> None:
        pen, unit = Pen(painter, self.look), world.m11()
        paint_frames(painter, self.look, self.picture.layout, exposed)
        self._wires.paint(painter, self.look, exposed, min(max(1.5 * unit, 1.4), 3.0))
        self._paint_marked_wires(painter, max(2.0 * unit, 1.8))
        painter.resetTransform()
        paint_titles(pen, self.picture, world, exposed, level)
        if level == "full":
            for label in self._wires.labels(exposed):
                paint_label(pen, label, world.map(QPointF(*label.at)), unit, self._wires.ground_at(label.at))
        reach = MARGIN / unit
        region = exposed.grown(reach, reach, reach, reach)
        self.settled = paint_near(painter, self.picture, self._faces, self.marks, world, region, level == "full")
        if self.settled:
            self._faces.settle()
        else:
            self._later()
        paint_ports(pen, self.picture, self.marks, world)

    def _paint_marked_wires(self, painter: QPainter, width: float) -> None:
        chosen = self.marks.selected
        if chosen and len(chosen) <= _MARKED_MOST:
            keys = dict.fromkeys(key for node in chosen for key in self.picture.places.wiring.wires_of.get(node, ()))
            self._wires.paint_marked(painter, self.look, keys, width)
        if self.marks.edge is not None:
            self._wires.paint_selected(painter, self.look, self.marks.edge, width)

    def _paint_far(self, painter: QPainter, world: QTransform, exposed: Rect) -> None:
        self._far = self._far or FarNodes(self.picture, self.look)
        self._far_titles = self._far_titles or FarTitles(self.picture, self.look)
        painter.resetTransform()
        paint_far_frames(painter, self.look, self.picture.layout, world, exposed)
        self._wires.paint_far(painter, self.look, world, exposed)
        painter.setWorldTransform(world)
        self._paint_marked_wires(painter, 1.6)
        painter.resetTransform()
        self._far.paint(painter, world, exposed)
        painter.setWorldTransform(world)
        self._paint_far_marks(painter)
        painter.resetTransform()
        pen = Pen(painter, self.look)
        self._far_titles.paint(pen, world, exposed)
        if self.look.heat is not None:
            paint_shares(pen, ((node, world.mapRect(qrect(box))) for node, box in self._far.largest()))

    def _paint_far_marks(self, painter: QPainter) -> None:
        """Rings around selected, found and hovered nodes, in one stroke each."""
        hovered = frozenset(() if self.marks.hovered is None else (self.marks.hovered,))
        for ids, token in ((self.marks.selected | self.marks.found, "accent"), (hovered, "line.control")):
            path = QPainterPath()
            for node in ids & self.picture.layout.boxes.keys():
                path.addRoundedRect(qrect(self.picture.layout.boxes[node]).adjusted(-8, -8, 8, 8), 18, 18)
            painter.setPen(line_pen(painter, self.look.colour(token), 2.0))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPath(path)
