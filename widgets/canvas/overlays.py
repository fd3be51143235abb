"""What floats over the canvas, and where: minimap, zoom, legend, reason at the pointer, first steps."""

from PySide6.QtCore import QPoint, QPointF
from PySide6.QtWidgets import QLabel, QWidget

from widgets import theme
from widgets.canvas.camera import Camera
from widgets.canvas.empty import EmptyCanvas
from widgets.canvas.geometry import Rect
from widgets.canvas.legend import HeatLegend
from widgets.canvas.minimap import Minimap
from widgets.canvas.scene import CanvasScene
from widgets.canvas.surface import level_of
from widgets.canvas.zoomcontrol import ZoomControl

_MARGIN = 14
_ROOMY = (1060, 460)
"""From this size of the view on, minimap and zoom are always there."""
_SMALLEST_FOR_MAP = (560, 320)
_LEGEND_MOST = 0.15
"""A legend that would take more of the view's height than this is left out."""
_REASON_WIDEST = 460
"""Longer reasons are broken into lines, in px at 100 % text scale."""


class Overlays:
    """Creates the panels on a view and keeps them in their corners."""

    def __init__(self, view: QWidget, scene: CanvasScene, camera: Camera) -> None:
        self._view, self._scene, self._camera = view, scene, camera
        self.minimap = Minimap(view, scene.picture, scene.look)
        self.zoom = ZoomControl(view)
        self.legend = HeatLegend(view)
        self.empty = EmptyCanvas(view)
        self.reason = QLabel(view)
        self.reason.setObjectName("canvasReason")
        for panel in (self.minimap, self.zoom, self.legend, self.empty, self.reason):
            panel.hide()

    def show_content(self) -> None:
        """The picture or its colours changed."""
        picture = self._scene.picture
        self.minimap.show_picture(picture, self._scene.look)
        inputs = [n for n in picture.shown.nodes if n.group == "io"]
        self.empty.setVisible(len(inputs) == len(picture.shown.nodes) <= 1)
        self._scene.surface.setVisible(self.empty.isHidden())
        self.empty.set_input(inputs[0] if inputs else None)
        self.arrange()

    def follow(self) -> None:
        """The view moved or zoomed."""
        self.minimap.show_seen(self._camera.seen)
        self.zoom.show_zoom(self._camera.zoom)
        self.arrange()

    def arrange(self) -> None:
        """Put every panel in its corner, or away where there is no room for it."""
        width, height = self._view.width(), self._view.height()
        empty = not self.empty.isHidden()
        roomy = width >= _ROOMY[0] and height >= _ROOMY[1]
        with_map = not empty and self._map_helps(roomy)
        with_zoom = not empty and (roomy or with_map)
        self.legend.show_look(self._scene.look, self._far_groups())
        # Moved before they are shown, or what appears under the pointer would be lit as if hovered.
        self._place(width, height, with_map, with_zoom)
        self.minimap.setVisible(with_map)
        self.zoom.setVisible(with_zoom)
        covers = self.legend.height() > _LEGEND_MOST * height
        self.legend.setVisible(self._scene.look.heat is not None and not empty and not covers)

    def _map_helps(self, roomy: bool) -> bool:
        view_sees_all = _holds(self._camera, self._scene)
        far = level_of(self._camera.zoom) == "far"
        if view_sees_all and (far or self._covers_nodes()):
            return False
        if roomy:
            return True
        large = self._view.width() >= _SMALLEST_FOR_MAP[0] and self._view.height() >= _SMALLEST_FOR_MAP[1]
        return large and not view_sees_all

    def _covers_nodes(self) -> bool:
        size = self.minimap.size()
        corner = QPointF(self._view.width() - _MARGIN - size.width(), self._view.height() - _MARGIN - size.height())
        x, y = self._camera.scene_point(corner)
        scale = self._camera.scale
        return bool(self._scene.picture.places.nodes_in(Rect(x, y, size.width() / scale, size.height() / scale)))

    def _far_groups(self) -> tuple[str, ...]:
        if level_of(self._camera.zoom) != "far":
            return ()
        found = dict.fromkeys(n.group for n in self._scene.picture.shown.nodes if n.form != "card")
        return tuple(g for g in ("norm", "activation", "pool", "merge") if g in found)

    def _place(self, width: int, height: int, with_map: bool, with_zoom: bool) -> None:
        right, bottom = width - _MARGIN, height - _MARGIN
        self.minimap.move(right - self.minimap.width(), bottom - self.minimap.height())
        self.zoom.adjustSize()
        beside = self.minimap.x() - 12 if with_map else right
        self.zoom.move(beside - self.zoom.width(), bottom - self.zoom.height())
        left = 16 if with_zoom else right - self.legend.width()
        self.legend.move(left, bottom - self.legend.height())
        self.empty.adjustSize()
        self.empty.move((width - self.empty.width()) // 2, max((height - self.empty.height()) // 2, 0))

    def say(self, words: str, at: QPointF | None, refusal: bool) -> None:
        """Show words beside the pointer; none hide them."""
        self.reason.setVisible(bool(words) and at is not None)
        if not words or at is None:
            return
        current = theme.current()
        ground, line = ("danger.soft", "danger") if refusal else ("bg.tooltip", "bg.tooltip")
        ink = "danger" if refusal else "text.onTooltip"
        colours = [current.color(token).name() for token in (ground, line, ink)]
        self.reason.setStyleSheet(
            "#canvasReason {{ background: {}; border: 1px solid {}; color: {}; border-radius: 6px;"
            " padding: 4px 8px; }}".format(*colours)
        )
        self.reason.setText(words)
        self._wrap_reason(min(round(_REASON_WIDEST * current.text_scale), self._view.width() - 2 * _MARGIN))
        spot = at.toPoint() + QPoint(14, 18)
        x = min(spot.x(), self._view.width() - self.reason.width() - 4)
        y = min(spot.y(), self._view.height() - self.reason.height() - 4)
        self.reason.move(max(x, 0), max(y, 0))
        self.reason.raise_()

    def _wrap_reason(self, widest: int) -> None:
        self.reason.setWordWrap(False)
        self.reason.setMinimumWidth(0)
        self.reason.setMaximumWidth(widest)
        if self.reason.sizeHint().width() > widest:
            self.reason.setWordWrap(True)
            self.reason.setMinimumWidth(widest)
        self.reason.adjustSize()


def _holds(camera: Camera, scene: CanvasScene) -> bool:
    seen, bounds = camera.seen, scene.picture.layout.bounds
    inside_x = seen.x <= bounds.x + 1 and bounds.right <= seen.right + 1
    return inside_x and seen.y <= bounds.y + 1 and bounds.bottom <= seen.bottom + 1
