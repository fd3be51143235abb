"""The display half of the canvas: shows a model, zooms, fits, marks. `view.py` adds what the user can do."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPalette, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QGraphicsView, QWidget

from widgets import theme
from widgets.canvas.axis import Direction
from widgets.canvas.camera import SMALLEST, Camera
from widgets.canvas.empty import StartAction
from widgets.canvas.geometry import union
from widgets.canvas.metrics import MANY
from widgets.canvas.model import CanvasModel, Heat, Point
from widgets.canvas.overlays import Overlays
from widgets.canvas.rows import Size
from widgets.canvas.scene import CanvasScene
from widgets.canvas.surface import MIDDLE_FROM

_REWRAP_AFTER = 150
"""Rows are broken anew this long after the last change of size, in ms."""


class CanvasStage(QGraphicsView):
    """Shows a `CanvasModel`. Ids taken are those of layers; folded layers show as their block."""

    zoom_changed = Signal(float)
    laid_out = Signal()
    """Nodes may have come, gone or moved to other rows."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.canvas = CanvasScene(self)
        self.setScene(self.canvas)
        self.camera = Camera(self)
        self.overlays = Overlays(self, self.canvas, self.camera)
        self._following = True
        self._rewrap = QTimer(self)
        self._rewrap.setSingleShot(True)
        self._rewrap.setInterval(_REWRAP_AFTER)
        self._rewrap.timeout.connect(self._wrap_again)
        self._set_up()
        self.overlays.show_content()
        theme.signals().changed.connect(self._retheme)

    def _set_up(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setResizeAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.MinimalViewportUpdate)
        self.setOptimizationFlag(QGraphicsView.OptimizationFlag.DontSavePainterState)
        self.setOptimizationFlag(QGraphicsView.OptimizationFlag.DontAdjustForAntialiasing)
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.setMouseTracking(True)
        self.viewport().setMouseTracking(True)
        # The ground covers everything: no need to fill behind it.
        self.viewport().setAutoFillBackground(False)
        self.viewport().setBackgroundRole(QPalette.ColorRole.NoRole)
        overlays = self.overlays
        overlays.minimap.aimed.connect(self._aim)
        overlays.zoom.stepped.connect(self.zoom_step)
        overlays.zoom.reset.connect(lambda: self.zoom_to(1.0))

    def model(self) -> CanvasModel:
        """What is shown."""
        return self.canvas.picture.model

    def set_model(self, model: CanvasModel) -> None:
        """Show a model. Where only contents changed, nothing moves and only those nodes are repainted."""
        known = self.canvas.picture.nodes
        another = not any(node.id in known for node in model.nodes)
        if another or self._following:
            self.canvas.space = self._space()
        if self.canvas.set_model(model):
            self._placed()
            if another:
                self._following = True
                self.fit_initially()
            elif self._following:
                self._refit()
        self.overlays.show_content()

    def places_changed(self) -> None:
        """Called when nodes may have come, gone or moved."""

    def rows(self) -> tuple[int, Direction]:
        """How many rows there are, or columns where the direction is top-down."""
        layout = self.canvas.picture.layout
        return layout.rows, layout.direction

    def set_heat(self, heat: Heat | None) -> None:
        """Choose what bars and heat show; None shows neither."""
        self.canvas.set_heat(heat)
        self.overlays.show_content()

    def set_layout(self, direction: Direction) -> None:
        """Lay out in rows or top-down, and show all of it."""
        if direction != self.canvas.direction:
            self.canvas.direction = direction
            self.canvas.lay_out_again(self._space())
            self._placed()
            self._following = True
            self.fit_initially()
            self.overlays.show_content()

    def set_start_actions(self, actions: Iterable[StartAction]) -> None:
        """What an empty canvas offers to start from."""
        self.overlays.empty.set_actions(actions)
        self.overlays.arrange()

    def highlight(self, ids: Iterable[str]) -> None:
        """Mark search hits and fade the rest; no ids clear."""
        self.canvas.mark_found(self.canvas.picture.visible(ids))

    def center_on(self, layer: str) -> None:
        """Bring a layer to the middle, at a zoom where it can be read."""
        for node in self.canvas.picture.visible((layer,)):
            if self.zoom() < MIDDLE_FROM:
                self.camera.zoom_to(1.0)
            self.camera.centre(self.canvas.picture.layout.boxes[node].centre)
            self._moved_by_user()

    def zoom(self) -> float:
        """The zoom in force; 1.0 is 100 %."""
        return self.camera.zoom

    def zoom_to(self, zoom: float) -> None:
        """Zoom about the middle of the view."""
        self.camera.zoom_to(zoom)
        self._moved_by_user()

    def zoom_step(self, direction: int) -> None:
        """Zoom in (+1) or out (-1)."""
        self.camera.zoom_step(direction)
        self._moved_by_user()

    def fit_all(self) -> None:
        """Show everything, and keep doing so when the window changes its size."""
        self._following = True
        self.camera.fit(self.canvas.picture.layout.bounds)
        self._moved()

    def fit_initially(self) -> None:
        """Show everything; networks of a few dozen layers never so small that they cannot be read."""
        few = len(self.canvas.picture.nodes) < MANY
        self.camera.fit(self.canvas.picture.layout.bounds, farthest=MIDDLE_FROM if few else SMALLEST)
        self._moved()

    def fit_selection(self) -> None:
        """Show the selected nodes, or everything when there are none."""
        picture = self.canvas.picture
        boxes = [picture.layout.boxes[n] for n in self.canvas.marks.selected]
        if not boxes:
            self.fit_all()
            return
        self.camera.fit(union(boxes).grown(40, 40, 40, 40), closest=1.25)
        self._moved_by_user()

    def _placed(self) -> None:
        self.places_changed()
        self.laid_out.emit()

    def _space(self) -> Size:
        """Room for the network in px at 100 % text scale."""
        if not self.isVisible():
            return self.canvas.space
        scale = theme.current().text_scale
        return (self.viewport().width() / scale, self.viewport().height() / scale)

    def _refit(self) -> None:
        seen, bounds = self.camera.seen, self.canvas.picture.layout.bounds
        if seen.x > bounds.x or seen.y > bounds.y or seen.right < bounds.right or seen.bottom < bounds.bottom:
            self.fit_initially()

    def _wrap_again(self) -> None:
        """Break rows for the new size, as long as the user has not gone anywhere."""
        if self._following and self.canvas.picture.nodes:
            self.canvas.lay_out_again(self._space())
            self._placed()
            self.fit_initially()
            self.overlays.show_content()

    def _aim(self, x: float, y: float) -> None:
        self.camera.centre((x, y))
        self._moved_by_user()

    def _moved_by_user(self) -> None:
        self._following = False
        self._moved()

    def _moved(self) -> None:
        self.overlays.follow()
        self.zoom_changed.emit(self.zoom())

    def _retheme(self, _theme: object) -> None:
        """Take over colours and fonts; a new text scale keeps the zoom."""
        self.canvas.retheme()
        self.camera.zoom_to(self.zoom())
        self.overlays.show_content()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep everything in sight while the user has not zoomed or panned."""
        super().resizeEvent(event)
        if self._following and self.isVisible():
            self.fit_initially()
            self._rewrap.start()
        self.overlays.follow()

    def showEvent(self, event: QShowEvent) -> None:
        """Lay out for the size that the window turned out to have."""
        super().showEvent(event)
        if self._following:
            self._wrap_again()
            self._rewrap.stop()
        self.overlays.follow()

    def hideEvent(self, event: QEvent) -> None:
        """Nothing is laid out for a hidden view."""
        self._rewrap.stop()
        super().hideEvent(event)  # type: ignore[arg-type]

    def viewport_middle(self) -> Point:
        """The place in the scene in the middle of the view."""
        return self.camera.scene_point(QPointF(self.viewport().rect().center()))
