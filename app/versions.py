"""How far the design has moved since a run: versions of this sitting, found again in the undo history."""

from app.document import Document
from engine.design import Design, hardware
from engine.emulate.decisive import decides_numbers
from engine.project import design_digest

EMULATE = "emulate"
"""The action whose figures are numbers that the network computes."""


class Versions:
    """Knows the designs that were run in this sitting, and the one that was opened, by their digest."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._known: dict[str, Design] = {}
        if document.runs:
            self.remember(design_digest(document.design), document.design)

    def remember(self, digest: str, design: Design) -> None:
        """Note a design that is about to be run."""
        self._known[digest] = design

    def design(self, digest: str) -> Design | None:
        """The design of a digest, as far as this sitting knows it."""
        known, now = self._known.get(digest), self._document.design
        return now if known is None and digest == design_digest(now) else known

    def edits_since(self, digest: str, action: str = "") -> int | None:
        """Edits from a design to the one shown, below 0 where undo has gone behind it; None: it is not to be found.

        Renaming, moving and requirements count as edits, but make no other hardware; for an emulation only that
        counts which decides its numbers.
        """
        decisive = decides_numbers if action == EMULATE else hardware
        found = self._known.get(digest)
        if found is None:
            return 0 if digest == design_digest(self._document.design) else None
        known = decisive(found)
        if known == decisive(self._document.design):
            return 0
        now, steps = self._document.undo_stack.index(), self._document.steps()
        ages = [now - place for place, design in enumerate(steps) if decisive(design) == known]
        return min(ages, key=abs, default=None)
