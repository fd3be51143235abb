"""Model and layout joined: what is drawn where. Built anew when the wiring changes, without Qt."""

import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from widgets.canvas.axis import Direction
from widgets.canvas.frames import frame_rects, group
from widgets.canvas.geometry import Rect, around, distance_to_line, union
from widgets.canvas.heat import full_scale
from widgets.canvas.index import Grid
from widgets.canvas.layout import Layout, ghost_boxes, lay_out
from widgets.canvas.model import BlockView, CanvasModel, EdgeKey, EdgeView, NodeView, Point
from widgets.canvas.routing import free_route
from widgets.canvas.rows import Size
from widgets.canvas.shown import Shown, shown


@dataclass(frozen=True)
class Picture:
    """What is on the canvas."""

    model: CanvasModel
    shown: Shown
    layout: Layout

    @cached_property
    def nodes(self) -> dict[str, NodeView]:
        """Visible nodes by id."""
        return {n.id: n for n in self.shown.nodes}

    @cached_property
    def edges(self) -> dict[EdgeKey, EdgeView]:
        """Visible edges by key."""
        return {e.key: e for e in self.shown.edges}

    @cached_property
    def blocks(self) -> dict[str, BlockView]:
        """All blocks by id, folded ones too."""
        return {b.id: b for b in self.model.blocks}

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
    def full(self) -> float:
        """The share that fills a bar."""
        return full_scale(n.share for n in self.shown.nodes)

    @cached_property
    def short_names(self) -> dict[str, str]:
        """Titles without the prefix that all titled members of a block share."""
        names = {n.id: n.title for n in self.shown.nodes}
        for block in self.shown.blocks:
            titled = [self.nodes[m] for m in block.members if m in self.nodes and self.nodes[m].form == "card"]
            cut = _shared_prefix([n.title for n in titled])
            names.update((n.id, n.title[cut:]) for n in titled if cut)
        return names

    @cached_property
    def _node_grid(self) -> Grid[str]:
        return Grid({key: (box,) for key, box in self.layout.boxes.items()})

    @cached_property
    def _edge_grid(self) -> Grid[EdgeKey]:
        return Grid({key: _stretches(points) for key, points in self.layout.routes.items()})

    def nodes_in(self, region: Rect) -> list[str]:
        """Ids of nodes that touch a region."""
        boxes, bounds = self.layout.boxes, self.layout.bounds
        if region.contains((bounds.x, bounds.y)) and region.contains((bounds.right, bounds.bottom)):
            return list(boxes)
        return [key for key in self._node_grid.near(region) if boxes[key].touches(region)]

    def node_at(self, point: Point) -> str | None:
        """The node at a place, the last drawn first."""
        boxes = self.layout.boxes
        hits = [key for key in self._node_grid.at(point, 1.0) if boxes[key].contains(point)]
        return hits[-1] if hits else None

    def edge_at(self, point: Point, reach: float) -> EdgeKey | None:
        """The nearest wire within `reach`."""
        routes = self.layout.routes
        near = [(distance_to_line(routes[key], point), key) for key in self._edge_grid.at(point, reach)]
        hits = [hit for hit in near if hit[0] <= reach]
        return min(hits, key=lambda hit: hit[0])[1] if hits else None

    def block_title_at(self, point: Point) -> str | None:
        """The block whose title bar is at a place."""
        for block_id, frame in self.layout.frames.items():
            if Rect(frame.x, frame.y, frame.w, 26.0).contains(point):
                return block_id
        return None

    def block_of(self, node: str) -> str | None:
        """The smallest block that a visible node belongs to, or the folded block that it is."""
        if node in self.blocks:
            return node
        holding = [b for b in self.shown.blocks if node in b.members]
        return min(holding, key=lambda b: len(b.members)).id if holding else None

    def visible(self, ids: Iterable[str]) -> tuple[str, ...]:
        """The visible nodes that stand for layers; folded layers show as their block."""
        home = self.shown.home
        return tuple(dict.fromkeys(v for i in ids if (v := home.get(i, i)) in self.nodes))

    def layers(self, visible_ids: Iterable[str]) -> tuple[str, ...]:
        """The layers that visible nodes stand for."""
        return tuple(dict.fromkeys(m for v in visible_ids for m in self.members.get(v, ())))

    def with_content(self, model: CanvasModel, content: Shown) -> "Picture":
        """The same places with new texts, shares and badges."""
        return Picture(model, content, self.layout)

    def moved(self, corners: Mapping[str, Point]) -> "Picture":
        """Nodes at new top-left corners, their wires following; frames stretch with them."""
        boxes = dict(self.layout.boxes)
        for key, corner in corners.items():
            boxes[key] = boxes[key]._replace(x=corner[0], y=corner[1])
        boxes |= ghost_boxes(self.shown, boxes, self.layout.direction)
        routes = dict(self.layout.routes)
        for wire in dict.fromkeys(wire for node in corners for wire in self.wires_of[node]):
            if wire[0] in boxes and wire[1] in boxes:
                routes[wire] = free_route(boxes[wire[0]], boxes[wire[1]], self.layout.direction)
        framed = group(self.shown.blocks, dict.fromkeys(boxes, 0)).framed
        frames = frame_rects(framed, boxes, routes, self.layout.direction)
        bounds = union([*boxes.values(), *frames.values()])
        layout = replace(self.layout, boxes=boxes, routes=routes, frames=frames, bounds=bounds)
        return Picture(self.model, self.shown, layout)


def draw_up(model: CanvasModel, direction: Direction, space: Size, ghosts: bool) -> Picture:
    """Lay out a model afresh."""
    content = shown(model, ghosts)
    return Picture(model, content, lay_out(content, model.positions, direction, space))


def same_places(old: Shown, new: Shown) -> bool:
    """Whether two contents have the same layout: equal wiring, blocks and node forms."""
    if len(old.nodes) != len(new.nodes):
        return False
    wiring = old.edges is new.edges or [e.key for e in old.edges] == [e.key for e in new.edges]
    blocks = old.blocks is new.blocks or [b.members for b in old.blocks] == [b.members for b in new.blocks]
    return wiring and blocks and all(a is b or _same_place(a, b) for a, b in zip(old.nodes, new.nodes, strict=True))


def _same_place(old: NodeView, new: NodeView) -> bool:
    if (old.id, old.form, old.ghost, old.origin) != (new.id, new.form, new.ghost, new.origin):
        return False
    return old.form != "pill" or (old.title == new.title and old.subtitle == new.subtitle)


def _stretches(points: tuple[Point, ...]) -> list[Rect]:
    return [around(pair) for pair in itertools.pairwise(points)]


def _shared_prefix(titles: list[str]) -> int:
    """Length of what all titles begin with, up to a separator; 0 when something would be left bare."""
    if len(titles) < 2:
        return 0
    first, last = min(titles), max(titles)
    same = next((k for k, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), len(first))
    cut = max(first[:same].rfind(mark) for mark in "_./") + 1
    return cut if all(len(t) > cut for t in titles) else 0
