"""Cancelling a training, and killing its worker: how long the one takes, how many epochs the other loses."""

import tempfile
from pathlib import Path
from time import monotonic

import psutil

from engine.jobs.runner import JobRunner
from engine.jobs.spec import JobSpec, job_spec
from engine.jobs.state import JobState
from engine.jobs.view import JobView
from engine.project import design_to_json
from engine.training.checkpoint import CURVE, read_curve
from engine.training.entry import ENTRY, ENVIRONMENT
from engine.training.settings import Start, TrainingSettings
from tests.benchmarks._table import Row
from tests.benchmarks.training.parts.trained import cnn
from tests.engine.jobs.job_support import alive, wait_until

MOST_SECONDS = 2.0
MOST_EPOCHS = 1.0
PATIENCE = 120
FIRST = 5
"""Epochs that a training has behind it before anything happens to it."""
ENDLESS = TrainingSettings(Start.SCRATCH, epochs=100_000)


def run() -> list[Row]:
    """Rows of name, value, unit and limit."""
    with tempfile.TemporaryDirectory() as folder, JobRunner(Path(folder)) as runner:
        seconds, lost = _cancelled(runner), _killed(runner)
    return [
        ("cancel: last process of a training gone", seconds, "s", MOST_SECONDS),
        ("killed worker: epochs begun that are done anew", lost, "", MOST_EPOCHS),
    ]


def _cancelled(runner: JobRunner) -> float:
    view, pids = _under_way(runner)
    began = monotonic()
    runner.cancel(view.id)
    while alive(pids):
        assert monotonic() < began + PATIENCE, "it lives for ever"
    took = monotonic() - began
    assert runner.wait(view.id, PATIENCE).state is JobState.CANCELLED
    return took


def _killed(runner: JobRunner) -> float:
    view, pids = _under_way(runner)
    for pid in pids:
        psutil.Process(pid).kill()
    assert runner.wait(view.id, PATIENCE).state is JobState.FAILED
    begun = int(runner.view(view.id).phase.split("epoch ")[1].split(" ")[0])
    settings = TrainingSettings(Start.SCRATCH, epochs=len(read_curve(view.folder / CURVE)) + 2)
    again = runner.wait(runner.submit(_spec(settings, resume=str(view.folder))).id, PATIENCE)
    assert again.state is JobState.DONE, again.reason
    kept = len(read_curve(view.folder / CURVE))
    assert [point.epoch for point in read_curve(again.folder / CURVE)][kept:] == [kept, kept + 1]
    return float(begun - kept)


def _under_way(runner: JobRunner) -> tuple[JobView, list[int]]:
    """A training that has some epochs behind it, and its processes."""
    # One that gets TensorFlow ready: that takes long on a busy computer, and is not what is measured.
    runner.wait(runner.submit(_spec(TrainingSettings(Start.SCRATCH, epochs=1))).id, PATIENCE)
    view = runner.submit(_spec(ENDLESS))
    wait_until(runner, view.id, lambda now: _epochs(now) >= FIRST)
    return view, [process.pid for process in psutil.Process().children(recursive=True)]


def _epochs(view: JobView) -> int:
    return int(str(view.metric("epochs") or "none 0").split()[1])


def _spec(settings: TrainingSettings, **more: str) -> JobSpec:
    with tempfile.TemporaryDirectory() as nowhere:
        arguments = {"design": design_to_json(cnn(6)), "tensors": nowhere, "settings": settings.to_json()}
    return job_spec(ENTRY, "Train", arguments | more, environment=ENVIRONMENT, warm=True)
