"""What is marked on the canvas at the moment: selection, hover, search hits, a gesture's preview."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from widgets.canvas.faces import State
from widgets.canvas.geometry import Rect
from widgets.canvas.model import EdgeKey, Point

_NO_REASONS: Mapping[str, str | None] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Preview:
    """What a gesture in progress shows."""

    wire: tuple[Point, ...] = ()
    """A wire being drawn."""
    refused: bool = False
    """Whether the wire cannot end where it ends now."""
    targets: Mapping[str, str | None] = field(default_factory=lambda: _NO_REASONS)
    """Nodes that the wire might end at, each with the reason against it or None."""
    outputs: bool = False
    """Whether the wire looks for an output rather than an input."""
    edge: EdgeKey | None = None
    """The edge that a drop would go into."""
    drop: Rect | None = None
    """Where a dropped layer would lie."""
    band: Rect | None = None
    """The rubber band."""


@dataclass(frozen=True, slots=True)
class Marks:
    """Ids are those of visible nodes."""

    selected: frozenset[str] = frozenset()
    edge: EdgeKey | None = None
    """The selected wire; nodes and a wire are never selected at once."""
    hovered: str | None = None
    origin: str | None = None
    """The layer from which the hovered ghost comes."""
    focused: str | None = None
    """Where the keyboard is, while it is seen to be on the canvas."""
    found: frozenset[str] = frozenset()
    preview: Preview = field(default_factory=Preview)

    @property
    def special(self) -> frozenset[str] | None:
        """Nodes that are not drawn plain; None when it may be any."""
        if self.found or self.preview.targets:
            return None
        lit = {node for node in (self.hovered, self.origin, self.focused) if node is not None}
        return self.selected | lit

    def state(self, node: str) -> State:
        """How a node is drawn."""
        against = self.preview.targets.get(node)
        faded = against is not None or (bool(self.found) and node not in self.found)
        chosen = node in self.selected
        lit = node in (self.hovered, self.origin)
        return State(chosen, lit, node in self.found, faded, node == self.focused and not chosen)
