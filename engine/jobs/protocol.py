"""What runner and worker agree on besides the events: the command line, the requests, the marks."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path

TOKEN_VARIABLE = "CODESIGN_WORKER"
"""Environment variable with the token of a worker: everything it starts inherits it and can be found by it."""

LOW_PRIORITY = "--low-priority"

FROZEN_COMMAND = "job-worker"
"""First argument by which a frozen application knows that it is to be a worker."""

POLITE_SECONDS = 0.5
"""How long a process may take to follow the polite signal before it is killed."""


def worker_command(low_priority: bool) -> list[str]:
    """Return the command line of a worker on this machine."""
    frozen = bool(getattr(sys, "frozen", False))
    head = [sys.executable, FROZEN_COMMAND] if frozen else [sys.executable, "-m", "engine.jobs.worker"]
    return [*head, LOW_PRIORITY] if low_priority else head


@dataclass(frozen=True, slots=True)
class Request:
    """A job for a worker: the folder that holds its `spec.json`; after the `last` one the worker leaves.

    It is short on purpose: a pipe takes it whole, so sending it never waits for the worker.
    """

    folder: Path
    last: bool

    def encode(self) -> bytes:
        """Return the request as one line."""
        return json.dumps({"folder": str(self.folder), "last": self.last}).encode() + b"\n"

    @classmethod
    def decode(cls, line: bytes) -> Request:
        """Read one line back."""
        value = json.loads(line)
        return cls(Path(value["folder"]), bool(value["last"]))


def log_mark(token: str) -> bytes:
    """Return the bytes a worker writes to its log when a job has ended: all before them belongs to that job."""
    return b"\x1e" + token.encode() + b"\x1e\n"
