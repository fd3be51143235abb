"""The numbers of a streamed design's run, simulated in a process of its own whenever the hand rests."""

from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from app.asker import Asker
from app.document import Document
from app.rest import SIMULATION_MS
from engine.dataflow import Simulation
from engine.dataflow.codec import simulation_from_json
from engine.design import Design, hardware
from engine.flows.simulator import simulator_command
from engine.project.codec import design_to_json


class SimulatedNumbers(QObject):
    """Keeps the newest simulation. The process starts with the first design that streams, and ends with the window.

    One design is under way at a time; when its answer comes and the design has moved on, the newest goes next.
    """

    changed = Signal()

    def __init__(self, document: Document) -> None:
        super().__init__(document)
        self._document = document
        self.simulation: Simulation | None = None
        self.refusal = ""
        """Why there is no simulation of the design that was asked about last."""
        self._of: Design | None = None
        self._asked: Design | None = None
        self.asker = Asker(lambda: simulator_command(), self)
        self.asker.answered.connect(self._take)
        self.asker.lost.connect(self._say_lost)
        self._rest = QTimer(self, singleShot=True, interval=SIMULATION_MS)
        self._rest.timeout.connect(self._ask)
        document.changed.connect(self._follow)
        document.gesture_ended.connect(self._follow)
        self._rest.start()

    @property
    def stale(self) -> bool:
        """Whether the numbers are of an earlier design."""
        return self._of is None or hardware(self._of) != hardware(self._document.design)

    @property
    def pending(self) -> bool:
        """Whether an answer is on its way, or will be asked for."""
        return self._rest.isActive() or self.asker.busy

    def close(self) -> None:
        """End the process; nothing is asked any more."""
        self._rest.stop()
        self._document.changed.disconnect(self._follow)
        self._document.gesture_ended.disconnect(self._follow)
        self.asker.close()

    def _follow(self) -> None:
        self._rest.start()

    def _ask(self) -> None:
        """Ask about the document's design unless it is known, is being worked on, or is under a hand."""
        design = self._document.design
        if self.asker.busy or self._document.gesture_number or not self.stale:
            return
        if design.target.io_type != "io_stream":
            self._show(design, None, "")
            return
        self._asked = design
        self.asker.ask(design_to_json(design))

    def _take(self, found: dict[str, Any]) -> None:
        simulation = simulation_from_json(found["simulation"]) if "simulation" in found else None
        self._show(self._asked, simulation, found.get("refusal", ""))
        self._ask()

    def _say_lost(self) -> None:
        """There is no process any more: another one starts at the next edit."""
        self._show(self._asked, None, "The simulator stopped; it starts again at the next edit.")

    def _show(self, design: Design | None, simulation: Simulation | None, refusal: str) -> None:
        self._of, self.simulation, self.refusal = design, simulation, refusal
        self.changed.emit()
