"""One job of a runner: its present view, changed from several threads, and the flags that steer it."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from engine.jobs.events import Event, Metric, Phase, Progress
from engine.jobs.folder import write_state
from engine.jobs.reasons import explain_disk
from engine.jobs.state import JobState, check_move
from engine.jobs.view import JobView, with_metric

MAX_METRICS = 1_000
"""How many different metrics of a job are kept."""


class Job:
    """A job on its way through the runner.

    `over` is set when the job should be looked at: it has ended, or is to be ended. `finished` is set when
    its state is final.
    """

    def __init__(self, view: JobView, owner: dict[str, Any], publish: Callable[[JobView], None]) -> None:
        self.over = threading.Event()
        self.finished = threading.Event()
        self.cancel_requested = False
        self._view = view
        self._owner = owner
        self._publish = publish
        self._lock = threading.RLock()
        self._began = 0.0
        self._stored = _milestones(view)
        if view.state.is_final:
            self.finished.set()

    @property
    def view(self) -> JobView:
        """How the job goes at this moment."""
        return self._view

    def start(self, worker_token: str) -> bool:
        """Go from queued to running on a worker; return False if the job has been cancelled meanwhile."""
        with self._lock:
            if self._view.state.is_final:
                return False
            self._owner = {**self._owner, "token": worker_token}
            self._began = time.monotonic()
            self._move(JobState.RUNNING, started=time.time())
            return True

    def cancel(self) -> None:
        """Cancel at once if queued; otherwise ask the thread that runs the job to end it."""
        with self._lock:
            self.cancel_requested = True
            self.over.set()
            if self._view.state is JobState.QUEUED:
                self.finish(JobState.CANCELLED)

    def apply(self, event: Event) -> None:
        """Take in what the worker reports on the way."""
        match event:
            case Phase(text):
                self._change(phase=text)
            case Progress(fraction):
                self._change(progress=fraction)
            case Metric(name, value):
                metrics = with_metric(self._view.metrics, name, value)
                if len(metrics) <= MAX_METRICS:
                    self._change(metrics=metrics)

    def sample(self, memory: int, message: str) -> None:
        """Take in the memory in bytes that the job uses now and the last line of its log."""
        peak = max(self._view.peak_memory, memory)
        self._change(peak_memory=peak, message=message, elapsed=self.elapsed())
        with self._lock:
            if _milestones(self._view) != self._stored:
                self._store()

    def elapsed(self) -> float:
        """Return the seconds since the job started to run, 0 before."""
        return time.monotonic() - self._began if self._began else 0.0

    def finish(self, state: JobState, reason: str = "", value: Any = None) -> None:
        """Enter a final state: done with a value, or another one with a reason. The first one stays."""
        with self._lock:
            if self._view.state.is_final:
                return
            changes: dict[str, Any] = {"reason": reason, "ended": time.time(), "elapsed": self.elapsed()}
            if state is JobState.DONE:
                changes |= {"progress": 1.0, "result_json": json.dumps(value)}
            self._move(state, **changes)
            self.finished.set()

    def _move(self, state: JobState, **changes: Any) -> None:
        check_move(self._view.state, state)
        self._view = replace(self._view, state=state, **changes)
        self._store()
        self._publish(self._view)

    def _store(self) -> None:
        self._stored = _milestones(self._view)
        try:
            write_state(self._view, self._owner)
        except OSError as error:
            self._view = replace(self._view, message=explain_disk(error))

    def _change(self, **changes: Any) -> None:
        with self._lock:
            if self._view.state is JobState.RUNNING:
                self._view = replace(self._view, **changes)
                self._publish(self._view)


def _milestones(view: JobView) -> tuple[object, ...]:
    """Return what is worth storing when it changes, in case the studio does not live to see the end."""
    return view.state, view.phase, view.metrics
