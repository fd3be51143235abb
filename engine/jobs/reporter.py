"""What a job function is given to say how it goes and to run tools."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO

from engine.jobs.disk import note_of_full_disk
from engine.jobs.errors import ToolError
from engine.jobs.events import Event, Metric, Phase, Progress, encode_event

_LONGEST_LINE = 65_536
_LINGER_SECONDS = 2.0
"""How long the output of a tool that has ended is still read: a helper of its own may hold the pipe open."""


class EventChannel:
    """The worker's end of the event channel; may be used from several threads."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._lock = threading.Lock()

    def send(self, event: Event, job: str = "") -> None:
        """Send one event of a job."""
        self.write(encode_event(event, job))

    def write(self, line: bytes) -> None:
        """Send a line that is already encoded."""
        left = memoryview(line)
        with self._lock:
            while left:
                left = left[os.write(self._descriptor, left) :]


class Reporter:
    """A job function's line to the window. `folder` is the job's own folder, its current one at the start."""

    def __init__(self, channel: EventChannel, job: str, folder: Path) -> None:
        self.folder = folder
        self._channel = channel
        self._job = job
        self._fraction: float | None = None

    def phase(self, text: str) -> None:
        """Say what begins now, in plain words."""
        self._channel.send(Phase(text), self._job)

    def progress(self, fraction: float | None) -> None:
        """Say how far the whole job is, 0 to 1; None when that is unknown."""
        rounded = None if fraction is None else round(float(fraction), 3)
        if rounded != self._fraction:
            self._fraction = rounded
            self._channel.send(Progress(rounded), self._job)

    def metric(self, name: str, value: float | int | str) -> None:
        """Report a number, or a short text, that was found on the way."""
        self._channel.send(Metric(name, value), self._job)

    def run(
        self,
        command: Sequence[str],
        cwd: Path | None = None,
        env: Mapping[str, str] | None = None,
        *,
        check: bool = True,
        watch: Callable[[str], None] | None = None,
        stdin: int = subprocess.DEVNULL,
    ) -> int:
        """Run a tool, its output to the log; return its exit code.

        No shell is involved; the tool gets no input but that of the file descriptor `stdin`, runs in the job's
        folder unless told otherwise, and belongs to the job's group. Each line of its output is also given to
        `watch`, on another thread. Raises ToolError if the tool is missing and, with `check`, if it fails.
        """
        name = Path(command[0]).name
        sys.stderr.write(f"$ {shlex.join(command)}\n")
        try:
            tool = subprocess.Popen(
                list(command),
                cwd=cwd or self.folder,
                env={**os.environ, **(env or {})},
                stdin=stdin,
                stdout=2 if watch is None else subprocess.PIPE,
                stderr=None if watch is None else subprocess.STDOUT,
            )
        except OSError as error:
            raise ToolError(f"{name} could not be started: {error.strerror}.") from error
        code = tool.wait() if watch is None or tool.stdout is None else _watched(tool, tool.stdout, watch)
        if check and code != 0:
            raise ToolError(f"{name} {explain_code(code)}.{note_of_full_disk(cwd or self.folder)}")
        return code


def _watched(tool: subprocess.Popen[bytes], output: IO[bytes], watch: Callable[[str], None]) -> int:
    """Wait for a tool while its output is passed on; raise what `watch` raised."""
    errors: list[Exception] = []
    reader = threading.Thread(target=_pass_on, args=(output, watch, errors), name="tool output", daemon=True)
    reader.start()
    code = tool.wait()
    reader.join(_LINGER_SECONDS)
    if errors:
        raise errors[0]
    return code


def _pass_on(output: IO[bytes], watch: Callable[[str], None], errors: list[Exception]) -> None:
    with output:
        while line := output.readline(_LONGEST_LINE):
            text = line.decode("utf-8", errors="replace")
            sys.stderr.write(text)
            try:
                watch(text.rstrip("\r\n"))
            except Exception as error:  # noqa: BLE001 - raised where the tool was started; the tool must go on meanwhile
                errors[:] = errors[:1] or [error]


def explain_code(code: int) -> str:
    """Return how a process ended, to follow its name in a sentence. Negative codes are signals (POSIX)."""
    if code >= 0:
        return f"ended with exit code {code}"
    name = signal.Signals(-code).name if -code in set(signal.Signals) else str(-code)
    if name == "SIGKILL":
        return "was killed by the system, most often because memory ran out"
    return f"was ended by the signal {name}"
