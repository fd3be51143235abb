"""The numbers of a streamed design's run, simulated in a process of its own whenever the hand rests."""

import json
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, QTimer, Signal

import engine
from app.document import Document
from app.rest import SIMULATION_MS
from engine.dataflow import Simulation
from engine.dataflow.codec import simulation_from_json
from engine.design import Design, hardware
from engine.flows.simulator import simulator_command
from engine.project.codec import design_to_json

_HOME = Path(engine.__file__).parent.parent


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
        self._process: QProcess | None = None
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
        return self._rest.isActive() or self._asked is not None

    def close(self) -> None:
        """End the process; nothing is asked any more."""
        self._rest.stop()
        self._document.changed.disconnect(self._follow)
        self._document.gesture_ended.disconnect(self._follow)
        if self._process is not None:
            self._process.finished.disconnect(self._lost)
            self._process.kill()
            self._process.waitForFinished()

    def _follow(self) -> None:
        self._rest.start()

    def _ask(self) -> None:
        """Ask about the document's design unless it is known, is being worked on, or is under a hand."""
        design = self._document.design
        if self._asked is not None or self._document.gesture_number or not self.stale:
            return
        if design.target.io_type != "io_stream":
            self._show(design, None, "")
            return
        self._asked = design
        if self._process is None:
            self._start()
        if self._process is not None:
            self._process.write(json.dumps(design_to_json(design)).encode() + b"\n")

    def _start(self) -> None:
        self._process = process = QProcess(self)
        process.setWorkingDirectory(str(_HOME))
        process.setStandardErrorFile(QProcess.nullDevice())
        process.readyReadStandardOutput.connect(self._read)
        process.finished.connect(self._lost)
        process.errorOccurred.connect(self._not_started)
        program, *arguments = simulator_command()
        process.start(program, arguments)

    def _read(self) -> None:
        process, design = self._process, self._asked
        if process is None or design is None or not process.canReadLine():
            return
        found = json.loads(bytes(process.readLine().data()))
        self._asked = None
        simulation = simulation_from_json(found["simulation"]) if "simulation" in found else None
        self._show(design, simulation, found.get("refusal", ""))
        self._ask()

    def _not_started(self, error: QProcess.ProcessError) -> None:
        """A process that never ran does not finish either."""
        if error is QProcess.ProcessError.FailedToStart:
            self._lost()

    def _lost(self) -> None:
        """There is no process any more: say so, and start another one at the next edit."""
        if self._process is not None:
            self._process.deleteLater()
        design, self._asked, self._process = self._asked, None, None
        if design is not None:
            self._show(design, None, "The simulator stopped; it starts again at the next edit.")

    def _show(self, design: Design, simulation: Simulation | None, refusal: str) -> None:
        self._of, self.simulation, self.refusal = design, simulation, refusal
        self.changed.emit()
