"""Finds what repeats in a network: skip regions between a fork and a merge, and names with a common prefix."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from widgets.canvas.graph import Graph, build_graph
from widgets.canvas.metrics import FRAME_LARGEST
from widgets.canvas.model import BlockView, EdgeView, NodeView

_PREFIX = re.compile(r"(.*?[A-Za-z]\d+)[_./]")
_DEEP_PREFIX = re.compile(r"(.*[A-Za-z]\d+)[_./]")
_NUMBER = re.compile(r"\d+$")
_WHOLE_NETWORK = 0.75
"""A group that holds more than this share of all layers says nothing."""
_TAIL_GROUPS = ("activation", "norm")


def find_blocks(nodes: Iterable[NodeView], edges: Iterable[EdgeView]) -> tuple[BlockView, ...]:
    """Blocks in the order of the network; larger ones may hold smaller ones, otherwise they are disjoint.

    A region between a fork and the merge that ends it is a block, with the activation behind the merge.
    So is a stretch of layers whose names share a numbered prefix ("block1_") if there are several of its kind.
    """
    known = list(nodes)
    graph = build_graph([n.id for n in known], edges)
    largest = int(len(known) * _WHOLE_NETWORK)
    regions = _disjoint(r for r in _skip_regions(graph, known) if len(r) <= min(largest, FRAME_LARGEST))
    found = [(_prefix_of(graph, region), region) for region in regions]
    for prefix, group in _named_groups(graph).items():
        whole = _completed(graph, group, regions)
        apart = all(set(region).isdisjoint(whole) or set(region) < set(whole) for region in regions)
        if apart and len(whole) <= largest:
            found.append((prefix, whole))
    found.sort(key=lambda item: (graph.place[item[1][0]], -len(item[1])))
    return tuple(_named_blocks(graph, found))


def _completed(graph: Graph, group: list[int], regions: Sequence[list[int]]) -> list[int]:
    """A named group with the whole of the regions that begin in it."""
    whole = set(group)
    for region in regions:
        if region[0] in whole:
            whole.update(region)
    return sorted(whole, key=lambda n: graph.place[n])


def _named_blocks(graph: Graph, found: Sequence[tuple[str, list[int]]]) -> Iterable[BlockView]:
    count = 0
    for prefix, members in found:
        count += not prefix
        names = tuple(graph.ids[n] for n in members)
        title = _title(prefix) if prefix else f"Block {count}"
        yield BlockView(f"block:{names[0]}:{len(names)}", title, names, f"{len(names)} layers")


def _title(prefix: str) -> str:
    """ "stage5_b1" reads "Block 1", "stage_5" reads "Stage 5"."""
    match = re.search(r"([A-Za-z]+)[_./]?(\d+)$", prefix)
    if match is None:
        return prefix
    word = "Block" if len(match[1]) == 1 else match[1].capitalize()
    return f"{word} {match[2]}"


def _skip_regions(graph: Graph, nodes: Sequence[NodeView]) -> list[list[int]]:
    """For every merge, the nodes after the fork that it ends, up to the merge and its activation."""
    dominator = _dominators(graph)
    regions = []
    for merge in graph.order:
        fork = dominator[merge]
        if len(graph.pred[merge]) < 2 or fork is None:
            continue
        inside = _between(graph, fork, merge)
        if inside is not None and len(inside) > 1:
            regions.append(inside + _tail(graph, nodes, merge))
    return regions


def _dominators(graph: Graph) -> list[int | None]:
    """The last node that every way to a node passes; None where ways begin apart."""
    dominator: list[int | None] = [None] * len(graph.ids)
    for node in graph.order:
        common: int | None = None
        for k, source in enumerate(graph.pred[node]):
            common = source if k == 0 else _meeting(dominator, graph.place, common, source)
        dominator[node] = common
    return dominator


def _meeting(dominator: Sequence[int | None], place: Sequence[int], a: int | None, b: int | None) -> int | None:
    while a != b:
        if a is None or b is None:
            return None
        if place[a] > place[b]:
            a = dominator[a]
        else:
            b = dominator[b]
    return a


def _between(graph: Graph, fork: int, merge: int) -> list[int] | None:
    """Nodes from after `fork` up to `merge`, in order; None if they are many or wires leave on the way."""
    inside = {merge}
    ready = [merge]
    while ready:
        for source in graph.pred[ready.pop()]:
            if source != fork and source not in inside:
                inside.add(source)
                ready.append(source)
        if len(inside) > FRAME_LARGEST:
            return None
    if any(v not in inside for n in inside if n != merge for v in graph.succ[n]):
        return None
    return sorted(inside, key=lambda n: graph.place[n])


def _tail(graph: Graph, nodes: Sequence[NodeView], merge: int) -> list[int]:
    tail: list[int] = []
    end = merge
    while len(graph.succ[end]) == 1:
        end = graph.succ[end][0]
        if nodes[end].group not in _TAIL_GROUPS or len(graph.pred[end]) != 1:
            break
        tail.append(end)
    return tail


def _disjoint(regions: Iterable[list[int]]) -> list[list[int]]:
    """The largest regions, without any that touches one already taken."""
    taken: set[int] = set()
    kept = []
    for region in sorted(regions, key=len, reverse=True):
        if taken.isdisjoint(region):
            taken.update(region)
            kept.append(region)
    return kept


def _named_groups(graph: Graph) -> dict[str, list[int]]:
    """Stretches of the order whose names share a prefix with a number, of which there are several numbers.

    Copies that are not connected yet belong to no group, whatever they are called.
    """
    spans: dict[str, list[int]] = {}
    largest = [n for n in graph.order if graph.part[n] == 0]
    prefixes = [match[1] if (match := _PREFIX.match(graph.ids[n])) else "" for n in largest]
    for position, prefix in enumerate(prefixes):
        if prefix:
            spans.setdefault(prefix, []).append(position)
    kinds = Counter(_NUMBER.sub("", prefix) for prefix in spans)
    groups = {}
    for prefix, places in spans.items():
        mixed = any(p not in ("", prefix) for p in prefixes[places[0] : places[-1] + 1])
        if len(places) > 1 and kinds[_NUMBER.sub("", prefix)] > 1 and not mixed:
            groups[prefix] = graph.order[places[0] : places[-1] + 1]
    return groups


def _prefix_of(graph: Graph, members: Sequence[int]) -> str:
    """The numbered prefix that all members with one share; "" if they disagree."""
    matches = [_DEEP_PREFIX.match(graph.ids[n]) for n in members]
    prefixes = {match[1] for match in matches if match is not None}
    shortest = min(prefixes, key=len, default="")
    return shortest if all(p.startswith(shortest) for p in prefixes) else ""
