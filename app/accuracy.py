"""What the hardware computes of a sample, bit for bit, evaluated in a process of its own after every edit."""

from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from app.asker import Asker
from app.document import Document
from app.rest import ACCURACY_MS
from engine.design import Design
from engine.emulate.decisive import decides_numbers
from engine.flows.evaluator import evaluator_command
from engine.project.codec import design_to_json

UNTRAINED = "No weights yet: open a trained network."
_LOST = "The evaluation stopped, perhaps for lack of memory; it starts again at the next edit."


class LiveAccuracy(QObject):
    """Keeps the newest comparison of the hardware with the float network, as an emulate job's result has it.

    One design is under way at a time, also while a hand drags; when its answer comes, the newest goes next. The process
    starts with the first design that has weights, and ends with the window. Designs that are owed come when the present
    one is known; `found` carries each with its comparison.
    """

    changed = Signal()
    found = Signal(object, object)

    def __init__(self, document: Document) -> None:
        super().__init__(document)
        self._document = document
        self.comparison: dict[str, Any] | None = None
        self.refusal = ""
        """Why there is no comparison of the design that was asked about last."""
        self._of: object = None
        self._asked: object = None
        self._known: tuple[Design, object] | None = None
        self._owed: list[Design] = []
        self._paying: Design | None = None
        self.asker = Asker(lambda: evaluator_command(), self)
        self.asker.answered.connect(self._take)
        self.asker.lost.connect(self._say_lost)
        self._soon = QTimer(self, singleShot=True, interval=ACCURACY_MS)
        self._soon.timeout.connect(self._ask)
        document.changed.connect(self._follow)
        self._soon.start()

    @property
    def stale(self) -> bool:
        """Whether the comparison is of a design that may compute other numbers, or of other samples."""
        return self._of != self._key()

    @property
    def pending(self) -> bool:
        """Whether an answer is on its way, or will be asked for."""
        return self._soon.isActive() or (self.asker.busy and self._paying is None)

    def owe(self, design: Design) -> None:
        """Evaluate this design too, however soon it is edited further."""
        self._owed.append(design)
        self._follow()

    def close(self) -> None:
        """End the process; nothing is asked any more."""
        self._soon.stop()
        self._document.changed.disconnect(self._follow)
        self.asker.close()

    def _follow(self) -> None:
        """Not later for every further edit: a drag shall see numbers."""
        if not self._soon.isActive():
            self._soon.start()

    def _ask(self) -> None:
        """Ask about the document's design unless it is known, or another one is under way."""
        if self.asker.busy:
            return
        if not self.stale:
            self._pay()
            return
        design, self._asked = self._document.design, self._key()
        if not any(layer.weights for layer in design.network.layers):
            self._show(None, UNTRAINED)
            self._pay()
            return
        self._evaluate(design)

    def _evaluate(self, design: Design) -> None:
        self.asker.ask({"design": design_to_json(design), "tensors": str(self._document.tensors.folder)})

    def _pay(self) -> None:
        """Evaluate the next design that is owed; what is known already is told at once."""
        while self._owed and not self.asker.busy:
            design = self._owed.pop(0)
            if (decides_numbers(design), design.data) == self._of:
                self._tell(design, self.comparison)
            elif any(layer.weights for layer in design.network.layers):
                self._paying = design
                self._evaluate(design)

    def _tell(self, design: Design, comparison: dict[str, Any] | None) -> None:
        if comparison is not None:
            self.found.emit(design, comparison)

    def _take(self, found: dict[str, Any]) -> None:
        paid, self._paying = self._paying, None
        if paid is None:
            self._show(found.get("comparison"), found.get("refusal", ""))
        else:
            self._tell(paid, found.get("comparison"))
        self._ask()

    def _say_lost(self) -> None:
        if self._paying is None:
            self._show(None, _LOST)
        self._paying = None

    def _show(self, comparison: dict[str, Any] | None, refusal: str) -> None:
        self._of, self.comparison, self.refusal = self._asked, comparison, refusal
        self.changed.emit()

    def _key(self) -> object:
        """What decides the numbers; worked out once for a design."""
        design = self._document.design
        if self._known is None or self._known[0] is not design:
            self._known = design, decides_numbers(design)
        return self._known[1], design.data
