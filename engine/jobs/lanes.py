"""The threads that take jobs from a queue and carry them through, one at a time each."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable

from engine.jobs.executor import Executor
from engine.jobs.job import Job
from engine.jobs.session import Session
from engine.jobs.state import JobState

_log = logging.getLogger(__name__)


class ColdLanes:
    """Runs each job in a worker of its own, up to `count` at the same time, in the order they came."""

    def __init__(self, executor: Executor, count: int) -> None:
        self._executor = executor
        self._count = count
        self._queue: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._threads: list[threading.Thread] = []

    def put(self, job: Job) -> None:
        """Queue a job; the threads start with the first one."""
        if not self._threads:
            self._threads = [_start(self._work, "jobs") for _ in range(self._count)]
        self._queue.put(job)

    def close(self) -> None:
        """Wait for the jobs that run and end the threads; the jobs are cancelled by the caller."""
        for _ in self._threads:
            self._queue.put(None)
        for thread in self._threads:
            thread.join()

    def _work(self) -> None:
        while (job := self._queue.get()) is not None:
            carry(job, self._run)

    def _run(self, job: Job) -> None:
        session = Session(self._executor, dict(job.view.spec.environment), low_priority=False)
        try:
            if job.start(session.token):
                session.run(job, last=True)
        finally:
            session.end()


class WarmLane:
    """Runs jobs of one environment one after another in a worker that stays, so that heavy imports happen once.

    The worker is replaced after anything but a job that ended well, and ended when no job came for `idle` seconds.
    """

    def __init__(self, executor: Executor, environment: dict[str, str], idle: float) -> None:
        self._executor = executor
        self._environment = environment
        self._idle = idle
        self._queue: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._session: Session | None = None

    def put(self, job: Job) -> None:
        """Queue a job; the thread starts with the first one, the worker with the first one to run."""
        if self._thread is None:
            self._thread = _start(self._work, "warm jobs")
        self._queue.put(job)

    def close(self) -> None:
        """Wait for the job that runs, end the worker and the thread."""
        self._queue.put(None)
        if self._thread is not None:
            self._thread.join()

    def _work(self) -> None:
        while (job := self._next()) is not None:
            carry(job, self._run)
        self._retire()

    def _next(self) -> Job | None:
        try:
            return self._queue.get(timeout=self._idle if self._session else None)
        except queue.Empty:
            self._retire()
            return self._queue.get()

    def _run(self, job: Job) -> None:
        session = self._ready()
        keep = False
        try:
            keep = not job.start(session.token) or session.run(job, last=False)
        finally:
            if not keep:
                self._retire()

    def _ready(self) -> Session:
        session = self._session
        if session is None or not session.is_alive():
            self._retire()
            session = self._session = Session(self._executor, self._environment, low_priority=True)
        return session

    def _retire(self) -> None:
        if self._session is not None:
            self._session.end()
            self._session = None


def carry(job: Job, run: Callable[[Job], None]) -> None:
    """Run a job that is still wanted; whatever goes wrong around it is the job's failure, not the lane's."""
    if job.finished.is_set():
        return
    try:
        run(job)
    except OSError as error:
        job.finish(JobState.FAILED, f"The worker could not be started: {error.strerror or error}.")
    except Exception as error:  # noqa: BLE001 - a fault of ours must not stop the queue
        _log.exception("The job %s could not be carried through.", job.view.id)
        job.finish(JobState.FAILED, f"The studio could not run the job ({type(error).__name__}: {error}).")


def _start(work: Callable[[], None], name: str) -> threading.Thread:
    thread = threading.Thread(target=work, name=name, daemon=True)
    thread.start()
    return thread
