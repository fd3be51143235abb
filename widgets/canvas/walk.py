"""Where the arrow keys lead: along wires with the flow, else to the nearest neighbour."""

from typing import Literal

from PySide6.QtCore import Qt

from widgets.canvas.model import Point
from widgets.canvas.picture import Picture

Arrow = Literal["left", "right", "up", "down"]

ARROWS: dict[int, Arrow] = {
    Qt.Key.Key_Left: "left",
    Qt.Key.Key_Right: "right",
    Qt.Key.Key_Up: "up",
    Qt.Key.Key_Down: "down",
}
_TOWARDS: dict[Arrow, Point] = {"left": (-1, 0), "right": (1, 0), "up": (0, -1), "down": (0, 1)}


def walk(picture: Picture, start: str | None, arrow: Arrow) -> str | None:
    """The visible node that an arrow key leads to; the first node when nothing is focused."""
    if start not in picture.nodes:
        return picture.shown.nodes[0].id if picture.shown.nodes else None
    rows = picture.layout.direction == "rows"
    if arrow == ("right" if rows else "down"):
        return _nearest(picture, start, _targets(picture, start))
    if arrow == ("left" if rows else "up"):
        return _nearest(picture, start, _sources(picture, start))
    beside = _beside(picture, start, arrow, _siblings(picture, start))
    return beside or _beside(picture, start, arrow, [n.id for n in picture.shown.nodes])


def _targets(picture: Picture, node: str) -> list[str]:
    return [key[1] for key in picture.places.wiring.wires_of[node] if key[0] == node]


def _sources(picture: Picture, node: str) -> list[str]:
    return [key[0] for key in picture.places.wiring.wires_of[node] if key[1] == node]


def _siblings(picture: Picture, node: str) -> list[str]:
    """Other targets of what it reads, other sources of what reads it."""
    others = [t for s in _sources(picture, node) for t in _targets(picture, s)]
    others += [s for t in _targets(picture, node) for s in _sources(picture, t)]
    return [other for other in dict.fromkeys(others) if other != node]


def _nearest(picture: Picture, start: str, candidates: list[str]) -> str | None:
    """The one that is straight ahead, else the closest."""
    x0, y0 = picture.layout.boxes[start].centre
    across = 1 if picture.layout.direction == "rows" else 0

    def cost(node: str) -> tuple[float, float]:
        centre = picture.layout.boxes[node].centre
        return (abs(centre[across] - (x0, y0)[across]), abs(centre[0] - x0) + abs(centre[1] - y0))

    return min(candidates, key=cost, default=None)


def _beside(picture: Picture, start: str, arrow: Arrow, candidates: list[str]) -> str | None:
    """The closest in a direction; what lies aside counts double."""
    x0, y0 = picture.layout.boxes[start].centre
    dx, dy = _TOWARDS[arrow]
    best: tuple[float, str] | None = None
    for node in candidates:
        x, y = picture.layout.boxes[node].centre
        ahead = (x - x0) * dx + (y - y0) * dy
        aside = abs((x - x0) * dy) + abs((y - y0) * dx)
        if ahead > 8 and (best is None or ahead + 2 * aside < best[0]):
            best = (ahead + 2 * aside, node)
    return best[1] if best else None
