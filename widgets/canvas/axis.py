"""Lengths along the direction of flow, so that one layout serves rows and top-down alike."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from widgets.canvas import metrics
from widgets.canvas.graph import Graph
from widgets.canvas.metrics import ghost_size, size_of
from widgets.canvas.model import NodeView

Direction = Literal["rows", "top-down"]


@dataclass(frozen=True, slots=True)
class Axis:
    """Per node: length along the flow, breadth across it, whether it is a merge, its frames, its inputs."""

    length: list[float]
    breadth: list[float]
    merge: list[bool]
    frames: list[frozenset[int]]
    inputs: list[int]
    hang: list[float]
    """Room for what hangs on each node, across the flow."""
    frame_lead: float
    """Room that a frame takes before its first node, along the flow."""
    frame_above: float
    """Room that a frame takes across the flow, on the side where skips run."""
    lane_above: float
    """The same over a skip lane."""

    def gap(self, before: int, after: int) -> float:
        """Room along the flow between two connected nodes."""
        entered = len(self.frames[after] - self.frames[before])
        left = len(self.frames[before] - self.frames[after])
        return metrics.GAP + self.frame_lead * entered + metrics.FRAME_PAD * left + self.fan(after)

    def fan(self, node: int) -> float:
        """Room that wires need to join before a node that is no merge circle."""
        return 0.0 if self.merge[node] else metrics.FAN * max(self.inputs[node] - 1, 0)

    def entry(self, node: int, start: float) -> float:
        """Where a wire from another line turns towards a node that begins at `start`."""
        return start + self.length[node] / 2 if self.merge[node] else start - metrics.ENTRY

    def trunk(self, node: int, start: float) -> float:
        """Where a fork leaves the wire that leads to a node beginning at `start`."""
        return start - metrics.TRUNK - self.fan(node)


def make_axis(
    nodes: Sequence[NodeView],
    graph: Graph,
    frames: list[frozenset[int]],
    attached: Mapping[str, Sequence[NodeView]],
    direction: Direction,
) -> Axis:
    """The lengths of `nodes` in the given direction of flow."""
    sizes = [size_of(node) for node in nodes]
    along, across = (0, 1) if direction == "rows" else (1, 0)
    sideways = direction == "rows"
    return Axis(
        length=[size[along] for size in sizes],
        breadth=[size[across] for size in sizes],
        merge=[node.form == "merge" for node in nodes],
        frames=frames,
        inputs=[len(sources) for sources in graph.pred],
        hang=[
            sum(ghost_size(size)[across] + metrics.GHOST_GAP for _ in attached.get(node.id, ()))
            for node, size in zip(nodes, sizes, strict=True)
        ],
        frame_lead=metrics.FRAME_PAD if sideways else metrics.FRAME_HEAD,
        frame_above=metrics.FRAME_HEAD if sideways else metrics.FRAME_PAD,
        lane_above=metrics.FRAME_HEAD_LANE if sideways else metrics.FRAME_PAD,
    )
