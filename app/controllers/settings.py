"""Edits of hardware settings and the target: what inspector, target bar and commands ask for."""

from dataclasses import replace

from PySide6.QtCore import QObject

from app.controllers.edits import EditController
from app.document import Document
from app.selection import Selection
from engine.boards import Board
from engine.design import Design, Requirement, Target, Value, set_on_layers
from engine.design.quantise import FEW_VALUES, quantise_weights
from engine.flows.registry import flow
from engine.ranges.findings import ROLE_WORDS

_ABBREVIATIONS = {"pe", "simd", "ram"}


class SettingsController(QObject):
    """Each method is one undoable edit of what is selected, or of the whole design."""

    def __init__(self, document: Document, selection: Selection, edits: EditController) -> None:
        super().__init__(document)
        self._document, self._selection, self._edits = document, selection, edits

    def set(self, key: str, value: Value | None, names: tuple[str, ...] | None = None) -> None:
        """Set a key on layers, the selected ones by default; None inherits it again."""
        layers = self._selection.names if names is None else names
        shown = "inherited" if value is None else str(value)
        self._edits.apply(f"{self._label(layers, key)} to {shown}", lambda d: set_on_layers(d, layers, key, value))

    def reset(self, key: str) -> None:
        """Inherit a key again on the selected layers."""
        self.set(key, None)

    def reset_all(self) -> None:
        """Inherit everything again on the selected layers."""
        names = set(self._selection.names)

        def edit(design: Design) -> Design:
            return replace(design, layers=tuple(pair for pair in design.layers if pair[0] not in names))

        self._edits.apply(f"Reset settings of {_who(self._selection.names)}", edit)

    def quantise(self, kind: str) -> None:
        """Give the selected layers' weights few values, by a key of FEW_VALUES; '': any again."""
        names, quantizer = self._selection.names, FEW_VALUES.get(kind)
        words = kind.replace("_", " ") or "of their type"
        self._edits.apply(f"Weights of {_who(names)} {words}", lambda d: quantise_weights(d, names, quantizer))

    def set_board(self, board: Board) -> None:
        """Move the design to a board, at its usual clock."""
        self._retarget(f"Board to {board.name}", board=board, clock_ns=board.clock_ns)

    def set_clock(self, period_ns: float) -> None:
        """Change the clock period, in ns."""
        self._retarget(f"Clock to {period_ns:g} ns", clock_ns=period_ns)

    def set_io(self, io_type: str) -> None:
        """Change the interface between layers."""
        self._retarget(f"Interface to {io_type}", io_type=io_type)

    def set_flow(self, flow_id: str) -> None:
        """Change the flow."""
        self._retarget(f"Flow to {flow(flow_id).label}", flow=flow_id)

    def set_requirement(self, requirement: Requirement) -> None:
        """Change what the design must reach."""
        self._edits.apply("Requirement", lambda d: replace(d, requirement=requirement))

    def _retarget(self, text: str, **changes: Board | float | str) -> None:
        def edit(design: Design) -> Design:
            target: Target = replace(design.target, **changes)  # type: ignore[arg-type]
            return replace(design, target=target)

        self._edits.apply(text, edit)

    def _label(self, names: tuple[str, ...], key: str) -> str:
        spelt = " ".join(part.upper() if part in _ABBREVIATIONS else part for part in key.split("_"))
        words = ROLE_WORDS.get(key, spelt)
        return f"{words[0].upper()}{words[1:]} of {_who(names)}"


def _who(names: tuple[str, ...]) -> str:
    return names[0] if len(names) == 1 else f"{len(names)} layers"
