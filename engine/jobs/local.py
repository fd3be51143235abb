"""Workers on this machine."""

from __future__ import annotations

import os
import subprocess
import sys
import uuid
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO

import psutil

import engine
from engine.jobs.processes import descendants, end_processes, family, is_running, resident_bytes
from engine.jobs.protocol import POLITE_SECONDS, TOKEN_VARIABLE, Request, worker_command

# `python -m` looks in the current folder first, so a worker begins where the engine lives.
_HOME = Path(engine.__file__).parent.parent

_GUARD_SECONDS = 1.0
"""How long a guard may take to leave once it has nobody left to guard."""


class LocalExecutor:
    """Starts workers on this machine, each in a session (Windows: a process group) of its own."""

    def start(self, environment: Mapping[str, str], *, low_priority: bool) -> LocalWorker:
        """Start a worker; see `Executor.start`."""
        token = uuid.uuid4().hex
        popen = subprocess.Popen(
            worker_command(low_priority),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=_HOME,
            env={**os.environ, **environment, TOKEN_VARIABLE: token},
            start_new_session=sys.platform != "win32",
            creationflags=_creation_flags(),
        )
        return LocalWorker(popen, token)


class LocalWorker:
    """A worker on this machine. The process we started is its guard (Windows: the worker itself)."""

    def __init__(self, popen: subprocess.Popen[bytes], token: str) -> None:
        self._popen = popen
        # Its identity, not its number alone: that may belong to another process once it has gone.
        self._first = psutil.Process(popen.pid)
        self._token = token
        self._seen: set[psutil.Process] = set()

    @property
    def token(self) -> str:
        """See `Worker.token`."""
        return self._token

    @property
    def events(self) -> IO[bytes]:
        """See `Worker.events`."""
        return _pipe(self._popen.stdout)

    @property
    def log(self) -> IO[bytes]:
        """See `Worker.log`."""
        return _pipe(self._popen.stderr)

    def request(self, request: Request) -> None:
        """See `Worker.request`."""
        stdin = _pipe(self._popen.stdin)
        stdin.write(request.encode())
        stdin.flush()

    def memory(self) -> int:
        """See `Worker.memory`."""
        return resident_bytes(self._members())

    def strays(self, pid: int) -> bool:
        """See `Worker.strays`."""
        return any(process.pid != pid for process in self._members())

    def wait(self, timeout: float) -> int | None:
        """See `Worker.wait`."""
        try:
            return self._popen.wait(timeout)
        except subprocess.TimeoutExpired:
            return None

    def end(self) -> tuple[int, ...]:
        """See `Worker.end`: politely, then by force, then look for anyone who carries the token."""
        # The hang-up reaches a guard that is only just starting, and has nobody below it yet.
        with suppress(OSError):  # a request that nobody read any more
            _pipe(self._popen.stdin).close()
        survivors = end_processes(self._everyone, POLITE_SECONDS)
        if self.wait(_GUARD_SECONDS) is None:
            self._popen.kill()
            self._popen.wait()
            survivors = end_processes(self._everyone, 0.0)
        return tuple(sorted(process.pid for process in survivors))

    def _members(self) -> list[psutil.Process]:
        """Return all but the guard. What was seen once is remembered: its parent may have gone."""
        self._seen.update(descendants(self._first))
        if sys.platform == "win32":
            self._seen.add(self._first)
        self._seen = {process for process in self._seen if is_running(process)}
        return list(self._seen)

    def _everyone(self) -> list[psutil.Process]:
        found = {*self._members(), *family(self._token)}
        return [process for process in found if process != self._first or sys.platform == "win32"]


def _creation_flags() -> int:
    if sys.platform == "win32":
        return subprocess.CREATE_NEW_PROCESS_GROUP
    return 0


def _pipe(stream: IO[bytes] | None) -> IO[bytes]:
    assert stream is not None
    return stream
