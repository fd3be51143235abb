"""The log of a job: written without ever holding up the worker, limited in size, read in pieces."""

from __future__ import annotations

import codecs
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from engine.jobs.reasons import explain_disk

LOG_LIMIT = 50_000_000
"""Bytes of a log that are kept from its beginning."""

TAIL_LIMIT = 256_000
"""Bytes of an overlong log that are kept from its end, where the cause of a failure usually stands."""

_CHUNK = 65_536


class LogSink:
    """The log file of one job. Writing never fails: what cannot be written is dropped, and said."""

    def __init__(self, path: Path, limit: int = LOG_LIMIT) -> None:
        self.failure = ""
        self._limit = limit
        self._written = 0
        self._dropped = 0
        self._tail = bytearray()
        self._recent = b""
        self._file: IO[bytes] | None = None
        try:
            self._file = path.open("ab", buffering=0)
        except OSError as error:
            self.failure = explain_disk(error)

    @property
    def last_line(self) -> str:
        """The last line so far that is not blank, without control characters, at most 200 characters."""
        lines = self._recent.decode(errors="replace").split("\n")
        cleaned = ("".join(c if c.isprintable() else " " for c in line).strip() for line in reversed(lines))
        return next((line for line in cleaned if line), "")[:200]

    def write(self, data: bytes) -> None:
        """Add to the log; past the limit only the end is kept."""
        self._recent = (self._recent + data)[-1000:]
        kept, rest = data[: self._limit - self._written], data[max(self._limit - self._written, 0) :]
        if self._written < self._limit:
            self._put(kept)
            self._written += len(kept)
        if rest:
            if not self._dropped:
                self._put(b"\n[The log has grown too long. The next lines are left out; its end follows.]\n")
            self._dropped += len(rest)
            self._tail += rest
            if len(self._tail) > 2 * TAIL_LIMIT:
                del self._tail[:-TAIL_LIMIT]

    def close(self) -> None:
        """Write the end of an overlong log and close the file."""
        if self._dropped:
            end = bytes(self._tail[-TAIL_LIMIT:])
            self._put(f"[{self._dropped - len(end):,} bytes left out]\n".encode() + end)
        if self._file is not None:
            self._file.close()
            self._file = None

    def _put(self, data: bytes) -> None:
        if self._file is None:
            return
        try:
            left = memoryview(data)
            while left:
                left = left[self._file.write(left) :]
        except OSError as error:
            self.failure = explain_disk(error)
            self._file.close()
            self._file = None


class LogPump:
    """Moves what a worker prints into the log of the job it runs, on a thread of its own."""

    def __init__(self, stream: IO[bytes], mark: bytes) -> None:
        self._stream = stream
        self._mark = mark
        self._held = b""
        self._sink: LogSink | None = None
        self._lock = threading.Lock()
        self._complete = threading.Event()
        self._thread = threading.Thread(target=self._pump, name="job log", daemon=True)
        self._thread.start()

    def begin(self, sink: LogSink) -> None:
        """Send what comes from now on to this log."""
        with self._lock:
            self._sink = sink
            self._complete.clear()

    def wait_complete(self, timeout: float) -> bool:
        """Wait until the job's whole log has arrived; return whether it has."""
        return self._complete.wait(timeout)

    def join(self, timeout: float) -> bool:
        """Wait until the worker and its tools have closed their output; return whether they have."""
        self._thread.join(timeout)
        return not self._thread.is_alive()

    def finish(self) -> None:
        """Close the log of the current job; what still comes is dropped."""
        with self._lock:
            if self._sink is not None:
                self._sink.close()
                self._sink = None

    def _pump(self) -> None:
        while data := _read_some(self._stream):
            with self._lock:
                self._take(self._held + data)
        with self._lock:
            self._put(self._held)
            self._complete.set()

    def _take(self, data: bytes) -> None:
        before, found, after = data.partition(self._mark)
        if found:
            self._put(before + after)
            self._held = b""
            self._complete.set()
            return
        held = _unfinished_mark(data, self._mark)
        self._put(data[: len(data) - held])
        self._held = data[len(data) - held :]

    def _put(self, data: bytes) -> None:
        if self._sink is not None and data:
            self._sink.write(data)


@dataclass(frozen=True, slots=True)
class LogPiece:
    """A piece of a log: its text, and the offset in bytes at which the next piece begins."""

    text: str
    next_offset: int


def read_log(path: Path, offset: int = 0, limit: int = 1_000_000) -> LogPiece:
    """Return what a log holds from an offset on, at most `limit` bytes; the empty text when there is no more.

    The pieces read one after another give the whole log: a character that is not complete yet comes with
    the next piece, and bytes that are no text are replaced. A log that does not exist yet is empty.
    """
    try:
        with path.open("rb") as file:
            file.seek(offset)
            data = file.read(limit)
    except FileNotFoundError:
        return LogPiece("", offset)
    decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
    text = decoder.decode(data)
    pending, _ = decoder.getstate()
    return LogPiece(text, offset + len(data) - len(pending))


def _read_some(stream: IO[bytes]) -> bytes:
    read1 = getattr(stream, "read1", stream.read)
    data: bytes = read1(_CHUNK)
    return data


def _unfinished_mark(data: bytes, mark: bytes) -> int:
    """Return how many bytes at the end of the data may be the beginning of the mark."""
    longest = min(len(mark) - 1, len(data))
    return next((size for size in range(longest, 0, -1) if data.endswith(mark[:size])), 0)
