"""The minimap: the whole network, where the view is, and where there are findings."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPainterPath, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from widgets.canvas.geometry import Rect, union
from widgets.canvas.look import Look
from widgets.canvas.marks import Marks
from widgets.canvas.panel import FloatingPanel
from widgets.canvas.picture import Picture
from widgets.theme.easel import easel

SIZE = QSize(168, 88)
_PAD = 7.0


class Minimap(FloatingPanel):
    """Click or drag to move the view: emits `aimed` with a place in the scene."""

    aimed = Signal(float, float)

    def __init__(self, parent: QWidget, picture: Picture, look: Look) -> None:
        super().__init__(parent)
        self.setAccessibleName("Overview of the network")
        self.setFixedSize(SIZE)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._picture, self._look, self._marks = picture, look, Marks()
        self._seen = Rect(0, 0, 1, 1)
        self._world = Rect(0, 0, 1, 1)
        self._drawn: QPixmap | None = None
        self._grip = QPointF()
        """From the pointer to the middle of the frame, while it is dragged."""

    def show_picture(self, picture: Picture, look: Look) -> None:
        """Show another picture, or the same in other colours; what looks as before is not drawn again."""
        before, self._picture = self._picture, picture
        if look is self._look and picture.layout is before.layout and not self._changed(before, picture):
            return
        self._look, self._drawn = look, None
        self.update()

    def _changed(self, before: Picture, after: Picture) -> bool:
        """Whether a node has another colour or other findings."""
        step = self._look.heat_step
        pairs = zip(before.shown.nodes, after.shown.nodes, strict=True)
        return any(a is not b and (step(a), a.badges) != (step(b), b.badges) for a, b in pairs)

    def show_seen(self, seen: Rect) -> None:
        """Frame the part in sight."""
        if seen != self._seen:
            self._seen = seen
            self.update()

    def show_marks(self, marks: Marks) -> None:
        """Mark selected and hovered nodes."""
        before, self._marks = self._marks, marks
        if (before.selected, before.hovered) != (marks.selected, marks.hovered):
            self.update()

    def paint(self, painter: QPainter) -> None:
        """Nodes, marks, findings, and the frame of the view."""
        bounds = self._picture.layout.bounds
        if bounds.w <= 0:
            return
        ratio = self.devicePixelRatioF()
        if self._drawn is None or bounds != self._world or self._drawn.devicePixelRatio() != ratio:
            self._world, self._drawn = bounds, self._draw(ratio)
        painter.drawPixmap(0, 0, self._drawn)
        self._paint_marked(painter)
        seen = self._mapped(_clipped(self._seen, bounds))
        painter.setPen(QPen(self._look.colour("accent"), 1.5))
        painter.setBrush(self._look.faded("accent", 0.06))
        painter.drawRoundedRect(seen.adjusted(-2, -2, 2, 2), 3, 3)

    def _draw(self, ratio: float) -> QPixmap:
        return easel().draw(SIZE.width(), SIZE.height(), ratio, self._draw_nodes)

    def _draw_nodes(self, painter: QPainter) -> None:
        by_step: dict[int | None, QPainterPath] = {}
        for node in self._picture.shown.nodes:
            path = by_step.setdefault(self._look.heat_step(node), QPainterPath())
            path.addRect(self._mapped(self._picture.layout.boxes[node.id]))
        painter.setPen(Qt.PenStyle.NoPen)
        for step, path in by_step.items():
            painter.setBrush(self._look.colour("line.default") if step is None else self._look.heat_steps[step])
            painter.drawPath(path)
        self._draw_findings(painter)

    def _draw_findings(self, painter: QPainter) -> None:
        for kind, token in (("risk", "warning"), ("over", "danger")):
            for node in self._picture.shown.nodes:
                if any(badge.kind == kind for badge in node.badges):
                    box = self._mapped(self._picture.layout.boxes[node.id])
                    painter.setPen(QPen(self._look.colour("bg.panel"), 1.0))
                    painter.setBrush(self._look.colour(token))
                    painter.drawEllipse(box.topRight(), 3, 3)

    def _paint_marked(self, painter: QPainter) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        boxes = self._picture.layout.boxes
        hovered = frozenset(() if self._marks.hovered is None else (self._marks.hovered,))
        for ids, token in ((self._marks.selected, "accent"), (hovered, "line.control")):
            painter.setPen(QPen(self._look.colour(token), 1.4))
            for node in ids & boxes.keys():
                painter.drawRect(self._mapped(boxes[node]).adjusted(-1, -1, 1, 1))

    def _scale(self) -> tuple[float, float, float]:
        """Px per unit of the scene, and the offset of its origin."""
        world = self._picture.layout.bounds
        scale = min((SIZE.width() - 2 * _PAD) / world.w, (SIZE.height() - 2 * _PAD) / max(world.h, 1.0))
        left = (SIZE.width() - world.w * scale) / 2 - world.x * scale
        return scale, left, (SIZE.height() - world.h * scale) / 2 - world.y * scale

    def _mapped(self, rect: Rect) -> QRectF:
        scale, dx, dy = self._scale()
        return QRectF(rect.x * scale + dx, rect.y * scale + dy, max(rect.w * scale, 1.2), max(rect.h * scale, 1.2))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Move the view there; what is taken hold of inside the frame stays under the pointer."""
        frame = self._mapped(self._seen)
        inside = frame.contains(event.position())
        self._grip = frame.center() - event.position() if inside else QPointF()
        self._aim(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the view along."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._aim(event.position())

    def _aim(self, at: QPointF) -> None:
        if self._picture.layout.bounds.w > 0:
            scale, dx, dy = self._scale()
            middle = at + self._grip
            self.aimed.emit((middle.x() - dx) / scale, (middle.y() - dy) / scale)


def _clipped(seen: Rect, world: Rect) -> Rect:
    """The part of the view that shows the network, so that its frame stays on the map."""
    left, top = max(seen.x, world.x), max(seen.y, world.y)
    right, bottom = min(seen.right, world.right), min(seen.bottom, world.bottom)
    if right <= left or bottom <= top:
        return union([Rect(min(max(seen.x, world.x), world.right), min(max(seen.y, world.y), world.bottom), 0, 0)])
    return Rect(left, top, right - left, bottom - top)
