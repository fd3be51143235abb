"""The canvas: shows a `CanvasModel` and announces what the user asks for; it never changes the model.

Signals carry ids of layers; a folded block stands for its members. Places are scene coordinates, in px at
100 % zoom, of top-left corners.
"""

from collections.abc import Callable, Iterable, Mapping

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from widgets.canvas import drops, keys
from widgets.canvas.connecting import pick_up_cursor
from widgets.canvas.gestures import Reason, Where
from widgets.canvas.model import EdgeKey, Point
from widgets.canvas.pointer import Pointer
from widgets.canvas.stage import CanvasStage
from widgets.canvas.walk import Arrow, walk
from widgets.canvas.words import spoken, tool_tip

CanConnect = Callable[[str, str], str | None]
"""Why an output cannot be connected to a layer, or None if it can."""

_NOTCH = 120.0


class CanvasView(CanvasStage):
    """The network canvas with everything a user can do on it."""

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
        self._can_connect: CanConnect = _always
        self._focused: str | None = None
        self._hovered_layer: str | None = None
        super().__init__(parent)
        self.pointer = Pointer(self)
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.DefaultContextMenu)
        empty = self.overlays.empty
        empty.add_requested.connect(self._ask_first_layer)
        empty.start_requested.connect(self.start_requested)
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
            self.pointer.cancel("model changed")
        if self._focused not in self.canvas.picture.nodes:
            self._focused = None
        self._describe()

    def cancel_gesture(self, reason: Reason = "escape") -> None:
        """Stop what the mouse is doing, without effect."""
        self.pointer.cancel(reason)
        self._show_cursor()

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
        if self.pointer.cancel("escape"):
            self._show_cursor()
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

    def _hover(self, at: Where) -> None:
        node = self.canvas.picture.places.node_at(at.scene)
        if node != self.canvas.marks.hovered:
            self.canvas.mark_hovered(node)
            self.overlays.minimap.show_marks(self.canvas.marks)
            layers = self.canvas.picture.layers((node,)) if node is not None else ()
            self.hovered.emit(layers[0] if len(layers) == 1 else None)
        self._show_cursor(at)

    def _show_cursor(self, at: Where | None = None) -> None:
        gesture = self.pointer.gesture
        shape = gesture.cursor if gesture is not None else None
        if shape is None and gesture is None and at is not None:
            over_title = self.canvas.picture.places.block_title_at(at.scene) is not None
            free = over_title and self.canvas.picture.places.node_at(at.scene) is None
            shape = pick_up_cursor(self, at) or (Qt.CursorShape.PointingHandCursor if free else None)
        if shape is None and self.pointer.panning:
            shape = Qt.CursorShape.OpenHandCursor
        self.viewport().setCursor(shape or Qt.CursorShape.ArrowCursor)

    # Events.

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Start a gesture; a click on a block's title folds it."""
        at = self.pointer.where(event)
        title = self.canvas.picture.places.block_title_at(at.scene)
        on_node = self.canvas.picture.places.node_at(at.scene) is not None
        left = event.button() == Qt.MouseButton.LeftButton
        if title is not None and not on_node and left and not self.pointer.panning:
            self.fold_toggled.emit(title)
        elif self.pointer.press(event):
            self._show_cursor(at)
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with the gesture, or hover."""
        if self.pointer.move(event):
            if self.pointer.gesture is not None and self.pointer.gesture.moves_view:
                self._moved_by_user()
        else:
            self._hover(self.pointer.where(event))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End the gesture."""
        if self.pointer.release(event):
            self._show_cursor(self.pointer.where(event))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open a node, or offer layers for free ground."""
        at = self.pointer.where(event)
        if event.button() != Qt.MouseButton.LeftButton or self.canvas.picture.places.block_title_at(at.scene):
            return
        node = self.canvas.picture.places.node_at(at.scene)
        if node is not None:
            self._open(node)
        else:
            self.ask_add(at.scene, None)

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is hovered outside."""
        if self.canvas.marks.hovered is not None:
            self.canvas.mark_hovered(None)
            self.hovered.emit(None)
        super().leaveEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom at the pointer; two fingers on a touch pad pan, with Ctrl they zoom."""
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        sideways = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        fingers = not event.pixelDelta().isNull() and event.phase() != Qt.ScrollPhase.NoScrollPhase
        turn = event.angleDelta()
        if fingers and not control:
            self.camera.pan(event.pixelDelta().x(), event.pixelDelta().y())
        elif sideways and not control:
            self.camera.pan(turn.x() or turn.y(), 0)
        else:
            self.camera.zoom_by_wheel((turn.y() or turn.x()) / _NOTCH, event.position())
        self.camera.keep(self.canvas.picture.layout.bounds)
        self._moved_by_user()
        event.accept()

    def viewportEvent(self, event: QEvent) -> bool:
        """Pinching zooms; hovering long enough tells more."""
        if isinstance(event, QNativeGestureEvent) and event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
            self.camera.zoom_to(self.zoom() * (1.0 + event.value()), event.position())
            self._moved_by_user()
            return True
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            node = self.canvas.picture.places.node_at(self.camera.scene_point(event.pos()))
            words = tool_tip(self.canvas.picture.nodes[node]) if node is not None else ""
            QToolTip.showText(event.globalPos(), words, self.viewport())
            return True
        return super().viewportEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk, zoom, ask for edits; the space bar lets the mouse pan."""
        if event.key() == Qt.Key.Key_Space:
            self.pointer.panning = True
            self._show_cursor()
        elif not keys.press(self, event):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """The space bar was let go."""
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self.pointer.panning = False
            self._show_cursor()
        super().keyReleaseEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Coming with the Tab key, show where the arrow keys start."""
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self._focused = self._focused or next(iter(self.canvas.picture.nodes), None)
            self.canvas.mark_focused(self._focused)
            self._describe()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Keys released elsewhere are not seen here."""
        self.pointer.panning = False
        self.canvas.mark_focused(None)
        super().focusOutEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for a menu about what is under the pointer, or about the selection."""
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            node = self.canvas.picture.places.node_at(self.camera.scene_point(event.pos()))
            if node not in self.canvas.marks.selected:
                self.select((node,) if node is not None else ())
        self.context_menu_requested.emit(self.selection(), event.globalPos())
        event.accept()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take layers from the palette; files go to the window."""
        event.setAccepted(drops.layer_kind(event.mimeData()) is not None)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show where the layer would go."""
        if drops.layer_kind(event.mimeData()) is None:
            event.ignore()
            return
        drops.drag_over(self, event.position())
        event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """The layer was taken elsewhere."""
        drops.leave(self)

    def dropEvent(self, event: QDropEvent) -> None:
        """Ask for the layer."""
        kind = drops.layer_kind(event.mimeData())
        if kind is not None:
            drops.drop(self, event.position(), kind)
            event.acceptProposedAction()


def _always(_source: str, _target: str) -> str | None:
    return None
