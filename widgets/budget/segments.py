"""Segments of a stack: which pixels belong to which layer."""

from bisect import bisect_right
from dataclasses import dataclass

from widgets.budget.axis import Axis
from widgets.budget.where_view import Stack

_LEAST_SEEN = 3


@dataclass(frozen=True, slots=True)
class Segments:
    """Layers that are at least a pixel wide, from left to right: their index, left and right edge in px.

    `edges` has where each layer of the network begins, and where the last one ends; empty without a limit.
    """

    layers: tuple[int, ...]
    lefts: tuple[int, ...]
    rights: tuple[int, ...]
    edges: tuple[int, ...]

    def layer_at(self, x: float) -> int | None:
        """The layer under a place, None beside them."""
        at = bisect_right(self.lefts, x) - 1
        return self.layers[at] if 0 <= at < len(self.rights) and x < self.rights[at] else None

    def extent(self, layer: int) -> tuple[int, int] | None:
        """Edges of one layer, wide enough to be seen; None where nothing is known."""
        if not self.edges:
            return None
        left = self.edges[layer]
        return left, max(self.edges[layer + 1], left + _LEAST_SEEN)


def lay_segments(stack: Stack, axis: Axis) -> Segments:
    """Give every layer its pixels; what begins and ends within one pixel has none of its own."""
    scale, origin, end = axis.width / axis.top, axis.left + 0.5, int(axis.right)
    edges = tuple([int(origin + share * scale) for share in stack.shares()])
    if edges and edges[-1] > end:
        edges = tuple([min(edge, end) for edge in edges])
    kept = [index for index in range(len(edges) - 1) if edges[index + 1] > edges[index]]
    return Segments(tuple(kept), tuple([edges[k] for k in kept]), tuple([edges[k + 1] for k in kept]), edges)
