"""Types suggested by the ranges that were measured: each use of them is one undoable edit."""

from PySide6.QtCore import QObject

from app.controllers.edits import EditController
from app.document import Document
from app.ranges import MeasuredRanges
from engine.flows.registry import flow
from engine.precision import FixedType
from engine.ranges import Method, suggested_types
from engine.ranges.suggest import apply_types


class RangesController(QObject):
    """`layers` empty: all of them."""

    def __init__(self, document: Document, measured: MeasuredRanges, edits: EditController) -> None:
        super().__init__(document)
        self._document, self._measured, self._edits = document, measured, edits

    def types(self, method: Method, layers: tuple[str, ...] = ()) -> dict[tuple[str, str], FixedType]:
        """(layer, role) → the type suggested, where it is another one."""
        design = self._document.design
        known = flow(design.target.flow)
        return suggested_types(design, self._measured.ranges, known, self._document.tensors, method, layers)

    def use(self, method: Method, layers: tuple[str, ...] = ()) -> None:
        """Set the types suggested."""
        types = self.types(method, layers)
        where = layers[0] if len(layers) == 1 else "all layers" if not layers else f"{len(layers)} layers"
        self._edits.apply(f"Types by {WORDS[method].lower()}: {where}", lambda design: apply_types(design, types))


WORDS = {
    Method.TRIM: "Bits that are used",
    Method.MIN_MAX: "Smallest and largest",
    Method.PERCENTILE: "All but 0.1 %",
    Method.MSE: "Least error",
    Method.EXACT: "Exact sums",
}
"""Each method in words."""
HELP = {
    Method.TRIM: "The same step, without the bits that no number seen uses, and with those that are missing.",
    Method.MIN_MAX: "The same width; the point where every number fits.",
    Method.PERCENTILE: "The same width; one number in a thousand is clipped, the others gain precision.",
    Method.MSE: "The same width; the point where the mean square error is least, clipped numbers included.",
    Method.EXACT: "Sums that cannot overflow whatever the input, worked out from the weights; no data needed.",
}
