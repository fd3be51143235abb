"""Splits a segment into chains: one main line and the branches beside it."""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from widgets.canvas.graph import Graph, Segment


@dataclass(frozen=True, slots=True)
class Chains:
    """Each chain is drawn on one line; the first is the main one, from the entering wire to the exit."""

    lines: tuple[tuple[int, ...], ...]
    next: Mapping[int, int]
    """The node that follows on the same line."""


def split(graph: Graph, segment: Segment, length: Sequence[float]) -> Chains:
    """Chains of a segment; `length` of a node counts when the longest way decides what is main."""
    inside = set(segment.nodes)
    main = _main_line(graph, segment, inside, length)
    follows = dict(itertools.pairwise(main))
    rest = [n for n in segment.nodes if n not in set(main)]
    follows |= _partners(graph, rest, length)
    return Chains((tuple(main), *_walk(rest, follows)), follows)


def _main_line(graph: Graph, segment: Segment, inside: set[int], length: Sequence[float]) -> list[int]:
    """The longest way from what the wire feeds (or from any source) to the exit (or to any end)."""
    wire, end = segment.wire, segment.exit
    fed = {v for v in graph.succ[wire] if v in inside} if wire is not None else set()
    ways = _longest(graph, segment.nodes, fed, length)
    if not ways or (end is not None and end not in ways):
        ways = _longest(graph, segment.nodes, set(), length)
    if end is None:
        end = max(segment.nodes, key=lambda n: ways[n][0] if n in ways else -1.0)
    line = [end]
    while (before := ways[line[-1]][1]) is not None:
        line.append(before)
    return line[::-1]


def _longest(
    graph: Graph, nodes: Sequence[int], starts: set[int], length: Sequence[float]
) -> dict[int, tuple[float, int | None]]:
    """Length of the longest way to each node, and the node before it; no `starts` means any source."""
    ways: dict[int, tuple[float, int | None]] = {}
    for node in nodes:
        best: tuple[float, int | None] | None = None
        for u in graph.pred[node]:
            if u in ways and (best is None or ways[u][0] > best[0]):
                best = (ways[u][0], u)
        if best is None and (node in starts or not starts):
            best = (0.0, None)
        if best is not None:
            ways[node] = (best[0] + length[node] + 1.0, best[1])
    return ways


def _partners(graph: Graph, nodes: Sequence[int], length: Sequence[float]) -> dict[int, int]:
    """Pairs of nodes beside the main line that are each other's longest continuation."""
    inside = set(nodes)
    depth: dict[int, float] = {}
    height: dict[int, float] = {}
    for node in nodes:
        depth[node] = length[node] + max((depth[u] for u in graph.pred[node] if u in inside), default=0.0)
    for node in reversed(nodes):
        height[node] = length[node] + max((height[v] for v in graph.succ[node] if v in inside), default=0.0)
    after = {n: _best(graph.succ[n], height) for n in nodes}
    before = {n: _best(graph.pred[n], depth) for n in nodes}
    return {u: v for u, v in after.items() if v is not None and before[v] == u}


def _best(candidates: Sequence[int], score: Mapping[int, float]) -> int | None:
    known = [c for c in candidates if c in score]
    return max(known, key=lambda c: score[c], default=None)


def _walk(nodes: Sequence[int], follows: Mapping[int, int]) -> list[tuple[int, ...]]:
    inner = set(follows.values())
    lines = []
    for node in nodes:
        if node not in inner:
            line = [node]
            while line[-1] in follows:
                line.append(follows[line[-1]])
            lines.append(tuple(line))
    return lines
