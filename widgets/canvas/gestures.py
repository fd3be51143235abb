"""What a mouse can do, one object per gesture: it starts, moves, and ends or is cancelled with a reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, Protocol

from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QApplication

from widgets.canvas.camera import Camera
from widgets.canvas.geometry import Rect
from widgets.canvas.marks import Preview
from widgets.canvas.model import EdgeKey, Point
from widgets.canvas.scene import CanvasScene

Reason = Literal["escape", "refused", "nothing there", "model changed", "left"]

_GRID = 4.0
_WIRE_REACH = 6.0
"""How near to a wire the pointer must be to mean it, in px."""


@dataclass(frozen=True, slots=True)
class Where:
    """Place of the pointer in px of the viewport and in the scene, and the keys held."""

    px: QPointF
    scene: Point
    keys: Qt.KeyboardModifier

    @property
    def adding(self) -> bool:
        """Whether Shift or Ctrl extends what is selected."""
        return bool(self.keys & (Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier))


class Host(Protocol):
    """What gestures need of the view; the last four announce what the user asked for."""

    @property
    def canvas(self) -> CanvasScene:
        """The scene."""

    @property
    def camera(self) -> Camera:
        """Zoom and position."""

    def select(self, ids: tuple[str, ...]) -> None:
        """Select visible nodes for the user."""

    def select_edge(self, edge: EdgeKey) -> None:
        """Select a wire for the user."""

    def say(self, words: str, at: QPointF | None = None, refusal: bool = False) -> None:
        """Show words at the pointer, or none."""

    def refusal(self, source: str, target: str) -> str | None:
        """Why two nodes cannot be connected, or None."""

    def ask_move(self, corners: Mapping[str, Point]) -> None:
        """Nodes were moved."""

    def ask_connect(self, source: str, target: str, port: int) -> None:
        """Two nodes shall be connected."""

    def ask_disconnect(self, edge: EdgeKey) -> None:
        """An edge shall go."""

    def ask_add(self, at: Point, into: str | EdgeKey | None) -> None:
        """A layer shall be added at a place, reading a layer or going into a wire."""


class Gesture:
    """Base of all gestures; creating one starts it."""

    cursor: Qt.CursorShape | None = None
    moves_view = False

    def __init__(self, host: Host, start: Where) -> None:
        self.host, self.start = host, start

    def move(self, at: Where) -> None:
        """The pointer moved."""

    def end(self, at: Where) -> None:
        """The button was released: do it."""

    def cancel(self, reason: Reason) -> None:
        """Undo whatever is shown; nothing is announced."""

    def _far_enough(self, at: Where) -> bool:
        way = at.px - self.start.px
        return abs(way.x()) + abs(way.y()) >= QApplication.startDragDistance()


class Pan(Gesture):
    """Drag what is shown."""

    cursor = Qt.CursorShape.ClosedHandCursor
    moves_view = True

    def __init__(self, host: Host, start: Where) -> None:
        super().__init__(host, start)
        self._last = start.px

    def move(self, at: Where) -> None:
        """Follow the pointer."""
        way = at.px - self._last
        self._last = at.px
        self.host.camera.pan(way.x(), way.y())
        self.host.camera.keep(self.host.canvas.picture.layout.bounds)


class Band(Gesture):
    """Select what a rectangle touches; a click on nothing selects nothing."""

    def __init__(self, host: Host, start: Where) -> None:
        super().__init__(host, start)
        before = host.canvas.marks.selected if start.adding else frozenset()
        self._before = tuple(n for n in host.canvas.picture.nodes if n in before)

    def move(self, at: Where) -> None:
        """Select as the rectangle grows."""
        if not self._far_enough(at):
            return
        band = _between(self.start.scene, at.scene)
        hits = self.host.canvas.picture.places.nodes_in(band)
        self.host.select(tuple(dict.fromkeys((*self._before, *hits))))
        self.host.canvas.preview(Preview(band=band))

    def end(self, at: Where) -> None:
        """Keep the selection."""
        if not self._far_enough(at):
            self.host.select(self._before)
        self.host.canvas.preview(Preview())

    def cancel(self, reason: Reason) -> None:
        """Back to what was selected."""
        self.host.select(self._before)
        self.host.canvas.preview(Preview())


class PickEdge(Band):
    """A click on a wire selects it; a drag that begins there is a rubber band."""

    def __init__(self, host: Host, start: Where, edge: EdgeKey) -> None:
        super().__init__(host, start)
        self._edge = edge

    def end(self, at: Where) -> None:
        """Select the wire, or keep what the rubber band selected."""
        super().end(at)
        if not self._far_enough(at):
            self.host.select_edge(self._edge)


def edge_under(host: Host, at: Where) -> EdgeKey | None:
    """The wire that the pointer means, where there is no node."""
    places = host.canvas.picture.places
    return None if places.node_at(at.scene) else places.edge_at(at.scene, _WIRE_REACH / host.camera.scale)


class MoveNodes(Gesture):
    """Press on a node selects it; dragging moves all selected nodes."""

    def __init__(self, host: Host, start: Where, node: str) -> None:
        super().__init__(host, start)
        self._node = node
        self._base = host.canvas.picture
        chosen = host.canvas.marks.selected
        self._already = node in chosen
        if start.adding:
            kept = [n for n in self._base.nodes if n in chosen and n != node]
            host.select(tuple(kept if self._already else [*kept, node]))
        elif not self._already:
            host.select((node,))
        self._corners: dict[str, Point] = {}

    def move(self, at: Where) -> None:
        """Move the selected nodes with the pointer, in steps of the grid."""
        if not self._corners and not self._far_enough(at):
            return
        dx = round((at.scene[0] - self.start.scene[0]) / _GRID) * _GRID
        dy = round((at.scene[1] - self.start.scene[1]) / _GRID) * _GRID
        chosen = self.host.canvas.marks.selected | {self._node}
        boxes = self._base.layout.boxes
        self._corners = {n: (boxes[n].x + dx, boxes[n].y + dy) for n in boxes if n in chosen and self._can_move(n)}
        self.host.canvas.show_moved(self._base, self._corners)

    def _can_move(self, node: str) -> bool:
        """Ghosts follow their layer; a folded block has no place of its own to remember."""
        return not self._base.nodes[node].ghost and node not in self._base.content.blocks

    def end(self, at: Where) -> None:
        """Announce where the nodes are now; without a drag it was a click."""
        if self._corners:
            self.host.ask_move(self._corners)
        elif self._already and not self.start.adding:
            self.host.select((self._node,))

    def cancel(self, reason: Reason) -> None:
        """Put everything back, unless the model that it was taken from is gone."""
        if self._corners and reason != "model changed":
            self.host.canvas.show_moved(self._base, {})


def _between(a: Point, b: Point) -> Rect:
    return Rect(min(a[0], b[0]), min(a[1], b[1]), abs(a[0] - b[0]), abs(a[1] - b[1]))
