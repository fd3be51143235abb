"""Turns mouse events into gestures and hovering."""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QMouseEvent

from widgets.canvas.connecting import pick_up
from widgets.canvas.gestures import Band, Gesture, Host, MoveNodes, Pan, PickEdge, Reason, Where, edge_under


class Pointer:
    """Keeps the gesture in progress, if any."""

    def __init__(self, host: Host) -> None:
        self._host = host
        self.gesture: Gesture | None = None
        self.panning = False
        """Whether the space bar turns dragging into panning."""
        self.last = QPointF()
        self._keys = Qt.KeyboardModifier.NoModifier

    def where(self, event: QMouseEvent) -> Where:
        """Place and keys of an event."""
        self.last, self._keys = event.position(), event.modifiers()
        return self._here()

    def _here(self) -> Where:
        return Where(self.last, self._host.camera.scene_point(self.last), self._keys)

    def again(self) -> None:
        """The view moved under the pointer: to the gesture that is a move too."""
        if self.gesture is not None:
            self.gesture.move(self._here())

    def press(self, event: QMouseEvent) -> bool:
        """Start a gesture; returns whether one started."""
        at = self.where(event)
        button = event.button()
        if self.gesture is not None:
            return True
        if button == Qt.MouseButton.MiddleButton or (self.panning and button == Qt.MouseButton.LeftButton):
            self.gesture = Pan(self._host, at)
        elif button == Qt.MouseButton.LeftButton:
            self.gesture = self._on_left(at)
        return self.gesture is not None

    def _on_left(self, at: Where) -> Gesture:
        wire = pick_up(self._host, at)
        if wire is not None:
            return wire
        node = self._host.canvas.picture.places.node_at(at.scene)
        if node is not None:
            return MoveNodes(self._host, at, node)
        edge = edge_under(self._host, at)
        return Band(self._host, at) if edge is None or at.adding else PickEdge(self._host, at, edge)

    def move(self, event: QMouseEvent) -> bool:
        """Go on with the gesture; returns whether there is one."""
        at = self.where(event)
        if self.gesture is not None:
            self.gesture.move(at)
        return self.gesture is not None

    def release(self, event: QMouseEvent) -> bool:
        """End the gesture; returns whether there was one."""
        gesture, self.gesture = self.gesture, None
        if gesture is not None:
            gesture.end(self.where(event))
        return gesture is not None

    def cancel(self, reason: Reason) -> bool:
        """Cancel the gesture; returns whether there was one."""
        gesture, self.gesture = self.gesture, None
        if gesture is not None:
            gesture.cancel(reason)
        return gesture is not None
