"""How far the design has moved since a run: versions of this sitting, found again in the undo history."""

from app.document import Document
from engine.design import Design, hardware
from engine.project import design_digest


class Versions:
    """Knows the designs that were run in this sitting, and the one that was opened, by their digest."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._known: dict[str, tuple[object, ...]] = {}
        if document.runs:
            self.remember(design_digest(document.design), document.design)

    def remember(self, digest: str, design: Design) -> None:
        """Note a design that is about to be run."""
        self._known[digest] = hardware(design)

    def edits_since(self, digest: str) -> int | None:
        """Edits from a design to the one shown, below 0 where undo has gone behind it; None: it is not to be found.

        Renaming, moving and requirements count as edits, but make no other hardware.
        """
        known = self._known.get(digest)
        if known is None:
            return 0 if digest == design_digest(self._document.design) else None
        if known == hardware(self._document.design):
            return 0
        now, steps = self._document.undo_stack.index(), self._document.steps()
        found = [now - place for place, design in enumerate(steps) if hardware(design) == known]
        return min(found, key=abs, default=None)
