"""The scene: holds the picture, what is marked on it, and the dotted ground."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from math import ceil, log2

from PySide6.QtCore import QObject, QPointF, QRect, QRectF, Qt, QTimer
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QGraphicsScene

from widgets import theme
from widgets.canvas.axis import Direction
from widgets.canvas.look import Look
from widgets.canvas.marks import Marks, Preview
from widgets.canvas.model import CanvasModel, EdgeKey, Heat, Point
from widgets.canvas.paths import qrect
from widgets.canvas.picture import Picture, draw_up, same_places
from widgets.canvas.rows import Size
from widgets.canvas.shown import shown
from widgets.canvas.surface import Surface

_DOTS = 24.0
_DOTS_CLOSEST = 14.0
_TILE = 256
_FREE_ROOM = 100_000.0
"""Ground around the network, so that the view never stops at its edge."""


class CanvasScene(QGraphicsScene):
    """Shows one model. Structural changes lay out anew; everything else repaints what changed."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setItemIndexMethod(QGraphicsScene.ItemIndexMethod.NoIndex)
        self.direction: Direction = "rows"
        self.space: Size = (1320.0, 600.0)
        self._heat: Heat | None = None
        self._dots: tuple[tuple[object, ...], QPixmap] | None = None
        self.picture: Picture = draw_up(CanvasModel(), self.direction, self.space)
        self.surface = Surface(self.picture, Look(theme.current()), self._paint_again)
        self.addItem(self.surface)
        self._resize()

    def _paint_again(self) -> None:
        """Faces that were stretched for a moment are drawn sharply as soon as there is time."""
        QTimer.singleShot(0, self, self.surface.update)

    @property
    def look(self) -> Look:
        """Colours and fonts in force."""
        return self.surface.look

    @property
    def marks(self) -> Marks:
        """What is marked."""
        return self.surface.marks

    def set_model(self, model: CanvasModel) -> bool:
        """Show a model; returns whether places changed."""
        old = self.picture
        content = shown(model)
        if same_places(old.shown, content) and model.positions == old.model.positions:
            self.picture = old.with_content(model, content)
            self.surface.set_content(self.picture)
            return False
        self._draw_up(model)
        return True

    def lay_out_again(self, space: Size | None = None) -> None:
        """Lay out the same model, for other room or in another direction."""
        self.space = space or self.space
        self._draw_up(self.picture.model)

    def _draw_up(self, model: CanvasModel) -> None:
        self._show(draw_up(model, self.direction, self.space))

    def _show(self, picture: Picture) -> None:
        self.picture = picture
        self.surface.set_picture(picture)
        marks, nodes = self.marks, picture.nodes
        self.surface.set_marks(
            Marks(
                frozenset(n for n in marks.selected if n in nodes),
                marks.edge if marks.edge in picture.layout.routes else None,
                marks.hovered if marks.hovered in nodes else None,
                found=frozenset(n for n in marks.found if n in nodes),
            )
        )
        self._renew_look()
        self._resize()

    def show_moved(self, base: Picture, corners: Mapping[str, Point]) -> None:
        """Show some nodes of `base` at other corners, as long as a drag lasts."""
        self.picture = base.moved(corners)
        followers = [ghost.id for node in corners for ghost in base.shown.attached.get(node, ())]
        self.surface.set_moved(self.picture, [*corners, *followers])

    def set_heat(self, heat: Heat | None) -> None:
        """Choose the quantity that bars and heat show."""
        if heat != self._heat:
            self._heat = heat
            self._renew_look(force=True)

    def retheme(self) -> None:
        """Take colours and fonts from the theme in force."""
        self._dots = None
        self._renew_look(force=True)
        self.update()

    def _renew_look(self, force: bool = False) -> None:
        if force or self.look.full != self.picture.content.full:
            self.surface.set_look(Look(theme.current(), self._heat, self.picture.content.full))

    def _resize(self) -> None:
        bounds = self.picture.layout.bounds
        room = bounds.grown(_FREE_ROOM, _FREE_ROOM, _FREE_ROOM, _FREE_ROOM)
        if qrect(room) != self.sceneRect():
            self.setSceneRect(qrect(room))

    def mark_selected(self, ids: Iterable[str]) -> None:
        """Select visible nodes, and no wire."""
        self.surface.set_marks(replace(self.marks, selected=frozenset(ids), edge=None))

    def mark_edge(self, edge: EdgeKey) -> None:
        """Select a wire, and no nodes."""
        self.surface.set_marks(replace(self.marks, selected=frozenset(), edge=edge))

    def mark_hovered(self, node: str | None) -> None:
        """Hover a visible node; a ghost also lights the layer it comes from."""
        if node != self.marks.hovered:
            origin = self.picture.nodes[node].origin if node in self.picture.nodes else ""
            home = self.picture.visible((origin,)) if origin else ()
            self.surface.set_marks(replace(self.marks, hovered=node, origin=home[0] if home else None))

    def mark_focused(self, node: str | None) -> None:
        """Show where the keyboard is."""
        if node != self.marks.focused:
            self.surface.set_marks(replace(self.marks, focused=node))

    def mark_found(self, ids: Iterable[str]) -> None:
        """Mark search hits; everything else fades. No ids clear."""
        self.surface.set_marks(replace(self.marks, found=frozenset(ids)))

    def preview(self, preview: Preview) -> None:
        """Show what a gesture would do."""
        if preview != self.marks.preview:
            self.surface.set_marks(replace(self.marks, preview=preview))

    def drawBackground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        """The ground and its dots, whose distance on the screen stays readable at every zoom."""
        world = painter.worldTransform()
        shown_distance = _DOTS * world.m11()
        step = round(shown_distance * 2 ** max(ceil(log2(_DOTS_CLOSEST / shown_distance)), 0))
        device = painter.device()
        tile = self._tile(step, device.devicePixelRatio() if device is not None else 1.0)
        area = world.mapRect(QRectF(rect)).toAlignedRect()
        offset = QPointF((area.x() - round(world.dx())) % step, (area.y() - round(world.dy())) % step)
        painter.save()
        painter.resetTransform()
        painter.drawTiledPixmap(QRectF(area), tile, offset)
        painter.restore()

    def _tile(self, step: int, ratio: float) -> QPixmap:
        """A patch of the ground with dots `step` logical px apart; a large one is laid faster than many small."""
        key = (step, ratio)
        if self._dots is not None and self._dots[0] == key:
            return self._dots[1]
        count = max(_TILE // step, 1)
        side = round(count * step * ratio)
        tile = QPixmap(side, side)
        tile.setDevicePixelRatio(ratio)
        tile.fill(self.look.colour("bg.canvas"))
        painter = QPainter(tile)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.look.colour("bg.canvasDot"))
        for column in range(count):
            for row in range(count):
                painter.drawEllipse(QPointF((column + 0.5) * step, (row + 0.5) * step), 1.1, 1.1)
        painter.end()
        self._dots = (key, tile)
        return tile
