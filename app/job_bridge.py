"""Jobs for the window: the engine's runner, its news brought to the window's thread."""

import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from engine.jobs.runner import JobRunner
from engine.jobs.spec import job_spec
from engine.jobs.view import JobView


class JobBridge(QObject):
    """Submits and cancels; `updated` carries every new JobView in the window's thread.

    One bridge serves all windows; a job belongs to the document it was submitted for and dies with its window. Of news
    that come faster than windows show them, a job's newest is brought: a short epoch takes less time than its curve.
    """

    updated = Signal(object)
    _news = Signal()

    def __init__(self, root: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        # Two, so that ranges of a design can be measured, or another one emulated, beside a long build.
        self._runner = JobRunner(root, concurrency=2)
        self._owners: dict[str, str] = {}
        self._waiting: dict[str, JobView] = {}
        self._lock = threading.Lock()
        # Queued because the runner's listener is called in a thread of its own.
        self._news.connect(self._bring)
        self._unsubscribe = self._runner.subscribe(self._take)

    def _take(self, view: JobView) -> None:
        """Keep a piece of news for the window's thread, and call it if none waits there yet."""
        with self._lock:
            calls = not self._waiting
            self._waiting[view.id] = view
        if calls:
            self._news.emit()

    def _bring(self) -> None:
        with self._lock:
            views, self._waiting = self._waiting, {}
        for view in views.values():
            self.updated.emit(view)

    def submit(
        self,
        owner: str,
        entry: str,
        title: str,
        arguments: Mapping[str, Any],
        *,
        warm: bool = False,
        remote: bool = False,
        environment: Mapping[str, str] | None = None,
    ) -> JobView:
        """Queue a job for the document called `owner`; `entry` is the job function as 'module:function'."""
        view = self._runner.submit(job_spec(entry, title, arguments, environment=environment, warm=warm, remote=remote))
        self._owners[view.id] = owner
        self.updated.emit(view)
        return view

    def owner(self, job_id: str) -> str:
        """The document a job belongs to; '' for one of an earlier sitting."""
        return self._owners.get(job_id, "")

    def jobs(self) -> tuple[JobView, ...]:
        """All jobs, earlier sittings included, oldest first."""
        return self._runner.jobs()

    def running(self, owner: str) -> tuple[JobView, ...]:
        """The unfinished jobs of one document."""
        return tuple(job for job in self.jobs() if not job.state.is_final and self.owner(job.id) == owner)

    def cancel(self, job_id: str) -> None:
        """End a job and everything it started."""
        self._runner.cancel(job_id)

    def cancel_all(self, owner: str) -> None:
        """End the jobs of one document."""
        for job in self.running(owner):
            self.cancel(job.id)

    def release(self, owner: str) -> None:
        """Take the jobs of a document whose window has gone for those of an earlier sitting."""
        self._owners = {job: document for job, document in self._owners.items() if document != owner}

    def close(self) -> None:
        """End everything; no thread and no process is left."""
        self._unsubscribe()
        self._runner.close()
