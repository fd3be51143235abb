"""The queue of background jobs: submit, follow, cancel, close."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import TracebackType

from engine.jobs.errors import RunnerClosedError, SpecError, UnknownJobError
from engine.jobs.executor import Executor
from engine.jobs.folder import create_folder, write_spec, write_state
from engine.jobs.history import reopen
from engine.jobs.job import Job
from engine.jobs.lanes import ColdLanes, WarmLane
from engine.jobs.local import LocalExecutor
from engine.jobs.notifier import Listener, Notifier
from engine.jobs.processes import own_identity
from engine.jobs.reasons import explain_disk
from engine.jobs.spec import ENGINE_ONLY, JobSpec, check_allowed
from engine.jobs.state import JobState
from engine.jobs.view import JobView

WARM_IDLE_SECONDS = 600.0


class JobRunner:
    """Runs jobs in the background and keeps a folder for each under `root`.

    Up to `concurrency` jobs run at the same time, each in a worker of its own, in the order of submission;
    warm jobs queue apart from them, for the one warm worker of their environment: a long training keeps nobody from
    converting meanwhile. So do those that run on another computer.
    Only functions under the `allowed` dotted prefixes run. Every method may be called from any thread and none
    but `wait` and `close` waits; nothing that a job does raises an exception here.
    """

    def __init__(
        self,
        root: Path,
        *,
        concurrency: int = 1,
        allowed: tuple[str, ...] = ENGINE_ONLY,
        executor: Executor | None = None,
        warm_idle: float = WARM_IDLE_SECONDS,
    ) -> None:
        place = executor or LocalExecutor()
        self._root = root.absolute()
        self._allowed = allowed
        self._past = {view.id: view for view in reopen(self._root)}
        self._jobs: dict[str, Job] = {}
        self._owner = {"process": own_identity()}
        self._lock = threading.Lock()
        self._closed = False
        self._notifier = Notifier()
        self._cold = ColdLanes(place, concurrency)
        self._remote = ColdLanes(place, concurrency)
        self._warm: dict[tuple[tuple[str, str], ...], WarmLane] = {}
        self._new_warm = partial(WarmLane, place, idle=warm_idle)

    def submit(self, spec: JobSpec) -> JobView:
        """Queue a job and return its first view; a job whose folder cannot be written has failed already.

        Raises SpecError if the job is not allowed or has run already, RunnerClosedError after `close`.
        """
        check_allowed(spec.kind, self._allowed)
        with self._lock:
            if self._closed:
                raise RunnerClosedError("The job queue has been closed.")
            if spec.id in self._jobs or spec.id in self._past:
                raise SpecError(f"The job {spec.id} has been submitted before.")
            job = self._create(spec)
            self._jobs[spec.id] = job
            if not job.finished.is_set():
                self._lane(spec).put(job)
        return job.view

    def cancel(self, job_id: str) -> None:
        """End a job and all it started, within two seconds in the background; nothing if it has ended.

        Raises UnknownJobError.
        """
        if job_id not in self._past:
            self._job(job_id).cancel()

    def jobs(self) -> tuple[JobView, ...]:
        """Return all jobs of this root, earlier sittings included, oldest first."""
        with self._lock:
            views = [*self._past.values(), *(job.view for job in self._jobs.values())]
        return tuple(sorted(views, key=lambda view: (view.number, view.submitted)))

    def view(self, job_id: str) -> JobView:
        """Return how a job goes at this moment. Raises UnknownJobError."""
        past = self._past.get(job_id)
        return past if past is not None else self._job(job_id).view

    def wait(self, job_id: str, timeout: float | None = None) -> JobView:
        """Wait until a job has ended, at most `timeout` seconds; return its view. Raises UnknownJobError."""
        if job_id not in self._past:
            self._job(job_id).finished.wait(timeout)
        return self.view(job_id)

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call the listener with the newest view of each job that changed; return what ends that.

        It is called from one background thread, never from the caller's: hand the view over to the
        window's own thread there. Views of one job come in order; under load some in between are left
        out, the last one never.
        """
        return self._notifier.subscribe(listener)

    def close(self) -> None:
        """Cancel all jobs and wait until no thread and no process is left; not to be called by a listener."""
        with self._lock:
            self._closed = True
            jobs = list(self._jobs.values())
        for job in jobs:
            job.cancel()
        self._cold.close()
        self._remote.close()
        for lane in self._warm.values():
            lane.close()
        self._notifier.close()

    def __enter__(self) -> JobRunner:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _lane(self, spec: JobSpec) -> ColdLanes | WarmLane:
        if spec.remote:
            return self._remote
        if not spec.warm:
            return self._cold
        if spec.environment not in self._warm:
            self._warm[spec.environment] = self._new_warm(dict(spec.environment))
        return self._warm[spec.environment]

    def _create(self, spec: JobSpec) -> Job:
        view = JobView(spec, 0, self._root, time.time())
        try:
            number, folder = create_folder(self._root, spec)
            view = replace(view, number=number, folder=folder)
            write_spec(folder, spec)
            write_state(view, self._owner)
        except OSError as error:
            view = replace(view, state=JobState.FAILED, ended=view.submitted, reason=explain_disk(error))
        self._notifier.post(view)
        return Job(view, self._owner, self._notifier.post)

    def _job(self, job_id: str) -> Job:
        with self._lock:
            job = self._jobs.get(job_id)
        if job is None:
            raise UnknownJobError(f"There is no job {job_id}.")
        return job
