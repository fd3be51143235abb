"""Which layers are selected and hovered; shared by canvas, outline, inspector and charts."""

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal

from engine.network import Network

Edge = tuple[str, str, int]


class Selection(QObject):
    """Layer names, or one edge. Not part of the document: undo leaves it alone, but what is removed leaves it."""

    changed = Signal()
    hover_changed = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.names: tuple[str, ...] = ()
        self.edge: Edge | None = None
        """Source, target and port of the selected edge; no layer is selected then."""
        self.hovered: str | None = None

    def set(self, names: Iterable[str]) -> None:
        """Select these layers."""
        new = tuple(dict.fromkeys(names))
        if new:
            self.edge = None
        if new != self.names:
            self.names = new
            self.changed.emit()

    def set_edge(self, edge: Edge | None) -> None:
        """Select one edge, or none."""
        if edge is not None:
            self.set(())
        self.edge = edge

    def hover(self, name: str | None) -> None:
        """The layer under the mouse, anywhere in the window."""
        if name != self.hovered:
            self.hovered = name
            self.hover_changed.emit(name)

    def keep_within(self, network: Network) -> None:
        """Forget what an edit removed."""
        if self.edge is not None and not _has(network, self.edge):
            self.edge = None
        self.set(name for name in self.names if name in network)
        if self.hovered is not None and self.hovered not in network:
            self.hover(None)


def _has(network: Network, edge: Edge) -> bool:
    source, target, port = edge
    return target in network and network[target].inputs[port : port + 1] == (source,)
