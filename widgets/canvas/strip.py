"""Lays one segment along the flow: a main line, branches on tracks beside it, skips in lanes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from widgets.canvas import metrics
from widgets.canvas.axis import Axis
from widgets.canvas.chains import Chains, split
from widgets.canvas.graph import Graph, Segment
from widgets.canvas.model import Point
from widgets.canvas.tracks import Lane, Span, Stack, first_free, stack_tracks
from widgets.canvas.ways import SPREAD, Gaps, Leg, spread, weave


@dataclass(frozen=True, slots=True)
class Extent:
    """How far a strip reaches, from where its wire enters the main line."""

    lead: float
    """Where the first frame or node begins."""
    tail: float
    """Where the last frame or node ends."""
    reach: float
    """Where the last node ends."""
    exit: float
    """Where the wire leaves."""
    above: float
    below: float


@dataclass(frozen=True, slots=True)
class Strip:
    """A segment in flow coordinates: along from where its wire enters, across from the main line."""

    segment: Segment
    start: dict[int, float]
    centre: dict[int, float]
    routes: dict[tuple[int, int], list[Point]]
    extent: Extent


def lay_strip(graph: Graph, segment: Segment, axis: Axis) -> Strip:
    """Place the nodes of a segment and route its wires."""
    return _Strip(graph, segment, axis).laid()


class _Strip:
    """The working state of `lay_strip`."""

    def __init__(self, graph: Graph, segment: Segment, axis: Axis) -> None:
        self.graph, self.segment, self.axis = graph, segment, axis
        self.inside = set(segment.nodes)
        self.chains: Chains = split(graph, segment, axis.length)
        self.line_of = {n: k for k, line in enumerate(self.chains.lines) for n in line}
        self.start = self._along()
        self._centre_branches()
        self.trunk = self._trunks()
        self.track = self._tracks()
        self.trunk = spread(self.trunk, self._forks())
        self.gaps = Gaps({n: (self.track[n], (self.start[n], self._right(n))) for n in segment.nodes})
        self.manner = {(u, v): self._manner(u, v) for u, v in self._wires()}
        self.legs = self._legs()

    def laid(self) -> Strip:
        """The finished strip."""
        lanes = self._lanes()
        tops = stack_tracks(self.track, lanes, self.axis)
        centre = {n: tops.centre[self.track[n]] for n in self.segment.nodes}
        routes = {(u, v): self._route(u, v, centre, lanes, tops) for u, v in self.manner}
        axis, frames = self.axis, self.axis.frames
        lead = min(self.start[n] - (axis.frame_lead if frames[n] else 0.0) for n in self.segment.nodes)
        tail = max(self._right(n) + (metrics.FRAME_PAD if frames[n] else 0.0) for n in self.segment.nodes)
        reach = max(self._right(n) for n in self.segment.nodes)
        leaves = reach if self.segment.exit is None else self._right(self.segment.exit)
        extent = Extent(lead, tail, reach, leaves, tops.above, tops.below)
        return Strip(self.segment, self.start, centre, routes, extent)

    def _right(self, node: int) -> float:
        return 0.0 if node == self.segment.wire else self.start[node] + self.axis.length[node]

    def _sources(self, node: int) -> list[int]:
        return [u for u in self.graph.pred[node] if u in self.inside or u == self.segment.wire]

    def _targets(self, node: int) -> list[int]:
        return [v for v in self.graph.succ[node] if v in self.inside]

    def _wires(self) -> list[tuple[int, int]]:
        return [(u, v) for v in self.segment.nodes for u in self._sources(v)]

    def _along(self) -> dict[int, float]:
        """As far to the start as wires allow."""
        start: dict[int, float] = {}
        for node in self.segment.nodes:
            reach = 0.0 if self.segment.wire is None else metrics.GAP
            for u in self._sources(node):
                right = 0.0 if u == self.segment.wire else start[u] + self.axis.length[u]
                reach = max(reach, right + self.axis.gap(u, node))
            start[node] = reach
        return start

    def _centre_branches(self) -> None:
        """Move branches to the middle of the room they have; those without a source, next to their use."""
        for line in reversed(self.chains.lines[1:]):
            slack = min(
                (
                    self.start[v] - self.axis.gap(u, v) - self._right(u)
                    for u in line
                    for v in self._targets(u)
                    if self.line_of[v] != self.line_of[u]
                ),
                default=0.0,
            )
            fed = any(self._sources(n) for n in line[:1])
            shift = round(slack / 2) if fed else slack
            for node in line:
                self.start[node] += shift

    def _trunks(self) -> dict[int, float]:
        """Where the output of each node forks, if it does."""
        nodes = [*self.segment.nodes, *([] if self.segment.wire is None else [self.segment.wire])]
        return {
            u: min(self.axis.trunk(v, self.start[v]) for v in self._passed(u, targets))
            for u in nodes
            if (targets := self._targets(u))
        }

    def _passed(self, u: int, targets: list[int]) -> list[int]:
        """The targets; what enters the strip forks before the main line even where that begins with another input."""
        return [*targets, self._first] if u == self.segment.wire else targets

    @property
    def _first(self) -> int:
        """The node with which the main line begins."""
        return self.chains.lines[0][0]

    def _tracks(self) -> dict[int, int]:
        """Track of each node: 0 for the main line, branches below, each above those that enclose it."""
        lines = self.chains.lines
        children: list[list[int]] = [[] for _ in lines]
        for k in range(1, len(lines)):
            children[self._parent(k)].append(k)
        offset, depth, span = [0] * len(lines), [1] * len(lines), [self._span(line) for line in lines]
        for k in range(len(lines) - 1, -1, -1):
            taken: list[list[Span]] = []
            for child in sorted(children[k], key=lambda c: (span[c][1] - span[c][0], c)):
                offset[child] = 1 + first_free(taken, span[child], depth[child])
            depth[k] = 1 + len(taken)
            if k:
                spans = [span[k], *(span[c] for c in children[k])]
                span[k] = (min(s[0] for s in spans), max(s[1] for s in spans))
        for k in range(len(lines)):
            for child in children[k]:
                offset[child] += offset[k]
        return {n: offset[self.line_of[n]] for n in self.segment.nodes}

    def _parent(self, k: int) -> int:
        """The line that a branch hangs on: where it comes from, else where it goes."""
        line = self.chains.lines[k]
        origins = [self.line_of[u] for u in self._sources(line[0]) if u in self.inside]
        if not origins and not self._sources(line[0]):
            origins = [j for v in self._targets(line[-1]) if (j := self.line_of[v]) < k]
        return min(origins, default=0)

    def _span(self, line: Sequence[int]) -> Span:
        first, last = line[0], line[-1]
        starts = [self.start[first], self._entry(first), *(self.trunk[u] - SPREAD for u in self._sources(first))]
        ends = [self._right(last), *(self._entry(v) for v in self._targets(last))]
        return (min(starts), max(ends))

    def _forks(self) -> dict[int, Span]:
        """Outputs that leave their line, and the tracks between which they then run; lanes lie over a track."""
        reach: dict[int, Span] = {}
        onward = {**self.chains.next, **({} if self.segment.wire is None else {self.segment.wire: self._first})}
        for u in self.trunk:
            others = [self.track[v] for v in self._targets(u) if onward.get(u) != v]
            if others:
                own = self._track_of(u)
                reach[u] = (min(own, *others) - 0.5, max(own, *others) + 0.25)
        return reach

    def _manner(self, u: int, v: int) -> str:
        """How a wire runs: along its line, down to a branch, up from a branch, else in lanes."""
        lines, wire = self.chains.lines, self.segment.wire
        from_track = self._track_of(u)
        if self.chains.next.get(u) == v or (u == wire and v == self._first):
            return "straight"
        if v == lines[self.line_of[v]][0] and self.track[v] > from_track:
            nearest = min(self._sources(v), key=lambda s: self.trunk[s])
            between = range(from_track + 1, self.track[v])
            return "drop" if u == nearest and self._is_open(self.trunk[u], between) else "lanes"
        last = u != wire and u == lines[self.line_of[u]][-1] and from_track > self.track[v]
        between = range(self.track[v] + 1, from_track)
        return "rise" if last and self._is_open(self._entry(v), between) else "lanes"

    def _track_of(self, u: int) -> int:
        return 0 if u == self.segment.wire else self.track[u]

    def _entry(self, v: int) -> float:
        return self.axis.entry(v, self.start[v])

    def _is_open(self, at: float, tracks: Iterable[int]) -> bool:
        return all(self.gaps.open_at(track, at) for track in tracks)

    def _legs(self) -> dict[tuple[int, int], list[Leg]]:
        """The way of each wire that runs in lanes."""
        return {(u, v): self._way(u, v) for (u, v), manner in self.manner.items() if manner == "lanes"}

    def _way(self, u: int, v: int) -> list[Leg]:
        """In one lane over the track nearest to the main line if nothing is in the way, else from track to track."""
        first, last = self._track_of(u), self.track[v]
        trunk, entry = self.trunk[u], self._entry(v)
        if self._is_open(trunk, range(last, first)) and self._is_open(entry, range(first, last)):
            return [Leg(min(first, last), trunk, entry)]
        return weave(self.gaps, u, (first, last), trunk, entry)

    def _lanes(self) -> dict[tuple[int, int], Lane]:
        """One lane for each output over each track along which its wires run."""
        spans: dict[tuple[int, int], Span] = {}
        for (u, _), legs in self.legs.items():
            for leg in legs:
                low, high = spans.get((u, leg.track), (leg.start, leg.start))
                spans[u, leg.track] = (min(low, leg.start, leg.end), max(high, leg.start, leg.end))
        taken: dict[int, list[list[Span]]] = {}
        lanes: dict[tuple[int, int], Lane] = {}
        for key, span in sorted(spans.items(), key=lambda item: (item[1][1] - item[1][0], item[1][0])):
            rung = first_free(taken.setdefault(key[1], []), span, 1)
            lanes[key] = Lane(key[1], rung)
        return lanes

    def _route(
        self, u: int, v: int, centre: dict[int, float], lanes: dict[tuple[int, int], Lane], stack: Stack
    ) -> list[Point]:
        level, goal = (0.0 if u == self.segment.wire else centre[u]), centre[v]
        out, start = self._right(u), self.start[v]
        manner = self.manner[u, v]
        if manner == "straight":
            return [(out, level), (start, goal)]
        trunk, entry = self.trunk[u], self.axis.entry(v, start)
        if manner == "drop":
            return [(out, level), (trunk, level), (trunk, goal), (start, goal)]
        points = [(out, level)]
        if manner == "lanes":
            points.append((trunk, level))
            for leg in self.legs[u, v]:
                height = stack.height(lanes[u, leg.track])
                points += [(leg.start, height), (leg.end, height)]
        else:
            points += [(entry, level)]
        if self.axis.merge[v]:
            side = self.axis.breadth[v] / 2
            return [*points, (entry, goal + (side if points[-1][1] > goal else -side))]
        return [*points, (entry, goal), (start, goal)]
