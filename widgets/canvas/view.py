"""The canvas: shows a `CanvasModel` and announces what the user asks for; it never changes the model."""

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import (
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
from PySide6.QtWidgets import QToolTip

from widgets.canvas import drops, keys
from widgets.canvas.connecting import pick_up_cursor
from widgets.canvas.gestures import Where, edge_under
from widgets.canvas.interactive import InteractiveStage
from widgets.canvas.keyconnect import KeyConnect
from widgets.canvas.surface import level_of
from widgets.canvas.words import spoken_edge, tool_tip

_NOTCH = 120.0


class CanvasView(InteractiveStage):
    """The network canvas with everything a user can do on it."""

    def _hover(self, at: Where) -> None:
        node = self.canvas.picture.places.node_at(at.scene)
        if node != self.canvas.marks.hovered:
            self.canvas.mark_hovered(node)
            self.overlays.minimap.show_marks(self.canvas.marks)
            layers = self.canvas.picture.layers((node,)) if node is not None else ()
            self.hovered.emit(layers[0] if len(layers) == 1 else None)
        self.show_cursor(at)

    def show_cursor(self, at: Where | None = None) -> None:
        """Tell by the cursor what a press would do."""
        gesture = self.pointer.gesture
        shape = gesture.cursor if gesture is not None else None
        if shape is None and gesture is None and at is not None:
            hand = Qt.CursorShape.PointingHandCursor if self._title_at(at) is not None else None
            shape = pick_up_cursor(self, at) or hand or self._wire_cursor(at)
        if shape is None and self.pointer.panning:
            shape = Qt.CursorShape.OpenHandCursor
        self.viewport().setCursor(shape or Qt.CursorShape.ArrowCursor)

    def _wire_cursor(self, at: Where) -> Qt.CursorShape | None:
        return Qt.CursorShape.PointingHandCursor if edge_under(self, at) is not None else None

    def _title_at(self, at: Where) -> str | None:
        """The block whose title is at a place; from far titles are too small to be meant."""
        places = self.canvas.picture.places
        if level_of(self.zoom()) == "far" or places.node_at(at.scene) is not None:
            return None
        return places.block_title_at(at.scene)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Start a gesture; a click on a block's title folds it."""
        at = self.pointer.where(event)
        self.stop_connecting()
        self.say("")
        title = self._title_at(at)
        left = event.button() == Qt.MouseButton.LeftButton
        if title is not None and left and not self.pointer.panning:
            self.fold_toggled.emit(title)
        elif self.pointer.press(event):
            self.show_cursor(at)
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with the gesture, or hover."""
        if self.pointer.move(event):
            if self.pointer.gesture is not None and self.pointer.gesture.moves_view:
                self._moved_by_user()
            else:
                self.edge_scroll.follow(event.position())
        else:
            self._hover(self.pointer.where(event))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End the gesture."""
        self.edge_scroll.stop()
        if self.pointer.release(event):
            self.show_cursor(self.pointer.where(event))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open a node, or offer layers for a wire or for free ground."""
        at = self.pointer.where(event)
        if event.button() != Qt.MouseButton.LeftButton or self._title_at(at) is not None:
            return
        node = self.canvas.picture.places.node_at(at.scene)
        if node is not None:
            self._open(node)
        else:
            self.ask_add(at.scene, edge_under(self, at))

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
            QToolTip.showText(event.globalPos(), self._tip(self._where(QPointF(event.pos()))), self.viewport())
            return True
        return super().viewportEvent(event)

    def _where(self, px: QPointF) -> Where:
        return Where(px, self.camera.scene_point(px), Qt.KeyboardModifier.NoModifier)

    def _tip(self, at: Where) -> str:
        nodes, edge = self.canvas.picture.nodes, edge_under(self, at)
        if edge is not None:
            return spoken_edge(nodes[edge[0]], nodes[edge[1]])
        node = self.canvas.picture.places.node_at(at.scene)
        return tool_tip(nodes[node]) if node is not None else ""

    def event(self, event: QEvent) -> bool:
        """While a wire is drawn by keyboard, letters are no shortcuts."""
        drawing = self.connecting is not None and event.type() == QEvent.Type.ShortcutOverride
        if drawing and isinstance(event, QKeyEvent) and not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier:
            event.accept()
            return True
        return super().event(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """While a wire is drawn by keyboard, Tab goes to the next layer that may be connected."""
        if self.connecting is None:
            return super().focusNextPrevChild(forward)
        self.connecting.tab(forward)
        self._describe()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk, zoom, ask for edits; the space bar lets the mouse pan."""
        if self.connecting is not None:
            self._press_connecting(self.connecting, event)
            return
        self.say("")
        if event.key() == Qt.Key.Key_Space:
            self.pointer.panning = True
            self.show_cursor()
        elif not keys.press(self, event):
            super().keyPressEvent(event)

    def _press_connecting(self, wire: KeyConnect, event: QKeyEvent) -> None:
        if wire.press(event):
            self.stop_connecting()
        self._describe()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """The space bar was let go."""
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self.pointer.panning = False
            self.show_cursor()
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
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.stop_connecting()
        super().focusOutEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for a menu about what is under the pointer, or about the selection."""
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            self._select_under(self._where(QPointF(event.pos())))
        self.context_menu_requested.emit(self.selection(), event.globalPos())
        event.accept()

    def _select_under(self, at: Where) -> None:
        node, edge = self.canvas.picture.places.node_at(at.scene), edge_under(self, at)
        if edge is not None:
            self.select_edge(edge)
        elif node not in self.canvas.marks.selected:
            self.select((node,) if node is not None else ())

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
