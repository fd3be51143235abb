"""Places nodes and wires: in rows that fill the room, or top-down in columns.

The layout depends on the wiring, the forms of the nodes and the blocks only; shares, chips and badges
never move anything. It is deterministic, and linear in the size of the network but for sorting.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf

from widgets.canvas import metrics
from widgets.canvas.axis import Axis, Direction, make_axis
from widgets.canvas.frames import Grouping, frame_rects, group, memberships
from widgets.canvas.geometry import NOTHING, Rect, around, straightened, union
from widgets.canvas.graph import Graph, build_graph, segments
from widgets.canvas.index import Grid
from widgets.canvas.metrics import ghost_size, size_of
from widgets.canvas.model import EdgeKey, EdgeView, NodeView, Point
from widgets.canvas.routing import clear_route
from widgets.canvas.rows import Size, Unit, break_rows
from widgets.canvas.shown import Shown
from widgets.canvas.strip import Strip, lay_strip

_PARTS_GAP = 48.0
_STAGE_HEAD = 24.0
_RETURN_FAR = 0.2
"""Where wires return between rows whose titles are read from far, as a share of the gap."""
_TOGETHER = 4
"""Up to so many layers without weights stay in the row of the layer before them."""
_READABLE_GAP: dict[Direction, float] = {"rows": 30.0, "top-down": 120.0}
"""Between rows or columns, in px of the screen, for a title and a wire."""
_HEAD = 40.0
"""Over columns, in px of the screen, for the titles of stages."""
_COLUMN_TITLE = 36.0
"""From a column's first node up to the title, clear of the wire that comes from the column before."""
_BEGINS = 2
"""A stage begins its column where so few strips come before it."""
_FARTHEST = 0.08
"""At smaller zooms the room for titles no longer grows."""
_MARGINS = (56.0, 90.0)
"""Of the view around what it shows, in px: at the sides together, above and below together."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Where everything is, in scene coordinates."""

    boxes: Mapping[str, Rect]
    routes: Mapping[EdgeKey, tuple[Point, ...]]
    frames: Mapping[str, Rect]
    """Frames of open blocks."""
    titles: Mapping[str, Point]
    """Baseline start of the titles of stages, which have no frame."""
    returns: tuple[Point, ...]
    """Ends of the wires that continue in the next row or column, where they turn back."""
    rows: int
    """Number of rows, or of columns."""
    row_gap: float
    title_room: float
    """Width for the title of a stage: without limit over a row, that of a column and its gap over a column."""
    bounds: Rect
    direction: Direction


def lay_out(
    shown: Shown, positions: Mapping[str, Point], direction: Direction = "rows", space: Size = (1320.0, 600.0)
) -> Layout:
    """Lay out what is shown in view of the `space` there is, in px; `positions` win over the layout."""
    hanging = {ghost.id for ghosts in shown.attached.values() for ghost in ghosts}
    flowing = [n for n in shown.nodes if n.id not in hanging and not _placed_apart(n, shown.edges, positions)]
    draft = _Draft(flowing, shown, direction, space)
    boxes, routes = draft.boxes(), draft.routes()
    boxes |= {n.id: Rect(*positions[n.id], *size_of(n)) for n in shown.nodes if n.id in positions}
    boxes |= ghost_boxes(shown, boxes, direction)
    routes |= _routes_of_placed(shown.edges, boxes, routes, positions, direction)
    frames = frame_rects(draft.grouping.framed, boxes, routes, direction)
    titles = draft.titles(boxes, frames)
    bounds = union([*boxes.values(), *frames.values(), *(around(points) for points in routes.values())])
    bounds = bounds.grown(0.0, draft.head, 0.0, 0.0)
    return Layout(
        boxes,
        routes,
        frames,
        titles,
        tuple(draft.returns),
        len(draft.rows),
        draft.gap,
        draft.title_room(),
        bounds if boxes else NOTHING,
        direction,
    )


def _routes_of_placed(
    edges: Sequence[EdgeView],
    boxes: Mapping[str, Rect],
    known: Mapping[EdgeKey, object],
    positions: Mapping[str, Point],
    direction: Direction,
) -> dict[EdgeKey, tuple[Point, ...]]:
    """Wires of nodes that a user placed, and those that the flow has no place for."""
    ends = [e for e in edges if e.source in boxes and e.target in boxes]
    free = [e for e in ends if e.key not in known or e.source in positions or e.target in positions]
    if not free:
        return {}
    grid = Grid({key: (box,) for key, box in boxes.items()})

    def near(region: Rect) -> list[Rect]:
        region = region.grown(1.0, 1.0, 1.0, 1.0)
        return [boxes[key] for key in grid.near(region) if boxes[key].touches(region)]

    return {e.key: clear_route(boxes[e.source], boxes[e.target], direction, near) for e in free}


def ghost_boxes(shown: Shown, boxes: Mapping[str, Rect], direction: Direction) -> dict[str, Rect]:
    """Ghosts in a row beside the nodes on which they hang, across the flow."""
    result: dict[str, Rect] = {}
    for origin, ghosts in shown.attached.items():
        box = boxes[origin]
        width, height = ghost_size((box.w, box.h))
        for k, ghost in enumerate(ghosts):
            if direction == "rows":
                y = box.bottom + metrics.GHOST_GAP + k * (height + metrics.GHOST_GAP)
                result[ghost.id] = Rect(box.x + (box.w - width) / 2, y, width, height)
            else:
                x = box.right + metrics.GHOST_GAP + k * (width + metrics.GHOST_GAP)
                result[ghost.id] = Rect(x, box.y + (box.h - height) / 2, width, height)
    return result


def _placed_apart(node: NodeView, edges: Sequence[EdgeView], positions: Mapping[str, Point]) -> bool:
    """Whether a node was dropped on its own, so that the flow needs no room for it."""
    return node.id in positions and not any(node.id in (e.source, e.target) for e in edges)


class _Draft:
    """The working state of `lay_out`: strips, and where in the scene each begins."""

    def __init__(self, nodes: Sequence[NodeView], shown: Shown, direction: Direction, space: Size) -> None:
        self.nodes, self.edges, self.direction = nodes, shown.edges, direction
        space = space if direction == "rows" else (space[1], space[0])
        self.graph: Graph = build_graph([n.id for n in nodes], shown.edges)
        self.grouping: Grouping = group(shown.blocks, self.graph.index)
        self.frames = memberships(self.grouping.framed, self.graph.index)
        self.axis: Axis = make_axis(nodes, self.graph, self.frames, shown.attached, direction)
        self.strips = [lay_strip(self.graph, s, self.axis) for s in segments(self.graph)]
        self.large = len(nodes) >= metrics.MANY
        self.returns: list[Point] = []
        self.rows = self._rows(space)
        self.gap, self.head = self._gap(), 0.0
        self._make_readable(space)
        self.tops: list[float] = []
        self.bottoms: list[float] = []
        self.ends: list[float] = []
        self.at = self._place()
        self.row_of = {k: r for r, (first, last) in enumerate(self.rows) for k in range(first, last + 1)}

    def _rows(self, space: Size) -> list[tuple[int, int]]:
        if not self.strips:
            return []
        extents = [strip.extent for strip in self.strips]
        return break_rows(extents, self._units(), self._gap(), space)

    def _gap(self) -> float:
        if self.large:
            return metrics.ROW_GAP_TITLES
        return metrics.ROW_GAP + (_STAGE_HEAD if self.grouping.stages else 0.0)

    def _make_readable(self, space: Size) -> None:
        """More room between the rows of a large network if height is left, until titles can be read."""
        if not self.large or len(self.rows) < 2:
            return
        extents = [[s.extent for s in self.strips[first : last + 1]] for first, last in self.rows]
        width = max(sum(e.reach for e in row[:-1]) + row[-1].tail - row[0].lead for row in extents)
        height = sum(max(e.above for e in row) + max(e.below for e in row) for row in extents)
        beside, above = _MARGINS if self.direction == "rows" else _MARGINS[::-1]
        scale = min(max((space[0] - beside) / width, _FARTHEST), 1.0)
        spare = (space[1] - above) / scale - height
        self.gap = max(self.gap, min(spare / (len(self.rows) - 1), _READABLE_GAP[self.direction] / scale))
        if self.direction == "top-down" and self.grouping.stages:
            self.head = _HEAD / scale

    def _units(self) -> list[Unit]:
        """Strips that share a frame stay together, and so does a layer with what follows it in small."""
        heads = {next((m for m in block.members if m in self.graph.index), "") for block in self.grouping.stages}
        units: list[Unit] = []
        first = 0
        for k in range(len(self.strips)):
            if k + 1 < len(self.strips) and self._together(first, k):
                continue
            inside = {self.graph.ids[n] for s in self.strips[first : k + 1] for n in s.segment.nodes}
            units.append(Unit(first, k, bool(heads & inside)))
            first = k + 1
        return units

    def _together(self, first: int, last: int) -> bool:
        """Whether the strip after `last` belongs to the unit that begins with `first`."""
        held, after = self._framing(self.strips[last]), self.strips[last + 1]
        if held & self._framing(after):
            return True
        small = len(after.segment.nodes) == 1 and self.nodes[after.segment.nodes[0]].form == "pill"
        follows = after.segment.wire is not None and after.segment.wire in self.strips[last].segment.nodes
        return small and follows and not self._framing(after) and last - first < _TOGETHER

    def _framing(self, strip: Strip) -> frozenset[int]:
        """Frames of the nodes of a strip."""
        return frozenset().union(*(self.frames[n] for n in strip.segment.nodes))

    def _place(self) -> list[Point]:
        """Flow coordinates of each strip's origin."""
        at: list[Point] = []
        across = 0.0
        for first, last in self.rows:
            extents = [s.extent for s in self.strips[first : last + 1]]
            along = -extents[0].lead
            across += max(e.above for e in extents)
            self.tops.append(across - max(e.above for e in extents))
            self.bottoms.append(across + max(e.below for e in extents))
            for k in range(first, last + 1):
                if k > first and self.strips[k].segment.wire is None:
                    along += _PARTS_GAP
                at.append((along, across))
                along += self.strips[k].extent.reach
            self.ends.append(at[-1][0] + extents[-1].tail)
            across = self.bottoms[-1] + self.gap
        return at

    def boxes(self) -> dict[str, Rect]:
        """The box of every node in the flow, in the order of the nodes."""
        boxes: dict[int, Rect] = {}
        for strip, (along, across) in zip(self.strips, self.at, strict=True):
            for n in strip.segment.nodes:
                length, breadth = self.axis.length[n], self.axis.breadth[n]
                corner = (along + strip.start[n], across + strip.centre[n] - breadth / 2)
                boxes[n] = Rect(*self._turned(corner), *self._turned((length, breadth)))
        return {self.graph.ids[n]: boxes[n] for n in sorted(boxes)}

    def routes(self) -> dict[EdgeKey, tuple[Point, ...]]:
        """The wire of every edge in the flow."""
        lines: dict[tuple[int, int], tuple[Point, ...]] = {}
        leaves: dict[int, Point] = {}
        for k, strip in enumerate(self.strips):
            along, across = self.at[k]
            before = self._approach(k, leaves)
            for (u, v), bends in strip.routes.items():
                way = [(along + a, across + c) for a, c in bends]
                whole = before + way if u == strip.segment.wire else way
                lines[u, v] = tuple(self._turned(p) for p in straightened(whole))
            if strip.segment.exit is not None:
                leaves[strip.segment.exit] = (along + strip.extent.exit, across)
        index = self.graph.index
        return {
            e.key: lines[pair]
            for e in self.edges
            if (pair := (index.get(e.source, -1), index.get(e.target, -1))) in lines
        }

    def _approach(self, k: int, leaves: Mapping[int, Point]) -> list[Point]:
        """The way of the entering wire up to the strip's origin, through the gutter if rows change."""
        wire = self.strips[k].segment.wire
        if wire is None:
            return []
        start = leaves[wire]
        row = self.row_of[k]
        if row == self.row_of[k - 1]:
            return [start]
        beside = self.ends[row - 1] + metrics.GUTTER
        room = self.tops[row] - self.bottoms[row - 1]
        between = self.bottoms[row - 1] + room * (_RETURN_FAR if self.large else 0.5)
        self.returns.append(self._turned((beside, between)))
        framed = any(self.frames[n] for n in self.strips[k].segment.nodes)
        left = -metrics.GUTTER - (0.0 if framed else metrics.FAN)
        return [start, (beside, start[1]), (beside, between), (left, between), (left, self.at[k][1])]

    def titles(self, boxes: Mapping[str, Rect], frames: Mapping[str, Rect]) -> dict[str, Point]:
        """Where the title of each stage stands: over its row or column; beside a column that it does not begin."""
        result: dict[str, Point] = {}
        strip_of = {n: k for k, s in enumerate(self.strips) for n in s.segment.nodes}
        frame_of = {m: frames[b.id] for b in self.grouping.framed if b.id in frames for m in b.members}
        for block in self.grouping.stages:
            member = next(m for m in block.members if m in boxes)
            box = union([boxes[member], *([frame_of[member]] if member in frame_of else [])])
            k = strip_of.get(self.graph.index.get(member, -1))
            if k is None:
                result[block.id] = (box.x, box.y - metrics.LANE / 2)
            elif self.direction == "rows":
                result[block.id] = (box.x, min(self.tops[self.row_of[k]], box.y) - metrics.LANE / 2)
            elif k - self.rows[self.row_of[k]][0] <= _BEGINS:
                result[block.id] = (self.tops[self.row_of[k]], min(box.y, 0.0) - _COLUMN_TITLE)
            else:
                result[block.id] = (self.bottoms[self.row_of[k]] + metrics.GUTTER, box.y + metrics.LANE)
        return result

    def title_room(self) -> float:
        """Width for the title of a stage."""
        if self.direction == "rows":
            return inf
        return min((b - a for a, b in pairwise(self.tops)), default=inf)

    def _turned(self, point: Point) -> Point:
        return point if self.direction == "rows" else (point[1], point[0])
