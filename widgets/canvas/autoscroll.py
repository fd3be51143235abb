"""Scrolls the view while a gesture holds the pointer at its edge."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, QTimer
from PySide6.QtWidgets import QGraphicsView

from widgets.canvas.camera import Camera

_RIM = 28.0
"""Within so many px of the edge the view scrolls."""
_FASTEST = 18.0
"""Px for each tick, at the very edge."""
_TICK = 16


class EdgeScroll:
    """Pans `camera` as long as the pointer stays at the edge; calls `moved` after each step."""

    def __init__(self, view: QGraphicsView, camera: Camera, moved: Callable[[], None]) -> None:
        self._view, self._camera, self._moved = view, camera, moved
        self._at = QPointF()
        self._timer = QTimer(view)
        self._timer.setInterval(_TICK)
        self._timer.timeout.connect(self.step)

    @property
    def active(self) -> bool:
        """Whether the view is scrolling."""
        return self._timer.isActive()

    def follow(self, at: QPointF) -> None:
        """The pointer of a gesture is at a px of the viewport."""
        self._at = QPointF(at)
        if self._speed() == (0.0, 0.0):
            self.stop()
        elif not self._timer.isActive():
            self._timer.start()

    def stop(self) -> None:
        """The gesture is over."""
        self._timer.stop()

    def step(self) -> None:
        """Scroll once."""
        across, down = self._speed()
        self._camera.pan(-across, -down)
        self._moved()

    def _speed(self) -> tuple[float, float]:
        area = QRectF(self._view.viewport().rect())
        return (
            _push(self._at.x() - area.left(), area.right() - self._at.x()),
            _push(self._at.y() - area.top(), area.bottom() - self._at.y()),
        )


def _push(before: float, after: float) -> float:
    """Speed along one axis from the distances to its two edges."""
    if before < _RIM:
        return -_FASTEST * min((_RIM - before) / _RIM, 1.0)
    if after < _RIM:
        return _FASTEST * min((_RIM - after) / _RIM, 1.0)
    return 0.0
