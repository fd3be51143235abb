"""Where Alt and the arrow keys lead: from layers to their wires, from wire to wire, and back to layers."""

from typing import Literal

from widgets.canvas.model import EdgeKey
from widgets.canvas.picture import Picture
from widgets.canvas.walk import Arrow

_Way = Literal["onward", "back", "beside"]


def edge_from(picture: Picture, node: str, arrow: Arrow) -> EdgeKey | None:
    """The wire that leaves a visible node, or with an arrow against the flow the one that enters it."""
    leaving, arriving = _leaving(picture, node), _arriving(picture, node)
    way = _way(picture, arrow)
    chosen = {"onward": leaving, "back": arriving, "beside": leaving or arriving}[way]
    return chosen[0] if chosen else None


def edge_after(picture: Picture, edge: EdgeKey, arrow: Arrow) -> EdgeKey | None:
    """The wire behind or before a wire along the flow; across it, the next of those that share an end."""
    way = _way(picture, arrow)
    if way == "onward":
        return edge_from(picture, edge[1], arrow)
    if way == "back":
        return edge_from(picture, edge[0], arrow)
    return _beside(picture, edge, forward=arrow in ("right", "down"))


def step_off(picture: Picture, edge: EdgeKey, arrow: Arrow) -> str | EdgeKey:
    """From a wire to the node at its end, or across the flow to the next wire."""
    way = _way(picture, arrow)
    if way == "beside":
        return _beside(picture, edge, forward=arrow in ("right", "down"))
    return edge[1] if way == "onward" else edge[0]


def _beside(picture: Picture, edge: EdgeKey, forward: bool) -> EdgeKey:
    around = list(dict.fromkeys((*_leaving(picture, edge[0]), *_arriving(picture, edge[1]))))
    return around[(around.index(edge) + (1 if forward else -1)) % len(around)]


def _way(picture: Picture, arrow: Arrow) -> _Way:
    rows = picture.layout.direction == "rows"
    if arrow == ("right" if rows else "down"):
        return "onward"
    return "back" if arrow == ("left" if rows else "up") else "beside"


def _leaving(picture: Picture, node: str) -> list[EdgeKey]:
    wires = [key for key in picture.places.wiring.wires_of.get(node, ()) if key[0] == node]
    return sorted(wires, key=lambda key: (_aside(picture, node, key[1]), key[2]))


def _arriving(picture: Picture, node: str) -> list[EdgeKey]:
    wires = [key for key in picture.places.wiring.wires_of.get(node, ()) if key[1] == node]
    return sorted(wires, key=lambda key: (_aside(picture, node, key[0]), key[2]))


def _aside(picture: Picture, node: str, other: str) -> float:
    """How far another node is from straight ahead."""
    across = 1 if picture.layout.direction == "rows" else 0
    boxes = picture.layout.boxes
    return abs(boxes[node].centre[across] - boxes[other].centre[across])
