"""The numbers that move while the mouse is down: estimate and findings of the document's design."""

from PySide6.QtCore import QObject, QTimer, Signal

from app.document import Document
from app.own_runs import KeptRuns
from app.ranges import MeasuredRanges
from app.rest import ADVICE_MS
from app.simulated import SimulatedNumbers
from engine.advice import Finding, findings
from engine.dataflow import Simulation
from engine.design import Design
from engine.estimate import Estimate, Level
from engine.flows.flow import Flow
from engine.flows.registry import flow
from engine.ranges.findings import range_findings


class LiveNumbers(QObject):
    """Estimates the design at every change, and looks for findings when changes pause."""

    estimated = Signal()
    advised = Signal()
    recalibrated = Signal()
    """Own runs have changed all estimates, also those of earlier designs."""

    def __init__(
        self, document: Document, safe_share: float, simulated: SimulatedNumbers, own_runs: KeptRuns, level: Level
    ) -> None:
        super().__init__(document)
        self._document, self._simulated, self._own_runs = document, simulated, own_runs
        self.safe_share, self._level = safe_share, level
        self._measured: MeasuredRanges | None = None
        self.findings: tuple[Finding, ...] = ()
        self.estimate = self.of(document.design)
        self.before = self.estimate
        """The estimate before the current edit, for the ghost mark."""
        self._gesture = 0
        self._advice = QTimer(self, singleShot=True, interval=ADVICE_MS)
        self._advice.timeout.connect(self._advise_at_rest)
        document.changed.connect(self._follow)
        document.gesture_ended.connect(self._advice.start)
        simulated.changed.connect(self._advise_at_rest)
        own_runs.changed.connect(self._recalibrate)
        self.advise()

    @property
    def flow(self) -> Flow:
        """The flow that the design is meant for, with estimates of the level in force, corrected by own runs."""
        return flow(self._document.design.target.flow).at(self._level, self._own_runs.taught)

    @property
    def level(self) -> Level:
        """The tool whose reports the numbers foretell."""
        return self._level

    def at(self, level: Level) -> Estimate:
        """The document's estimate at a level."""
        return self.estimate if level is self._level else self.of(self._document.design, level)

    def as_shipped(self, design: Design) -> dict[Level, Estimate]:
        """A design's estimates without own runs: what they are compared with."""
        known = flow(design.target.flow)
        return {level: known.at(level).estimate(design, self._document.tensors) for level in Level}

    def set_level(self, level: Level) -> None:
        """Foretell another tool's reports."""
        if level is not self._level:
            self._level = level
            self._begin_anew()

    def _recalibrate(self) -> None:
        self._begin_anew()
        self.recalibrated.emit()

    def _begin_anew(self) -> None:
        """Estimates are others now. The marks of before the edit go: they are not to be compared with them."""
        self.estimate = self.before = self.of(self._document.design)
        self.estimated.emit()
        self.advise()

    @property
    def simulation(self) -> Simulation | None:
        """The simulated run of the design as it is now, once it is there."""
        return None if self._simulated.stale else self._simulated.simulation

    def follow_ranges(self, measured: MeasuredRanges) -> None:
        """Also say from now on which numbers were seen to overflow."""
        self._measured = measured
        measured.changed.connect(self._advise_at_rest)

    def advise(self) -> None:
        """Look for findings now."""
        self._advice.stop()
        design = self._document.design
        found = findings(design, self.estimate, self.flow, self._document.tensors, self.safe_share, self.simulation)
        seen = range_findings(design, self._measured.ranges, self.flow) if self._measured else ()
        self.findings = tuple(sorted((*found, *seen), key=lambda finding: -finding.severity))
        self.advised.emit()

    def _advise_at_rest(self) -> None:
        # Findings cost more than a frame: a hand that has taken hold again comes first, and calls when it lets go.
        if not self._document.gesture_number:
            self.advise()

    def _follow(self, _before: Design, after: Design) -> None:
        gesture = self._document.gesture_number
        if not gesture or gesture != self._gesture:
            self.before = self.estimate
        self._gesture = gesture
        self.estimate = self.of(after)
        self.estimated.emit()
        if not gesture:
            self._advice.start()

    def of(self, design: Design, level: Level | None = None) -> Estimate:
        """The estimate of a design that has the document's weights."""
        known = flow(design.target.flow).at(level or self._level, self._own_runs.taught)
        return known.estimate(design, self._document.tensors)
