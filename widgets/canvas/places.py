"""Where things are and how they are wired: kept while only contents change. Without Qt."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from widgets.canvas.frames import frame_rects, group
from widgets.canvas.geometry import Rect, around, distance_to_line, union
from widgets.canvas.index import Grid
from widgets.canvas.layout import Layout, ghost_boxes
from widgets.canvas.model import BlockView, EdgeKey, Point
from widgets.canvas.routing import clear_route, free_route
from widgets.canvas.shown import Shown

_TITLE_BAR = 26.0
_STAGE_TITLE = 240.0
_FEW_WIRES = 60
"""Up to so many wires are led round nodes while a drag lasts."""


@dataclass(frozen=True)
class Wiring:
    """What the structure of the shown network tells, wherever its nodes are."""

    shown: Shown

    @cached_property
    def members(self) -> dict[str, tuple[str, ...]]:
        """The layers behind each visible id: itself, or the members of a folded block."""
        behind: dict[str, list[str]] = {}
        for member, card in self.shown.home.items():
            behind.setdefault(card, []).append(member)
        return {n.id: tuple(behind.get(n.id, (n.id,))) for n in self.shown.nodes}

    @cached_property
    def wires_of(self) -> dict[str, list[EdgeKey]]:
        """Keys of the edges at each node."""
        found: dict[str, list[EdgeKey]] = {n.id: [] for n in self.shown.nodes}
        for edge in self.shown.edges:
            for end in dict.fromkeys((edge.source, edge.target)):
                if end in found:
                    found[end].append(edge.key)
        return found

    @cached_property
    def framed(self) -> tuple[BlockView, ...]:
        """Blocks that are drawn with a frame."""
        return group(self.shown.blocks, dict.fromkeys(self.wires_of, 0)).framed


@dataclass(frozen=True)
class Places:
    """Finds nodes and wires of a layout; of one in which some nodes are `lifted` off a base, quickly too."""

    wiring: Wiring
    layout: Layout
    base: "Places | None" = None
    lifted: frozenset[str] = frozenset()

    @cached_property
    def _nodes(self) -> Grid[str]:
        return Grid({key: (box,) for key, box in self.layout.boxes.items()})

    @cached_property
    def _wires(self) -> Grid[EdgeKey]:
        return Grid({key: _stretches(points) for key, points in self.layout.routes.items()})

    def nodes_in(self, region: Rect) -> list[str]:
        """Ids of nodes that touch a region."""
        boxes, bounds = self.layout.boxes, self.layout.bounds
        if region.contains((bounds.x, bounds.y)) and region.contains((bounds.right, bounds.bottom)):
            return [*(key for key in boxes if key not in self.lifted), *self.lifted]
        if self.base is not None:
            still = [key for key in self.base.nodes_in(region) if key not in self.lifted]
            return still + [key for key in self.lifted if boxes[key].touches(region)]
        return [key for key in self._nodes.near(region) if boxes[key].touches(region)]

    def boxes_in(self, region: Rect) -> list[Rect]:
        """The nodes that touch a region, as boxes."""
        return [self.layout.boxes[key] for key in self.nodes_in(region.grown(1.0, 1.0, 1.0, 1.0))]

    def node_at(self, point: Point) -> str | None:
        """The node at a place, the last drawn first."""
        hits = self.nodes_in(Rect(point[0] - 0.5, point[1] - 0.5, 1.0, 1.0))
        hits = [key for key in hits if self.layout.boxes[key].contains(point)]
        return hits[-1] if hits else None

    def edge_at(self, point: Point, reach: float) -> EdgeKey | None:
        """The nearest wire within `reach`."""
        routes = self.layout.routes
        near = [(distance_to_line(routes[key], point), key) for key in self._wires.at(point, reach)]
        hits = [hit for hit in near if hit[0] <= reach]
        return min(hits, key=lambda hit: hit[0])[1] if hits else None

    def block_title_at(self, point: Point) -> str | None:
        """The block whose title bar is at a place."""
        for block_id, frame in self.layout.frames.items():
            if Rect(frame.x, frame.y, frame.w, _TITLE_BAR).contains(point):
                return block_id
        for block_id, (x, y) in self.layout.titles.items():
            if Rect(x, y - _TITLE_BAR, _STAGE_TITLE, _TITLE_BAR).contains(point):
                return block_id
        return None

    @cached_property
    def settled(self) -> "Places":
        """The same without a base, from which other nodes may be lifted."""
        return self if self.base is None else Places(self.wiring, self.layout)

    def moved(self, corners: Mapping[str, Point]) -> "Places":
        """Nodes at new top-left corners, their wires and ghosts following; frames stretch with them."""
        shown, direction = self.wiring.shown, self.layout.direction
        boxes = dict(self.layout.boxes)
        for key, corner in corners.items():
            boxes[key] = boxes[key]._replace(x=corner[0], y=corner[1])
        boxes |= ghost_boxes(shown, boxes, direction)
        followers = [ghost.id for node in corners for ghost in shown.attached.get(node, ())]
        lifted = frozenset((*corners, *followers))
        wires = dict.fromkeys(wire for node in corners for wire in self.wiring.wires_of[node])
        known = [wire for wire in wires if wire[0] in boxes and wire[1] in boxes]
        routes = dict(self.layout.routes) | self._led(known, boxes, lifted)
        frames = dict(self.layout.frames)
        touched = [block for block in self.wiring.framed if not lifted.isdisjoint(block.members)]
        if touched:
            inner = {m for block in touched for m in block.members}
            near = {wire: routes[wire] for m in inner for wire in self.wiring.wires_of[m] if wire in routes}
            frames |= frame_rects(touched, boxes, near, direction)
        bounds = union([self.layout.bounds, *(boxes[n] for n in lifted), *frames.values()])
        layout = replace(self.layout, boxes=boxes, routes=routes, frames=frames, bounds=bounds)
        return Places(self.wiring, layout, self.settled, lifted)

    def _led(
        self, wires: list[EdgeKey], boxes: Mapping[str, Rect], lifted: frozenset[str]
    ) -> dict[EdgeKey, tuple[Point, ...]]:
        """Wires between `boxes`, of which some are lifted; where they are few, led round what is in their way."""
        direction, settled = self.layout.direction, self.settled

        def near(region: Rect) -> list[Rect]:
            region = region.grown(1.0, 1.0, 1.0, 1.0)
            still = [boxes[key] for key in settled.nodes_in(region) if key not in lifted]
            return [*still, *(boxes[key] for key in lifted if boxes[key].touches(region))]

        if len(wires) > _FEW_WIRES:
            return {wire: free_route(boxes[wire[0]], boxes[wire[1]], direction) for wire in wires}
        return {wire: clear_route(boxes[wire[0]], boxes[wire[1]], direction, near) for wire in wires}


def _stretches(points: tuple[Point, ...]) -> list[Rect]:
    return [around(pair) for pair in pairwise(points)]
