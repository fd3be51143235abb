"""Edits of FIFO depths, led by the simulated run."""

from PySide6.QtCore import QObject

from app.controllers.edits import EditController
from app.document import Document
from app.simulated import SimulatedNumbers
from engine.advice import fifo_blocks, needed_depths
from engine.design import set_fifo_depths
from engine.flows.registry import flow


class FifoController(QObject):
    """Each method is one undoable edit."""

    def __init__(self, document: Document, simulated: SimulatedNumbers, edits: EditController) -> None:
        super().__init__(document)
        self._document, self._simulated, self._edits = document, simulated, edits

    def none(self) -> str:
        """Why there are no FIFOs, or ''."""
        return "" if self._document.design.target.io_type == "io_stream" else "there are no FIFOs in io_parallel"

    def why_not(self) -> str:
        """Why depths cannot be set as a run needs them, or ''."""
        simulated = self._simulated
        if self.none():
            return self.none()
        if simulated.pending or simulated.stale:
            return "the run is being simulated"
        if simulated.simulation is None:
            return simulated.refusal or "there is no simulated run"
        if simulated.simulation.sizing.run.deadlock:
            return "the run hangs whatever the depths"
        if self._document.design.fifo_depths == tuple(sorted(simulated.simulation.sizing.depths)):
            return "all FIFOs are as deep as a run needs them"
        return ""

    def saving(self) -> str:
        """What setting them would do to block memory: `BRAM of FIFOs from 299 to 47`."""
        built, needed = self._blocks()
        return "" if self.why_not() else f"BRAM of FIFOs from {built:,} to {needed:,}"

    def saved_blocks(self) -> int:
        """RAMB18 that setting them would free."""
        built, needed = self._blocks()
        return 0 if self.why_not() else built - needed

    def set_needed(self) -> None:
        """Give every FIFO the least depth that costs neither latency nor interval."""
        simulation = self._simulated.simulation
        if not self.why_not() and simulation is not None:
            fix = needed_depths(simulation)
            self._edits.apply(f"{fix.text}: {self.saving()}", fix.edit)

    def set(self, name: str, depth: int) -> None:
        """Choose the depth of one FIFO."""
        chosen = {**dict(self._document.design.fifo_depths), name: depth}
        self._edits.apply(f"FIFO {name}: {depth:,} deep", lambda design: set_fifo_depths(design, chosen))

    def reset_off(self) -> str:
        """Why there is nothing to reset, or ''."""
        return "" if self._document.design.fifo_depths else "no depth was set"

    def reset(self) -> None:
        """Leave all depths to the flow again."""
        self._edits.apply("Reset FIFO depths", lambda design: set_fifo_depths(design, {}))

    def _blocks(self) -> tuple[int, int]:
        simulation = self._simulated.simulation
        return (0, 0) if simulation is None else fifo_blocks(simulation, flow(self._document.design.target.flow))
