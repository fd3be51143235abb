"""What the canvas announces: the layer between selecting (`selecting.py`) and handling events (`view.py`)."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QPoint, QPointF, Qt, Signal
from PySide6.QtWidgets import QWidget

from widgets.canvas import drops
from widgets.canvas.autoscroll import EdgeScroll
from widgets.canvas.gestures import Reason
from widgets.canvas.keyconnect import KeyConnect
from widgets.canvas.model import EdgeKey, Point
from widgets.canvas.pointer import Pointer
from widgets.canvas.selecting import SelectingStage

CanConnect = Callable[[str, str], str | None]
"""Why an output cannot be connected to a layer, or None if it can."""


class InteractiveStage(SelectingStage):
    """Words what gestures, drops and keys ask for as signals.

    Places are scene coordinates, in px at 100 % zoom, of top-left corners unless said otherwise.
    """

    moved = Signal(object)
    """Nodes were dragged: id -> top-left corner."""
    connect_requested = Signal(str, str, int)
    disconnect_requested = Signal(str, str, int)
    insert_requested = Signal(str, object, float, float)
    """A layer of a kind was dropped: kind, edge key or None, top-left corner."""
    delete_requested = Signal()
    add_menu_requested = Signal(float, float, object)
    """A layer shall be chosen: place of the pointer, id of the layer it shall read, key of the wire it
    shall go into, or None."""
    context_menu_requested = Signal(tuple, QPoint)
    fold_toggled = Signal(str)
    """Id of a block."""
    activated = Signal(str)
    """A layer was double-clicked, or Enter pressed."""
    start_requested = Signal(str)
    """Id of a start action of the empty canvas."""

    connecting: KeyConnect | None = None
    """The wire that is being drawn by keyboard. Of the class, since Qt sends events before `__init__` is over."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._can_connect: CanConnect = _always
        self.pointer = Pointer(self)
        self.edge_scroll = EdgeScroll(self, self.camera, self._scrolled)
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.DefaultContextMenu)
        empty = self.overlays.empty
        empty.add_requested.connect(self._ask_first_layer)
        empty.start_requested.connect(self.start_requested)
        empty.layer_dropped.connect(lambda kind: self.ask_insert(kind, None, drops.corner_at(self.viewport_middle())))
        empty.input_clicked.connect(lambda: self.select(tuple(self.canvas.picture.nodes)))
        self._describe()

    def set_can_connect(self, can_connect: CanConnect) -> None:
        """How legality is asked while a wire is drawn."""
        self._can_connect = can_connect

    def places_changed(self) -> None:
        """A gesture on the old picture makes no sense any more."""
        if self.pointer.gesture is not None:
            self.edge_scroll.stop()
            self.pointer.cancel("model changed")
        self.stop_connecting()
        super().places_changed()

    def cancel_gesture(self, reason: Reason = "escape") -> None:
        """Stop what the mouse is doing, without effect."""
        self.edge_scroll.stop()
        self.pointer.cancel(reason)
        self.show_cursor()

    # What gestures, drops and keys need.

    def refusal(self, source: str, target: str) -> str | None:
        """Why two visible nodes cannot be connected."""
        if source == target:
            return "A layer cannot read itself."
        picture = self.canvas.picture
        if source in picture.content.blocks or target in picture.content.blocks:
            return "Unfold the block to connect its layers."
        if picture.nodes[source].ghost or picture.nodes[target].ghost:
            return "The converter adds this layer by itself."
        return self._can_connect(source, target)

    def ask_move(self, corners: Mapping[str, Point]) -> None:
        """Announce moved nodes."""
        self.moved.emit(dict(corners))

    def ask_connect(self, source: str, target: str, port: int) -> None:
        """Announce a wanted edge."""
        self.connect_requested.emit(source, target, port)

    def ask_disconnect(self, edge: EdgeKey) -> None:
        """Announce an unwanted edge."""
        self.disconnect_requested.emit(*edge)

    def ask_add(self, at: Point, into: str | EdgeKey | None) -> None:
        """Announce that a layer shall be chosen for a place or a wire."""
        self.add_menu_requested.emit(at[0], at[1], into)

    def ask_insert(self, kind: str, edge: EdgeKey | None, corner: Point) -> None:
        """Announce a dropped layer."""
        self.insert_requested.emit(kind, edge, corner[0], corner[1])

    def ask_add_here(self) -> None:
        """Offer layers for the selected wire, else at the pointer, reading the focused layer."""
        inside = self.viewport().rect().contains(self.pointer.last.toPoint())
        at = self.camera.scene_point(self.pointer.last) if inside else self.viewport_middle()
        chosen = self.selection()
        self.ask_add(at, self.canvas.marks.edge or (chosen[0] if len(chosen) == 1 else None))

    def ask_delete(self) -> None:
        """Announce that the selection shall go."""
        if self.canvas.marks.edge is not None:
            self.ask_disconnect(self.canvas.marks.edge)
        elif self.canvas.marks.selected:
            self.delete_requested.emit()

    def ask_fold(self) -> None:
        """Announce that the block of the focused node shall fold or unfold."""
        block = self.canvas.picture.block_of(self._focused) if self._focused else None
        if block is not None:
            self.fold_toggled.emit(block)

    def ask_open(self) -> None:
        """Announce that the focused node was opened; a folded block unfolds."""
        self._open(self._focused)

    def escape(self) -> None:
        """Cancel the gesture; without one clear search hits, then the selection."""
        self.edge_scroll.stop()
        if self.pointer.cancel("escape"):
            self.show_cursor()
        elif self.canvas.marks.found:
            self.highlight(())
        else:
            self.select(())

    def start_connecting(self) -> None:
        """Draw a wire from the one selected node by keyboard."""
        self.setFocus()
        self.cancel_gesture()
        chosen = tuple(self.canvas.marks.selected)
        if len(chosen) != 1:
            self.say("Select one layer to connect from.", QPointF(self.viewport().rect().center()), True)
            return
        wire = KeyConnect(self, chosen[0])
        if wire.begin():
            self.connecting = wire
            self._moved_by_user()
        self._describe()

    def stop_connecting(self) -> None:
        """Take a wire that is drawn by keyboard away."""
        wire, self.connecting = self.connecting, None
        if wire is not None:
            wire.end()
            self._describe()

    def _open(self, node: str | None) -> None:
        picture = self.canvas.picture
        if node in picture.content.blocks:
            self.fold_toggled.emit(str(node))
        elif node in picture.nodes:
            self.activated.emit(str(node))

    def _ask_first_layer(self) -> None:
        nodes = tuple(self.canvas.picture.nodes)
        self.ask_add(self.viewport_middle(), nodes[0] if nodes else None)

    def _scrolled(self) -> None:
        """The view scrolled under a gesture."""
        self._moved_by_user()
        self.pointer.again()

    def _name(self) -> str:
        return super()._name() if self.connecting is None else self.connecting.words

    def show_cursor(self) -> None:
        """Called when a gesture may have begun or ended."""


def _always(_source: str, _target: str) -> str | None:
    return None
