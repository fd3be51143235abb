"""A network's wiring in small integers, in an order that keeps branches together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import networkx as nx

from widgets.canvas.model import EdgeView


@dataclass(frozen=True, slots=True)
class Graph:
    """Nodes by index; `order` is topological; edges that would close a loop are left out."""

    ids: tuple[str, ...]
    index: dict[str, int]
    order: list[int]
    place: list[int]
    """Where each node stands in `order`."""
    succ: list[list[int]]
    pred: list[list[int]]
    part: list[int]
    """Which of the unconnected parts of the network each node belongs to; 0 is the largest."""


def build_graph(ids: Sequence[str], edges: Iterable[EdgeView]) -> Graph:
    """The wiring of nodes `ids`; double edges count once, unknown ends are ignored."""
    index = {name: i for i, name in enumerate(ids)}
    pairs = dict.fromkeys((index[e.source], index[e.target]) for e in edges if e.source in index and e.target in index)
    part = _parts(len(index), pairs)
    order = _order(len(index), list(pairs), part)
    place = [0] * len(order)
    for position, node in enumerate(order):
        place[node] = position
    forward = [(u, v) for u, v in pairs if place[u] < place[v]]
    succ, pred = _neighbours(len(index), forward)
    return Graph(tuple(ids), index, order, place, succ, pred, part)


def _neighbours(count: int, pairs: Iterable[tuple[int, int]]) -> tuple[list[list[int]], list[list[int]]]:
    succ: list[list[int]] = [[] for _ in range(count)]
    pred: list[list[int]] = [[] for _ in range(count)]
    for u, v in pairs:
        succ[u].append(v)
        pred[v].append(u)
    return succ, pred


def _parts(count: int, pairs: Iterable[tuple[int, int]]) -> list[int]:
    """The part of each node, numbered by size, and by first node among equals."""
    joined = nx.Graph()
    joined.add_nodes_from(range(count))
    joined.add_edges_from(pairs)
    found = sorted(nx.connected_components(joined), key=lambda nodes: (-len(nodes), min(nodes)))
    part = [0] * count
    for number, nodes in enumerate(found):
        for node in nodes:
            part[node] = number
    return part


def _order(count: int, pairs: Sequence[tuple[int, int]], part: Sequence[int]) -> list[int]:
    """Sources late, dead ends early, so that few wires run side by side at any point; what is apart comes last."""
    succ, pred = _neighbours(count, pairs)
    depth = _depths(succ, pred)
    ends = sorted((i for i in range(count) if not succ[i]), key=lambda i: (part[i], depth[i], i))
    done = [False] * count
    order: list[int] = []
    for root in [*ends, *range(count)]:
        _visit(root, pred, done, order)
    return order


def _visit(root: int, pred: Sequence[Sequence[int]], done: list[bool], order: list[int]) -> None:
    """Append `root` after everything it reads; a stack, since networks are deeper than Python's."""
    if done[root]:
        return
    done[root] = True
    stack = [(root, iter(pred[root]))]
    while stack:
        node, sources = stack[-1]
        source = next((s for s in sources if not done[s]), None)
        if source is None:
            order.append(node)
            stack.pop()
        else:
            done[source] = True
            stack.append((source, iter(pred[source])))


def _depths(succ: Sequence[Sequence[int]], pred: Sequence[Sequence[int]]) -> list[int]:
    """Longest distance from a source; nodes on loops keep 0."""
    depth = [0] * len(succ)
    waiting = [len(p) for p in pred]
    ready = [i for i, n in enumerate(waiting) if n == 0]
    for node in ready:
        for target in succ[node]:
            depth[target] = max(depth[target], depth[node] + 1)
            waiting[target] -= 1
            if waiting[target] == 0:
                ready.append(target)
    return depth


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of the order that one wire enters and one leaves, so that a row may break there."""

    nodes: tuple[int, ...]
    wire: int | None
    """The node outside whose output enters."""
    exit: int | None
    """The node inside whose output leaves."""


def segments(graph: Graph) -> list[Segment]:
    """Cut the order wherever a single wire crosses it."""
    starts = _cuts(graph)
    bounds = [*(start for start, _ in starts), len(graph.order)]
    result = []
    for k, (start, wire) in enumerate(starts):
        leaving = starts[k + 1][1] if k + 1 < len(starts) else None
        result.append(Segment(tuple(graph.order[start : bounds[k + 1]]), wire, leaving))
    return result


def _cuts(graph: Graph) -> list[tuple[int, int | None]]:
    """Positions where a segment starts, with the wire that enters there."""
    starts: list[tuple[int, int | None]] = []
    live: dict[int, int] = {}
    for position, node in enumerate(graph.order):
        live = {u: last for u, last in live.items() if last >= position}
        wire = next(iter(live), None)
        alone = len(live) <= 1 and (wire is None or not starts or graph.place[wire] >= starts[-1][0])
        if alone:
            starts.append((position, wire))
        if graph.succ[node]:
            live[node] = max(graph.place[v] for v in graph.succ[node])
    return starts
