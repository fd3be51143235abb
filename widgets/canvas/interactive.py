"""What the canvas announces: the middle layer between showing (`stage.py`) and handling events (`view.py`)."""

from collections.abc import Callable, Iterable, Mapping

from PySide6.QtCore import QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QWidget

from widgets.canvas import drops
from widgets.canvas.autoscroll import EdgeScroll
from widgets.canvas.gestures import Reason
from widgets.canvas.model import EdgeKey, Point
from widgets.canvas.pointer import Pointer
from widgets.canvas.stage import CanvasStage
from widgets.canvas.walk import Arrow, walk
from widgets.canvas.words import spoken

CanConnect = Callable[[str, str], str | None]
"""Why an output cannot be connected to a layer, or None if it can."""


class InteractiveStage(CanvasStage):
    """Keeps selection and focus, and words what gestures, drops and keys ask for as signals.

    Signals carry ids of layers; a folded block stands for its members. Places are scene coordinates, in px
    at 100 % zoom, of top-left corners unless said otherwise.
    """

    selection_changed = Signal(tuple)
    """The user selected other layers: their ids."""
    hovered = Signal(object)
    """Id of the layer under the pointer, or None."""
    moved = Signal(object)
    """Nodes were dragged: id -> top-left corner."""
    connect_requested = Signal(str, str, int)
    disconnect_requested = Signal(str, str, int)
    insert_requested = Signal(str, object, float, float)
    """A layer of a kind was dropped: kind, edge key or None, top-left corner."""
    delete_requested = Signal()
    add_menu_requested = Signal(float, float, object)
    """A layer shall be chosen: place of the pointer, id of the layer it shall read or None."""
    context_menu_requested = Signal(tuple, QPoint)
    fold_toggled = Signal(str)
    """Id of a block."""
    activated = Signal(str)
    """A layer was double-clicked, or Enter pressed."""
    start_requested = Signal(str)
    """Id of a start action of the empty canvas."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._can_connect: CanConnect = _always
        self._focused: str | None = None
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

    def selection(self) -> tuple[str, ...]:
        """Ids of the selected layers."""
        picture, chosen = self.canvas.picture, self.canvas.marks.selected
        return picture.layers(n for n in picture.nodes if n in chosen)

    def set_selection(self, ids: Iterable[str]) -> None:
        """Select layers, without announcing it."""
        visible = self.canvas.picture.visible(ids)
        if frozenset(visible) != self.canvas.marks.selected:
            self.canvas.mark_selected(visible)
            self._focused = visible[-1] if visible else None
            self._marks_changed()

    def set_hover(self, layer: str | None) -> None:
        """Light up a layer that is hovered elsewhere."""
        visible = self.canvas.picture.visible((layer,)) if layer is not None else ()
        self.canvas.mark_hovered(visible[0] if visible else None)
        self.overlays.minimap.show_marks(self.canvas.marks)

    def places_changed(self) -> None:
        """A gesture on the old picture makes no sense any more."""
        if self.pointer.gesture is not None:
            self.edge_scroll.stop()
            self.pointer.cancel("model changed")
        if self._focused not in self.canvas.picture.nodes:
            self._focused = None
        self._describe()

    def cancel_gesture(self, reason: Reason = "escape") -> None:
        """Stop what the mouse is doing, without effect."""
        self.edge_scroll.stop()
        self.pointer.cancel(reason)
        self.show_cursor()

    # What gestures, drops and keys need.

    def select(self, ids: tuple[str, ...]) -> None:
        """Select visible nodes for the user and say so."""
        if frozenset(ids) == self.canvas.marks.selected:
            return
        self.canvas.mark_selected(ids)
        self._focused = ids[-1] if ids else None
        self._marks_changed()
        self.selection_changed.emit(self.selection())

    def say(self, words: str, at: QPointF | None = None, refusal: bool = False) -> None:
        """Show words at the pointer."""
        self.overlays.say(words, at, refusal)

    def refusal(self, source: str, target: str) -> str | None:
        """Why two visible nodes cannot be connected."""
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

    def ask_add(self, at: Point, source: str | None) -> None:
        """Announce that a layer shall be chosen for a place."""
        self.add_menu_requested.emit(at[0], at[1], source)

    def ask_insert(self, kind: str, edge: EdgeKey | None, corner: Point) -> None:
        """Announce a dropped layer."""
        self.insert_requested.emit(kind, edge, corner[0], corner[1])

    def ask_add_here(self) -> None:
        """Offer layers at the pointer, reading the focused layer."""
        inside = self.viewport().rect().contains(self.pointer.last.toPoint())
        at = self.camera.scene_point(self.pointer.last) if inside else self.viewport_middle()
        chosen = self.selection()
        self.ask_add(at, chosen[0] if len(chosen) == 1 else None)

    def ask_delete(self) -> None:
        """Announce that the selection shall go."""
        if self.canvas.marks.selected:
            self.delete_requested.emit()

    def ask_fold(self) -> None:
        """Announce that the block of the focused node shall fold or unfold."""
        block = self.canvas.picture.block_of(self._focused) if self._focused else None
        if block is not None:
            self.fold_toggled.emit(block)

    def ask_open(self) -> None:
        """Announce that the focused node was opened; a folded block unfolds."""
        self._open(self._focused)

    def select_all(self) -> None:
        """Select every node."""
        self.select(tuple(self.canvas.picture.nodes))

    def escape(self) -> None:
        """Cancel the gesture; without one clear search hits, then the selection."""
        self.edge_scroll.stop()
        if self.pointer.cancel("escape"):
            self.show_cursor()
        elif self.canvas.marks.found:
            self.highlight(())
        else:
            self.select(())

    def walk(self, arrow: Arrow, extend: bool) -> None:
        """Focus and select the node that an arrow leads to."""
        node = walk(self.canvas.picture, self._focused, arrow)
        if node is None:
            return
        before = tuple(n for n in self.canvas.picture.nodes if n in self.canvas.marks.selected and n != node)
        self.select((*before, node) if extend else (node,))
        self._focused = node
        self.camera.reveal(self.canvas.picture.layout.boxes[node])
        self._moved_by_user()
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

    def _marks_changed(self) -> None:
        self.overlays.minimap.show_marks(self.canvas.marks)
        self._describe()

    def _describe(self) -> None:
        """Tell assistive technology which node is focused."""
        picture = self.canvas.picture
        focused = picture.nodes.get(self._focused) if self._focused else None
        name = spoken(focused) if focused is not None else f"Network, {len(picture.model.nodes)} layers"
        if name != self.accessibleName():
            self.setAccessibleName(name)
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.NameChanged))

    def show_cursor(self) -> None:
        """Called when a gesture may have begun or ended."""


def _always(_source: str, _target: str) -> str | None:
    return None
