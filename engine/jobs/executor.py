"""The seam between the runner and the place where workers run.

The runner knows a worker only through these two protocols. `engine.jobs.local` runs workers on this
machine; another implementation can run them elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import IO, Protocol

from engine.jobs.protocol import Request


class Worker(Protocol):
    """One worker process with whatever it starts."""

    @property
    def token(self) -> str:
        """What marks this worker and all it starts."""
        ...

    @property
    def events(self) -> IO[bytes]:
        """The event channel; ends when the worker has ended."""
        ...

    @property
    def log(self) -> IO[bytes]:
        """What the worker and its tools print."""
        ...

    def request(self, request: Request) -> None:
        """Give the worker a job. Raises OSError if it has gone. Never waits."""
        ...

    def memory(self) -> int:
        """Return the resident bytes of the worker and its tools now; 0 if they have gone."""
        ...

    def strays(self, pid: int) -> bool:
        """Return whether anything but the worker itself, whose process id is given, still runs."""
        ...

    def wait(self, timeout: float) -> int | None:
        """Wait up to `timeout` seconds; return the exit code (minus the signal), None if it still runs."""
        ...

    def end(self) -> tuple[int, ...]:
        """End the worker and all it started within two seconds; return the process ids that survive."""
        ...


class Executor(Protocol):
    """Starts workers."""

    def start(self, environment: Mapping[str, str], *, low_priority: bool) -> Worker:
        """Start a worker with additions to its environment. Raises OSError if that is not possible."""
        ...
