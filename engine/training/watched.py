"""What a training tells while it runs, and how it is made to pause."""

import time
from pathlib import Path

from engine.jobs.reporter import Reporter
from engine.training.checkpoint import Point

PAUSE = "pause"
"""While a file of this name is in the job's folder, training stands still."""

TELL_SECONDS = 0.2
"""Between two looks at the loss: each one waits for the step that runs."""

_POLL_SECONDS = 0.1


class Watched:
    """One phase of a training, `start` to `stop` of the whole job's progress."""

    def __init__(self, reporter: Reporter, phase: str, title: str, epochs: int, part: tuple[float, float]) -> None:
        self.phase, self._title, self._epochs = phase, title, epochs
        self._reporter, self._part = reporter, part

    def begin(self, epoch: int) -> None:
        """Say which epoch begins, counted from 0."""
        self._reporter.phase(f"{self._title}, epoch {epoch + 1} of {self._epochs}")
        self.wait_while_paused()

    def step(self, epochs: float, loss: float) -> None:
        """Say how many epochs are done, parts included, and the mean loss of the present one."""
        start, stop = self._part
        self._reporter.progress(start + (stop - start) * epochs / self._epochs)
        self._reporter.metric("step", f"{self.phase} {epochs:.5g} {loss:.6g}")
        self.wait_while_paused()

    def end(self, point: Point) -> None:
        """Say how an epoch went; the curve holds it already."""
        if point.validation_accuracy is not None:
            self._reporter.metric("validation accuracy", point.validation_accuracy)
        self._reporter.metric("epochs", f"{point.phase} {point.epoch + 1}")

    def wait_while_paused(self) -> None:
        """Stand still as long as somebody wants it so."""
        pause = self._reporter.folder / PAUSE
        if not pause.exists():
            return
        self._reporter.phase("Paused")
        while pause.exists():
            time.sleep(_POLL_SECONDS)
        self._reporter.phase(self._title)


def set_paused(folder: Path, paused: bool) -> None:
    """Ask the training of a job's folder to pause, or to go on. Raises OSError."""
    if paused:
        (folder / PAUSE).touch()
    else:
        (folder / PAUSE).unlink(missing_ok=True)
