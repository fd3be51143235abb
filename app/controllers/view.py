"""How the canvas shows the design: overlay, layout, folded blocks, the converter's layers, zoom."""

from PySide6.QtCore import QObject, Signal

from app.document import Document
from app.live import LiveNumbers
from app.presenters.canvas import NONE, CanvasPresenter
from app.selection import Selection
from engine.advice import fullest
from engine.advice.words import resource_name
from engine.estimate import RESOURCES
from widgets import theme
from widgets.canvas.model import CanvasModel, Heat
from widgets.canvas.view import CanvasView


class ViewController(QObject):
    """Keeps the canvas up to date. None of this belongs to the document."""

    shown = Signal()
    """After the canvas got a new model."""

    def __init__(self, canvas: CanvasView, document: Document, live: LiveNumbers, selection: Selection) -> None:
        super().__init__(document)
        self._canvas, self._document, self._live, self._selection = canvas, document, live, selection
        self._presenter = CanvasPresenter()
        self.overlay, self.rows, self.shows_built = fullest(live.estimate), True, False
        self._folded: frozenset[str] = frozenset()
        self.model = CanvasModel()
        canvas.fold_toggled.connect(self._toggle)
        theme.signals().changed.connect(self._recolour)
        self._recolour()

    def refresh(self) -> None:
        """Give the canvas what the document and its numbers are now."""
        built = self._live.flow.lower(self._document.design) if self.shows_built else ()
        self.model = self._presenter.model(
            self._document.design,
            self._live.estimate,
            self._live.flow,
            self.overlay,
            self._live.findings,
            self._folded,
            built,
        )
        self._canvas.set_model(self.model)
        self.shown.emit()

    def set_overlay(self, name: str) -> None:
        """Colour the nodes by another quantity."""
        self.overlay = name
        self._recolour()
        self.refresh()

    def toggle_rows(self) -> None:
        """Rows, or top-down."""
        self.rows = not self.rows
        self._canvas.set_layout("rows" if self.rows else "top-down")

    def toggle_built(self) -> None:
        """Show or hide what the converter inserts."""
        self.shows_built = not self.shows_built
        self.refresh()

    def block_of_selection(self) -> str:
        """The innermost block that holds the selected layer, or ''."""
        holding = [block for block in self.model.blocks if set(self._selection.names) & set(block.members)]
        return min(holding, key=lambda block: len(block.members)).id if holding else ""

    def toggle_fold(self) -> None:
        """Fold or unfold the block of the selection."""
        self._toggle(self.block_of_selection())

    def fit(self) -> None:
        """Show the selection as large as it fits."""
        self._canvas.fit_selection()

    def fit_all(self) -> None:
        """Show the whole network."""
        self._canvas.fit_all()

    def zoom_in(self) -> None:
        """A step nearer."""
        self._canvas.zoom_step(1)

    def zoom_out(self) -> None:
        """A step farther."""
        self._canvas.zoom_step(-1)

    def _toggle(self, block: str) -> None:
        """Fold or unfold; a folded block stands for its members, so with one selected all of them are."""
        self._folded ^= {block}
        members = next((each.members for each in self.model.blocks if each.id == block), ())
        if block in self._folded and not set(members).isdisjoint(self._selection.names):
            self._selection.set((*self._selection.names, *members))
        self.refresh()
        self._canvas.set_selection(self._selection.names)

    def _recolour(self) -> None:
        if self.overlay == NONE:
            self._canvas.set_heat(None)
            return
        token = f"resource.{resource_name(self.overlay)}" if self.overlay in RESOURCES else "accent"
        self._canvas.set_heat(Heat(resource_name(self.overlay), theme.current().color(token).name()))
