"""What the canvas shows, as frozen values that need no Qt.

The canvas knows nothing of networks: whoever owns a network describes it as a `CanvasModel` and hands
the canvas a new one after every change. Lengths are logical pixels at 100 % zoom, shares are 0..1.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

Form = Literal["card", "pill", "merge"]
BadgeKind = Literal["over", "risk", "slowest", "info"]
Point = tuple[float, float]
EdgeKey = tuple[str, str, int]
"""Source id, target id, input port of the target."""

_NOWHERE: Mapping[str, Point] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Badge:
    """A mark on a node: cause of an overrun, a risk, the slowest layer, or a note."""

    kind: BadgeKind
    tooltip: str = ""


@dataclass(frozen=True, slots=True)
class NodeView:
    """One layer as drawn: a card (has weights), a pill (has none) or a merge circle."""

    id: str
    group: str
    icon: str
    title: str
    subtitle: str = ""
    shape: str = ""
    chips: tuple[str, ...] = ()
    form: Form = "card"
    share: float | None = None
    share_text: str = ""
    badges: tuple[Badge, ...] = ()
    ghost: bool = False
    inputs: int = 1
    tooltip: str = ""
    origin: str = ""
    """For a ghost: the id of the layer the converter made it from."""
    edited_chip: int | None = None
    """Index of the chip whose value is being edited now; drawn in the accent colour."""

    @property
    def second_line(self) -> str:
        """What a pill shows under its title: its subtitle, else its precision."""
        return self.subtitle or (self.chips[0] if self.chips else "")


@dataclass(frozen=True, slots=True)
class EdgeView:
    """A connection from a node's output to input `port` of another; the label names what it needs."""

    source: str
    target: str
    port: int = 0
    label: str = ""

    @property
    def key(self) -> EdgeKey:
        """What tells this edge from every other."""
        return (self.source, self.target, self.port)


@dataclass(frozen=True, slots=True)
class BlockView:
    """A group of layers drawn in a frame, or as one card when folded."""

    id: str
    title: str
    members: tuple[str, ...]
    subtitle: str = ""
    folded: bool = False
    share_text: str = ""
    """Amount of the chosen resource in the whole block, shown on the folded card: "64 DSP"."""


@dataclass(frozen=True, slots=True)
class CanvasModel:
    """Everything the canvas shows. `positions`: top-left corners of nodes that a user moved."""

    nodes: tuple[NodeView, ...] = ()
    edges: tuple[EdgeView, ...] = ()
    blocks: tuple[BlockView, ...] = ()
    positions: Mapping[str, Point] = field(default_factory=lambda: _NOWHERE)


@dataclass(frozen=True, slots=True)
class Heat:
    """The quantity that bars and heat show: its name ("DSP") and its colour ("#B96E01")."""

    name: str
    colour: str
