"""Layers dragged in from the palette: onto a wire, or onto free ground."""

from typing import Protocol

from PySide6.QtCore import QMimeData, QPointF

from widgets.canvas.camera import Camera
from widgets.canvas.geometry import Rect
from widgets.canvas.marks import Preview
from widgets.canvas.metrics import CARD
from widgets.canvas.model import EdgeKey, Point
from widgets.canvas.scene import CanvasScene

LAYER_MIME = "application/x-codesign-layer"
_REACH = 16.0
"""How near to a wire a layer must be dropped to go into it, in px."""


class DropHost(Protocol):
    """What drops need of the view."""

    @property
    def canvas(self) -> CanvasScene:
        """The scene."""

    @property
    def camera(self) -> Camera:
        """Zoom and position."""

    def say(self, words: str, at: QPointF | None = None, refusal: bool = False) -> None:
        """Show words at the pointer, or none."""

    def ask_insert(self, kind: str, edge: EdgeKey | None, corner: Point) -> None:
        """A layer shall be added."""


def layer_kind(data: QMimeData) -> str | None:
    """The kind of layer that is being dragged."""
    if not data.hasFormat(LAYER_MIME):
        return None
    return bytes(data.data(LAYER_MIME).data()).decode()


def drag_over(host: DropHost, px: QPointF) -> None:
    """Show where the layer would go."""
    at = host.camera.scene_point(px)
    edge = edge_near(host, at)
    place = Rect(*corner_at(at), *CARD)
    host.canvas.preview(Preview(edge=edge, drop=None if edge else place))
    host.say("Insert here" if edge else "", px)


def leave(host: DropHost) -> None:
    """The layer was taken elsewhere."""
    host.canvas.preview(Preview())
    host.say("")


def drop(host: DropHost, px: QPointF, kind: str) -> None:
    """Add the layer."""
    at = host.camera.scene_point(px)
    edge = edge_near(host, at)
    leave(host)
    host.ask_insert(kind, edge, corner_at(at))


def edge_near(host: DropHost, at: Point) -> EdgeKey | None:
    """The wire that a layer dropped at a place goes into."""
    return host.canvas.picture.places.edge_at(at, _REACH / host.camera.scale)


def corner_at(at: Point) -> Point:
    """Top-left corner of a card whose middle is at a place."""
    return (round(at[0] - CARD[0] / 2), round(at[1] - CARD[1] / 2))
