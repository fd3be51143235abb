"""What this sitting did: one point for each undo step, for the strip of edits."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from app.document import Document
from app.live import LiveNumbers
from engine.estimate import Estimate


@dataclass(frozen=True, slots=True)
class Step:
    """The name of an edit and the estimate after it."""

    label: str
    estimate: Estimate


class Sitting(QObject):
    """Steps by undo index; index 0 is the design as it was opened."""

    changed = Signal()

    def __init__(self, document: Document, live: LiveNumbers) -> None:
        super().__init__(document)
        self._stack, self._live = document.undo_stack, live
        self.steps: tuple[Step, ...] = (Step("Opened", live.estimate),)
        # Qt says so after a push, a merge, an undo and a redo alike.
        self._stack.indexChanged.connect(self._follow)

    @property
    def current(self) -> int:
        """The index of the step that is shown."""
        return self._stack.index()

    def _follow(self, index: int) -> None:
        if index:
            step = Step(self._stack.text(index - 1), self._live.estimate)
            kept = self.steps[:index]
            known = self.steps[index + 1 : self._stack.count() + 1]
            self.steps = (*kept, step, *known)
        self.changed.emit()
