"""Training: start, pause, cancel, follow; afterwards the weights are the document's, as one edit."""

from PySide6.QtCore import QObject, Signal

from app.controllers.edits import EditController
from app.controllers.runs import RunController
from app.document import Document
from engine.design import Design
from engine.emulate.decisive import decides_numbers
from engine.environment import added_by, missing_for_training
from engine.jobs.state import JobState
from engine.jobs.view import JobView
from engine.network import TensorStore
from engine.training.checkpoint import CURVE, Point, read_curve
from engine.training.edit import take_over, trained_from_json, with_trained
from engine.training.entry import ENTRY, ENVIRONMENT
from engine.training.errors import NotTrainableError
from engine.training.settings import Start, TrainingSettings
from engine.training.unfinished import is_cut_short, unfinished
from engine.training.untrained import without_weights
from engine.training.watched import set_paused

ACTION = "train"
_MOST_LOOKS = 2000
"""Looks at the loss that are kept: of more, every second one goes, so that curves of days can still be drawn."""


class TrainingController(QObject):
    """The newest training of one document. `changed` says that something is to be shown anew."""

    changed = Signal()

    def __init__(self, document: Document, runs: RunController, edits: EditController) -> None:
        super().__init__(document)
        self._document, self._runs, self._edits = document, runs, edits
        self.settings: TrainingSettings | None = None
        """Those of the last training."""
        self._id = ""
        self.live: list[tuple[str, float, float]] = []
        """Looks at the loss within epochs: phase, epochs done, loss."""
        self.points: tuple[Point, ...] = ()
        self._epochs: object = None
        self._waiting: JobView | None = None
        self._given: Design | None = None
        self._result: object = None
        runs.changed.connect(self._follow)
        runs.finished.connect(self._finish)
        document.gesture_ended.connect(self._apply)

    @property
    def job(self) -> JobView | None:
        """The newest training; None before the first."""
        return self._runs.find(self._id) if self._id else None

    @property
    def running(self) -> bool:
        """Whether it is under way."""
        job = self.job
        return job is not None and not job.state.is_final

    @property
    def paused(self) -> bool:
        """Whether it stands still."""
        job = self.job
        return self.running and job is not None and job.phase == "Paused"

    @property
    def is_present(self) -> bool:
        """Whether the design computes what the newest training's figures are of."""
        return self._result == decides_numbers(self._document.design)

    def off(self) -> str:
        """Why nothing can be trained now, or ''."""
        network = self._document.design.network
        whole = network.inputs and network.outputs and all(network.shapes[name] for name in network.order)
        if not whole:
            return "complete the network first"
        if missing := missing_for_training():
            packages = f"Install it: `make setup-all`, or the extra `training` of the package ({', '.join(missing)})."
            return f"the part Training is not here. {added_by(packages)}"
        return "" if self._document.design.data else "choose a data set first"

    def usual_start(self) -> Start:
        """Present weights where there are any."""
        return Start.FLOAT if without_weights(self._document.design.network) else Start.PRESENT

    def look_back(self) -> None:
        """Take up the design's last training of an earlier sitting, if that was cut short and there is none of this."""
        found = None if self._id else unfinished(self._runs.jobs(), self._document.design)
        if found is None:
            return
        try:
            settings = TrainingSettings.from_json(found.spec.arguments["settings"])
        except NotTrainableError:
            # Another version's, with a setting that is not known here.
            return
        self._id, self._given, self.settings = found.id, self._document.design, settings
        self.points = read_curve(found.folder / CURVE)

    @property
    def cut_short(self) -> bool:
        """Whether it ended before it was done and has epochs to go on from."""
        job = self.job
        return job is not None and is_cut_short(job) and bool(self.points)

    def no_resuming(self) -> str:
        """Why a training that was cut short cannot go on, or ''."""
        if not self.cut_short or self._given is None:
            return "nothing is being trained"
        same = decides_numbers(self._given) == decides_numbers(self._document.design)
        return "" if same else "the design is another one now: undo, or train anew"

    def resume(self) -> None:
        """Go on after the last epoch of a training that was cut short."""
        job = self.job
        if job is not None and self.settings is not None and not self.no_resuming():
            self._start(self.settings, {"resume": str(job.folder)})

    def start(self, settings: TrainingSettings) -> None:
        """Train the design as it is now."""
        self._start(settings, {})

    def _start(self, settings: TrainingSettings, more: dict[str, str]) -> None:
        self.settings, self.live, self.points, self._epochs = settings, [], (), None
        self._given, self._result = self._document.design, None
        title = f"Train {self._document.design.name}"
        arguments = {"settings": settings.to_json()} | more
        self._id = self._runs.submit(ACTION, ENTRY, title, arguments, environment=ENVIRONMENT).id
        self.changed.emit()

    def pause(self, paused: bool) -> None:
        """Let it stand still, or go on."""
        job = self.job
        if job is not None and self.running:
            set_paused(job.folder, paused)

    def cancel(self) -> None:
        """End it; nothing of it is used."""
        if self.running:
            self._runs.cancel(self._id)

    def _follow(self) -> None:
        job = self.job
        if job is None:
            return
        self._look(job)
        if job.metric("epochs") != self._epochs:
            self._epochs = job.metric("epochs")
            self.points = read_curve(job.folder / CURVE)
        self.changed.emit()

    def _look(self, job: JobView) -> None:
        step = job.metric("step")
        if isinstance(step, str) and job.state is JobState.RUNNING:
            phase, epochs, loss = step.split()
            look = (phase, float(epochs), float(loss))
            if look not in self.live[-1:]:
                self.live.append(look)
                if len(self.live) > _MOST_LOOKS:
                    del self.live[:-1:2]

    def _finish(self, job: JobView) -> None:
        if job.id != self._id:
            return
        self.points = read_curve(job.folder / CURVE)
        if job.state is JobState.DONE and not job.result["diverged"]:
            self._waiting = job
            self._apply()
        self.changed.emit()

    def _apply(self) -> None:
        """Use the weights, once no hand is dragging: the drag's step is its own."""
        job = self._waiting
        if job is None or self._given is None or self._document.gesture_number:
            return
        self._waiting = None
        weights = trained_from_json(job.result["weights"])
        take_over(weights, TensorStore(job.folder / "tensors"), self._document.tensors)
        self._result = decides_numbers(with_trained(self._given, weights))
        self._edits.apply("Train the weights", lambda design: with_trained(design, weights))
