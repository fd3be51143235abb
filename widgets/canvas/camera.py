"""Zoom and position of the view."""

from PySide6.QtCore import QPoint, QPointF, QRectF
from PySide6.QtGui import QTransform
from PySide6.QtWidgets import QGraphicsView

from widgets import theme
from widgets.canvas.geometry import Rect
from widgets.canvas.paths import from_qrect, qrect

SMALLEST, LARGEST = 0.02, 4.0
_STEP = 1.25
_WHEEL = 1.16
_MARGIN = 28.0
_FOOT = 56.0
"""Kept free below for the legend and the zoom control."""
_KEPT = 80.0
"""At least this much of the network stays in sight, in px."""


class Camera:
    """Moves a graphics view; 1.0 is 100 % zoom, whatever the text scale."""

    def __init__(self, view: QGraphicsView) -> None:
        self._view = view

    @property
    def scale(self) -> float:
        """Px of the view per unit of the scene."""
        return self._view.transform().m11()

    @property
    def zoom(self) -> float:
        """The zoom in force."""
        return self.scale / theme.current().text_scale

    @property
    def seen(self) -> Rect:
        """The part of the scene in sight."""
        corners = self._view.mapToScene(self._view.viewport().rect())
        return from_qrect(corners.boundingRect())

    def zoom_to(self, zoom: float, anchor: QPointF | None = None) -> None:
        """Set the zoom; what is at `anchor` (px of the viewport, else its middle) stays there."""
        view = self._view
        at = anchor if anchor is not None else QPointF(view.viewport().rect().center())
        fixed = self._to_scene(at)
        scale = min(max(zoom, SMALLEST), LARGEST) * theme.current().text_scale
        view.setTransform(QTransform.fromScale(scale, scale))
        now = view.viewportTransform().map(fixed)
        self.pan(at.x() - now.x(), at.y() - now.y())

    def zoom_by_wheel(self, notches: float, anchor: QPointF) -> None:
        """Zoom by wheel notches; 100 % is easy to hit."""
        wanted = self.zoom * _WHEEL**notches
        self.zoom_to(1.0 if abs(wanted - 1.0) < 0.06 and wanted != self.zoom else wanted, anchor)

    def zoom_step(self, direction: int) -> None:
        """Zoom in (+1) or out (-1) by one step."""
        wanted = self.zoom * _STEP**direction
        self.zoom_to(1.0 if abs(wanted - 1.0) < 0.1 else wanted)

    def pan(self, dx: float, dy: float) -> None:
        """Move what is shown by px of the viewport."""
        across, down = self._view.horizontalScrollBar(), self._view.verticalScrollBar()
        across.setValue(across.value() - round(dx))
        down.setValue(down.value() - round(dy))

    def keep(self, bounds: Rect) -> None:
        """Undo a pan that went past the network."""
        shown = self._view.viewportTransform().mapRect(qrect(bounds))
        area = QRectF(self._view.viewport().rect())
        dx = max(_KEPT - shown.right(), 0.0) + min(area.width() - _KEPT - shown.left(), 0.0)
        dy = max(_KEPT - shown.bottom(), 0.0) + min(area.height() - _KEPT - shown.top(), 0.0)
        if dx or dy:
            self.pan(dx, dy)

    def fit(self, bounds: Rect, closest: float = 1.0, farthest: float = SMALLEST) -> None:
        """Show all of `bounds`, no larger than `closest`."""
        area = self._view.viewport().rect()
        scale = theme.current().text_scale
        width, height = max(bounds.w, 1.0) * scale, max(bounds.h, 1.0) * scale
        room = max(area.width() - 2 * _MARGIN, 50.0), max(area.height() - _MARGIN - _FOOT, 50.0)
        fitting = min(room[0] / width, room[1] / height, closest)
        self.zoom_to(max(fitting, farthest))
        if fitting < farthest:
            self.show_corner(bounds)
        else:
            self.centre(bounds.centre)
            below = self._view.viewportTransform().mapRect(qrect(bounds)).bottom()
            self.pan(0, min(area.height() - _FOOT - below, 0.0))

    def show_corner(self, bounds: Rect) -> None:
        """Show the beginning of something too large for the view."""
        now = self._view.viewportTransform().map(QPointF(bounds.x, bounds.y))
        self.pan(_MARGIN - now.x(), _MARGIN - now.y())

    def centre(self, at: tuple[float, float]) -> None:
        """Bring a place to the middle."""
        now = self._view.viewportTransform().map(QPointF(*at))
        middle = QPointF(self._view.viewport().rect().center())
        self.pan(middle.x() - now.x(), middle.y() - now.y())

    def reveal(self, bounds: Rect) -> None:
        """Pan as little as brings `bounds` into sight."""
        shown = self._view.viewportTransform().mapRect(qrect(bounds))
        area = QRectF(self._view.viewport().rect()).adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        dx = max(area.left() - shown.left(), 0.0) or min(area.right() - shown.right(), 0.0)
        dy = max(area.top() - shown.top(), 0.0) or min(area.bottom() - shown.bottom(), 0.0)
        if dx or dy:
            self.pan(dx, dy)

    def _to_scene(self, at: QPointF) -> QPointF:
        inverse, _ = self._view.viewportTransform().inverted()
        return inverse.map(at)

    def px(self, at: tuple[float, float]) -> QPointF:
        """The px of the viewport at a place in the scene."""
        return self._view.viewportTransform().map(QPointF(*at))

    def scene_point(self, at: QPoint | QPointF) -> tuple[float, float]:
        """The place in the scene under a px of the viewport."""
        place = self._to_scene(QPointF(at))
        return (place.x(), place.y())
