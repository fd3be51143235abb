"""One living worker seen from the runner: carries one job after another, until it is ended."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import IO

from engine.jobs.errors import EventError
from engine.jobs.events import MAX_LINE, Failure, Final, Hello, Result, decode_event
from engine.jobs.executor import Executor
from engine.jobs.job import Job
from engine.jobs.logs import LogPump, LogSink
from engine.jobs.protocol import Request, log_mark
from engine.jobs.reasons import explain_exit
from engine.jobs.state import JobState

SAMPLE_SECONDS = 0.5
STARTUP_SECONDS = 60.0
LEAVE_SECONDS = 2.0
"""How long a worker may take to leave by itself after its last job."""


class Session:
    """A worker and the two threads that read its events and its log.

    All methods belong to one thread, the lane's; only the reading happens on others.
    """

    def __init__(self, executor: Executor, environment: Mapping[str, str], *, low_priority: bool) -> None:
        self._worker = executor.start(environment, low_priority=low_priority)
        self._lock = threading.Lock()
        self._job: Job | None = None
        self._final: Final | None = None
        self._last = False
        self._pid: int | None = None
        self._lost = False
        self._leaving = False
        self._ended: tuple[int | None, tuple[int, ...]] | None = None
        self._pump = LogPump(self._worker.log, log_mark(self._worker.token))
        self._reader = threading.Thread(target=self._read, name="job events", daemon=True)
        self._reader.start()

    @property
    def token(self) -> str:
        """What marks the worker and all it starts."""
        return self._worker.token

    def run(self, job: Job, *, last: bool) -> bool:
        """Carry a job to its final state; return whether the worker may take another one."""
        sink = LogSink(job.view.log_path)
        self._pump.begin(sink)
        with self._lock:
            self._job, self._final, self._last = job, None, last
            if self._lost:
                job.over.set()
        self._send(Request(job.view.folder, last))
        self._watch(job, sink)
        reusable = not last and self._is_clean()
        code, survivors = (0, ()) if reusable else self.end()
        self._pump.finish()
        self._conclude(job, code, survivors, sink.failure)
        return reusable

    def end(self) -> tuple[int | None, tuple[int, ...]]:
        """End the worker and all it started; return (exit code if it left by itself, surviving ids)."""
        if self._ended is None:
            code = self._worker.wait(LEAVE_SECONDS) if self._leaving else None
            self._ended = code, self._worker.end()
            self._stop_reading()
        return self._ended

    def _stop_reading(self) -> None:
        if self._pump.join(1.0):
            self._worker.log.close()
        self._reader.join(1.0)
        if not self._reader.is_alive():
            self._worker.events.close()

    def is_alive(self) -> bool:
        """Return whether the worker still listens."""
        return not self._lost

    def _send(self, request: Request) -> None:
        try:
            self._worker.request(request)
        except OSError:
            return  # the worker has gone: the event channel tells the same, and why

    def _watch(self, job: Job, sink: LogSink) -> None:
        while not job.over.wait(SAMPLE_SECONDS):
            job.sample(self._worker.memory(), sink.last_line)
            if reason := self._overdue(job):
                self._settle(Failure(reason))
        job.sample(self._worker.memory(), sink.last_line)

    def _overdue(self, job: Job) -> str:
        limit = job.view.spec.time_limit
        if limit is not None and job.elapsed() > limit:
            return f"The job took longer than its limit of {limit:g} s and was ended."
        if self._pid is None and job.elapsed() > STARTUP_SECONDS:
            return f"The worker did not start within {STARTUP_SECONDS:g} s."
        return ""

    def _is_clean(self) -> bool:
        """Whether the job ended well, its log is complete and it left no process running."""
        ended_well = isinstance(self._final, Result) and self._pump.wait_complete(1.0)
        return ended_well and self._pid is not None and not self._worker.strays(self._pid)

    def _conclude(self, job: Job, code: int | None, survivors: tuple[int, ...], log_failure: str) -> None:
        notes = [log_failure]
        if survivors:
            notes.append(f"These processes could not be ended: {', '.join(map(str, survivors))}.")
        match self._final:
            case Result(value):
                job.finish(JobState.DONE, _sentence("", *notes), value)
            case _ if job.cancel_requested:
                job.finish(JobState.CANCELLED, _sentence("", *notes))
            case Failure(reason):
                job.finish(JobState.FAILED, _sentence(reason, *notes))
            case None:
                reason = explain_exit(code, job.view.peak_memory)
                job.finish(JobState.FAILED, _sentence(reason, *notes))

    def _read(self) -> None:
        sane = True
        while sane and (line := self._read_line(self._worker.events)):
            sane = self._take(line)
        with self._lock:
            self._lost = True
            self._leaving |= sane
            if self._job is not None:
                self._job.over.set()

    @staticmethod
    def _read_line(stream: IO[bytes]) -> bytes:
        line = stream.readline(MAX_LINE + 1)
        # A worker that died while writing leaves half a line: that is an end, not nonsense.
        cut_off = not line.endswith(b"\n") and len(line) <= MAX_LINE
        return b"" if cut_off else line

    def _take(self, line: bytes) -> bool:
        try:
            job_id, event = decode_event(line)
        except EventError:
            shown = line[:60].decode(errors="replace").strip()
            self._settle(Failure(f"The worker sent something that is not a report: “{shown}”."))
            return False
        job = self._job
        if isinstance(event, Hello):
            self._pid = event.pid
        elif job is not None and job_id == job.view.id:
            if isinstance(event, Result | Failure):
                self._leaving = self._last
                self._settle(event)
            else:
                job.apply(event)
        return True

    def _settle(self, final: Final) -> None:
        """Note how the job ends; the first word counts."""
        with self._lock:
            if self._final is None:
                self._final = final
            if self._job is not None:
                self._job.over.set()


def _sentence(*parts: str) -> str:
    return " ".join(part for part in parts if part)
