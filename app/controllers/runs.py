"""Running jobs on the design: submit a snapshot, enter what comes back into the ledger."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMessageBox, QWidget

from app.controllers.data import LOOKED_AT
from app.controllers.submission import Submission
from app.controllers.tool_runs import ToolRuns, on
from app.document import Document
from app.job_bridge import JobBridge
from app.live import LiveNumbers
from app.own_runs import KeptRuns
from app.preferences import Preferences
from app.presenters.timeline import has_timeline
from app.versions import Versions
from engine.calibration import Record, records_of
from engine.estimate import Level
from engine.flows.flow import JobOffer
from engine.flows.registry import flow
from engine.jobs.view import JobView
from engine.project import Figures, Run, design_digest, design_to_json, json_digest


class RunController(QObject):
    """Jobs of one document. `finished` carries the view of each that ended, `refused` why one was not started,
    `layers_requested` asks for the layers of the design as it is; `learned` says that one has taught estimates."""

    changed = Signal()
    started = Signal()
    finished = Signal(object)
    refused = Signal(str)
    layers_requested = Signal()
    learned = Signal()

    def __init__(
        self,
        document: Document,
        bridge: JobBridge,
        live: LiveNumbers,
        own_runs: KeptRuns,
        preferences: Callable[[], Preferences],
    ) -> None:
        super().__init__(document)
        self.tools = ToolRuns(preferences)
        self._document, self._bridge, self._live, self._own_runs = document, bridge, live, own_runs
        self._owner = document.session.folder.name
        self.versions = Versions(document)
        self._submitted: dict[str, Submission] = {}
        self._not_entered: set[str] = set()
        bridge.updated.connect(self._on_update)
        self._renew()

    def offers(self) -> tuple[JobOffer, ...]:
        """What the design's flow can run."""
        design = self._document.design
        return flow(design.target.flow).jobs(design)

    def offer(self, action: str) -> JobOffer | None:
        """What the flow offers under a name."""
        return next((offer for offer in self.offers() if offer.action == action), None)

    def why_not(self, action: str) -> str:
        """Why an action cannot run now, or ''."""
        offer = self.offer(action)
        return self.refusal(action) or (self.tools.why_not(offer) if offer else "")

    def refusal(self, action: str) -> str:
        """Why an action cannot run on the design, wherever its tool stands, or ''."""
        offer = self.offer(action)
        return offer.off if offer else f"{flow(self._document.design.target.flow).label} cannot {action}"

    def title(self, action: str) -> str:
        """What the flow calls an action; '' where it has none such."""
        offer = self.offer(action)
        return offer.label if offer is not None else ""

    def words(self, action: str) -> str:
        """What an action would do now and where, or '' where there is no choice."""
        offer = self.offer(action)
        chosen = offer is not None and (offer.tool or offer.steps)
        return self.tools.words(offer) if offer is not None and chosen and not self.why_not(action) else ""

    def start(self, action: str, **arguments: Any) -> JobView | None:
        """Run an action on the design as it is now; later edits do not reach it."""
        offer, design = self.offer(action), self._document.design
        if offer is None or self.why_not(action):
            return None
        arguments |= self.tools.arguments(offer)
        computer = self.tools.computer(offer) if offer.tool else None
        title = f"{offer.label} {design.name}{f' {on(computer)}' if computer else ''}"
        return self.submit(action, offer.entry, title, arguments, warm=offer.warm, remote=computer is not None)

    def submit(
        self,
        action: str,
        entry: str,
        title: str,
        arguments: dict[str, Any],
        *,
        warm: bool = True,
        remote: bool = False,
        environment: Mapping[str, str] | None = None,
    ) -> JobView:
        """Run a job function on the design as it is now, besides what a flow offers."""
        design = self._document.design
        given = {"design": design_to_json(design), "tensors": str(self._document.tensors.folder)} | arguments
        view = self._bridge.submit(
            self._owner, entry, title, given, warm=warm, remote=remote, environment=environment or {}
        )
        digest = design_digest(design)
        self._submitted[view.id] = Submission(
            action,
            digest,
            design.target.flow,
            {level: self._live.at(level) for level in Level},
            self._live.as_shipped(design),
            design,
        )
        self._not_entered.add(view.id)
        self.versions.remember(digest, design)
        self.changed.emit()
        self.started.emit()
        return view

    def emulate(self, data: Path | None = None) -> None:
        """Emulate on samples from a file, else of the data set, else of the example, else on random numbers."""
        from engine.data.choice import choose_samples
        from engine.emulate.stored import DataError

        try:
            choice = choose_samples(self._document.design.network, data or self._document.design.data, LOOKED_AT)
        except DataError as error:
            self.refused.emit(str(error))
        else:
            self.start("emulate", **choice.arguments)

    def estimated(self, job: JobView) -> Figures:
        """What was estimated for the design that a job was given; none where nobody knows any more."""
        submitted, run = self._submitted.get(job.id), self._entered(job)
        return submitted.figures(self._live.level) if submitted else run.estimated if run else ()

    def edits_since(self, view: JobView) -> int | None:
        """Edits between a job's design and today's, 0 where nothing decides another outcome; None for a job whose
        design is not of this sitting.
        """
        digest = json_digest(view.spec.arguments.get("design") or {})
        since = self.versions.edits_since(digest, view.spec.function)
        return None if since is None else abs(since)

    def find(self, job_id: str) -> JobView:
        """A job by its id; StopIteration for one that this document does not know."""
        return next(view for view in self.jobs() if view.id == job_id)

    def jobs(self) -> tuple[JobView, ...]:
        """This document's jobs, newest first, and those of earlier sittings."""
        mine = [job for job in self._bridge.jobs() if self._bridge.owner(job.id) in (self._owner, "")]
        return tuple(reversed(mine))

    def last_build(self) -> JobView | None:
        """The newest job of this document that knows when the words of its layers move."""
        return next((view for view in self.jobs() if has_timeline(view) and self.own(view)), None)

    def own(self, job: JobView) -> bool:
        """Whether a job is this document's: of this sitting, or in its ledger."""
        return self._bridge.owner(job.id) == self._owner or self._entered(job) is not None

    def reports(self) -> tuple[tuple[int, Run], ...]:
        """Runs of the ledger with figures that no job here stands for, newest first, with their places in it."""
        here = {str(job.folder) for job in self._bridge.jobs()}
        runs = [(place, run) for place, run in enumerate(self._document.runs) if run.totals and run.folder not in here]
        return tuple(reversed(runs))

    def teachable(self) -> tuple[Record, ...]:
        """What the ledger's reports would teach that do not count yet: found in a folder, or from another computer.

        Only those of a design that is known now can be compared with an estimate of today.
        """
        counted = {(record.id, record.estimator) for record in self._own_runs.records}
        found: dict[str, list[Run]] = {}
        for run in self._document.runs:
            if run.totals:
                found.setdefault(run.design, []).append(run)
        records = [record for digest, runs in found.items() for record in self._lessons(digest, runs)]
        return tuple(record for record in records if (record.id, record.estimator) not in counted)

    def learn_from_reports(self) -> None:
        """Let them count."""
        self._learn(self.teachable())

    def _lessons(self, digest: str, runs: list[Run]) -> tuple[Record, ...]:
        design = self.versions.design(digest)
        if design is None:
            return ()
        return records_of(runs, design, self._live.as_shipped(design), flow(design.target.flow).estimator)

    def running(self) -> tuple[JobView, ...]:
        """Jobs that have not ended."""
        return self._bridge.running(self._owner)

    def may_close(self, window: QWidget) -> bool:
        """Whether the window may close: no job is running, or the user lets them end with it."""
        running = self.running()
        if not running:
            return True
        what = f"{running[0].spec.title} is running and ends" if len(running) == 1 else f"{len(running)} jobs end"
        answer = QMessageBox.question(
            window,
            "End jobs?",
            f"{what} with this window. Close it?",
            QMessageBox.StandardButton.Close | QMessageBox.StandardButton.Cancel,
            QMessageBox.StandardButton.Cancel,
        )
        return answer == QMessageBox.StandardButton.Close

    def cancel(self, job_id: str) -> None:
        """End a job."""
        self._bridge.cancel(job_id)

    def cancel_all(self) -> None:
        """End all jobs of this document."""
        self._bridge.cancel_all(self._owner)

    def close(self) -> None:
        """End them and let go of them."""
        self.cancel_all()
        self._bridge.release(self._owner)

    def _entered(self, job: JobView) -> Run | None:
        """The ledger's entry of a job."""
        return next((run for run in self._document.runs if run.folder == str(job.folder)), None)

    def _on_update(self, view: JobView) -> None:
        if view.state.is_final and view.id in self._not_entered:
            self._not_entered.remove(view.id)
            submitted = self._submitted[view.id]
            runs = submitted.runs(view)
            for run in runs:
                self._document.record(run)
            self.finished.emit(view)
            if self._learn(submitted.records(runs)):
                self.learned.emit()
        self.changed.emit()

    def _renew(self) -> None:
        """After the estimator has changed, a project's runs that counted before count again with estimates of today."""
        counted = {record.id for record in self._own_runs.records}
        if counted and self._document.runs:
            self._learn(tuple(record for record in self.teachable() if record.id in counted))

    def _learn(self, records: tuple[Record, ...]) -> bool:
        """Whether estimates may be others now."""
        before = self._own_runs.taught
        try:
            if records:
                self._own_runs.learn(records)
        except OSError as error:
            self.refused.emit(f"Estimates could not learn from this run: {error.strerror}")
        return self._own_runs.taught is not before
