"""Which layers or wire of the canvas are selected and focused: the layer above showing (`stage.py`)."""

from collections.abc import Iterable

from PySide6.QtCore import QPointF, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QWidget

from widgets.canvas.edgewalk import edge_after, edge_from, step_off
from widgets.canvas.geometry import Rect, longest_stretch
from widgets.canvas.model import EdgeKey
from widgets.canvas.stage import CanvasStage
from widgets.canvas.walk import Arrow, walk
from widgets.canvas.words import spoken, spoken_edge


class SelectingStage(CanvasStage):
    """Keeps selection and focus, and tells assistive technology of them.

    Signals carry ids of layers; a folded block stands for its members.
    """

    selection_changed = Signal(tuple)
    """The user selected other layers: their ids."""
    edge_selected = Signal(object)
    """The user selected a wire: its key; None when it is no longer selected."""
    hovered = Signal(object)
    """Id of the layer under the pointer, or None."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._focused: str | None = None
        self._announced: EdgeKey | None = None

    def selection(self) -> tuple[str, ...]:
        """Ids of the selected layers."""
        picture, chosen = self.canvas.picture, self.canvas.marks.selected
        return picture.layers(n for n in picture.nodes if n in chosen)

    def set_selection(self, ids: Iterable[str]) -> None:
        """Select layers, without announcing it."""
        visible = self.canvas.picture.visible(ids)
        if frozenset(visible) != self.canvas.marks.selected or (visible and self.canvas.marks.edge):
            self.canvas.mark_selected(visible)
            self._focused = visible[-1] if visible else None
            self._marks_changed()

    def set_hover(self, layer: str | None) -> None:
        """Light up a layer that is hovered elsewhere."""
        visible = self.canvas.picture.visible((layer,)) if layer is not None else ()
        self.canvas.mark_hovered(visible[0] if visible else None)
        self.overlays.minimap.show_marks(self.canvas.marks)

    def places_changed(self) -> None:
        """What had the focus may have gone."""
        if self._announced is not None and self.canvas.marks.edge is None:
            self._announce_edge(None)
        if self._focused not in self.canvas.picture.nodes:
            self._focused = None
        self._describe()

    def select(self, ids: tuple[str, ...]) -> None:
        """Select visible nodes for the user and say so."""
        marks = self.canvas.marks
        if frozenset(ids) == marks.selected and marks.edge is None:
            return
        self.canvas.mark_selected(ids)
        self._focused = ids[-1] if ids else None
        self._marks_changed()
        if marks.edge is not None:
            self._announce_edge(None)
        if frozenset(ids) != marks.selected:
            self.selection_changed.emit(self.selection())

    def select_edge(self, edge: EdgeKey) -> None:
        """Select a wire for the user and say so; wires of folded blocks stand for several."""
        blocks = self.canvas.picture.content.blocks
        if edge[0] in blocks or edge[1] in blocks:
            (x0, y0), (x1, y1) = longest_stretch(self.canvas.picture.layout.routes[edge])
            self.say("Unfold the block to select its wires.", self.camera.px(((x0 + x1) / 2, (y0 + y1) / 2)), True)
            return
        self.select(())
        self.canvas.mark_edge(edge)
        self._focused = edge[0]
        self._marks_changed()
        self._announce_edge(edge)

    def say(self, words: str, at: QPointF | None = None, refusal: bool = False) -> None:
        """Show words at the pointer."""
        self.overlays.say(words, at, refusal)

    def select_all(self) -> None:
        """Select every node."""
        self.select(tuple(self.canvas.picture.nodes))

    def walk(self, arrow: Arrow, extend: bool) -> None:
        """Focus and select the node that an arrow leads to; from a wire that is one of its ends."""
        edge = self.canvas.marks.edge
        goal = step_off(self.canvas.picture, edge, arrow) if edge else walk(self.canvas.picture, self._focused, arrow)
        if isinstance(goal, tuple):
            self._go_to_edge(goal)
        elif goal is not None:
            self._go_to_node(goal, extend)

    def walk_edges(self, arrow: Arrow) -> None:
        """Select the wire that an arrow leads to, from a wire or from the focused node."""
        edge, picture = self.canvas.marks.edge, self.canvas.picture
        if edge is not None:
            goal = edge_after(picture, edge, arrow)
        else:
            goal = edge_from(picture, self._focused, arrow) if self._focused in picture.nodes else None
        if goal is not None:
            self._go_to_edge(goal)

    def _go_to_edge(self, edge: EdgeKey) -> None:
        self.select_edge(edge)
        (x0, y0), (x1, y1) = longest_stretch(self.canvas.picture.layout.routes[edge])
        self.camera.reveal(Rect((x0 + x1) / 2, (y0 + y1) / 2, 0.0, 0.0))
        self._moved_by_user()

    def _go_to_node(self, node: str, extend: bool) -> None:
        before = tuple(n for n in self.canvas.picture.nodes if n in self.canvas.marks.selected and n != node)
        self.select((*before, node) if extend else (node,))
        self._focused = node
        self.camera.reveal(self.canvas.picture.layout.boxes[node])
        self._moved_by_user()
        self._describe()

    def _announce_edge(self, edge: EdgeKey | None) -> None:
        self._announced = edge
        self.edge_selected.emit(edge)

    def _marks_changed(self) -> None:
        self.overlays.minimap.show_marks(self.canvas.marks)
        self._describe()

    def _describe(self) -> None:
        """Tell assistive technology which node or wire is focused."""
        name = self._name()
        if name != self.accessibleName():
            self.setAccessibleName(name)
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.NameChanged))

    def _name(self) -> str:
        picture, edge = self.canvas.picture, self.canvas.marks.edge
        if edge is not None:
            label = next((e.label for e in picture.shown.edges if e.key == edge), "")
            return spoken_edge(picture.nodes[edge[0]], picture.nodes[edge[1]], label)
        focused = picture.nodes.get(self._focused) if self._focused else None
        return spoken(focused) if focused is not None else f"Network, {len(picture.model.nodes)} layers"
