"""Which layers are selected and hovered; shared by canvas, outline, inspector and charts."""

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal

from engine.network import Network


class Selection(QObject):
    """Layer names. Not part of the document: undo leaves it alone, but removed layers leave it."""

    changed = Signal()
    hover_changed = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.names: tuple[str, ...] = ()
        self.hovered: str | None = None

    def set(self, names: Iterable[str]) -> None:
        """Select these layers."""
        new = tuple(dict.fromkeys(names))
        if new != self.names:
            self.names = new
            self.changed.emit()

    def hover(self, name: str | None) -> None:
        """The layer under the mouse, anywhere in the window."""
        if name != self.hovered:
            self.hovered = name
            self.hover_changed.emit(name)

    def keep_within(self, network: Network) -> None:
        """Forget layers that an edit removed."""
        self.set(name for name in self.names if name in network)
        if self.hovered is not None and self.hovered not in network:
            self.hover(None)
