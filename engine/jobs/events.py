"""What a worker tells its runner: one JSON object per line."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any, ClassVar

from engine.jobs.errors import EventError

MAX_LINE = 8_000_000
"""Longest event in bytes. A larger result belongs into a file of the job's folder."""

_MAX_TEXT = 2_000


@dataclass(frozen=True, slots=True)
class Hello:
    """The worker has started and can take a job; `pid` is its process id."""

    name: ClassVar[str] = "hello"
    pid: int


@dataclass(frozen=True, slots=True)
class Phase:
    """The job has begun something that deserves a name."""

    name: ClassVar[str] = "phase"
    text: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the job is, 0 to 1; None when it can no longer say."""

    name: ClassVar[str] = "progress"
    fraction: float | None


@dataclass(frozen=True, slots=True)
class Metric:
    """A named number (or short text) that the job found on its way."""

    name: ClassVar[str] = "metric"
    metric: str
    value: float | int | str


@dataclass(frozen=True, slots=True)
class Result:
    """The job is done; `value` is what its function returned."""

    name: ClassVar[str] = "result"
    value: Any


@dataclass(frozen=True, slots=True)
class Failure:
    """The job failed, for a reason in plain words."""

    name: ClassVar[str] = "error"
    reason: str


Event = Hello | Phase | Progress | Metric | Result | Failure
Final = Result | Failure


def encode_event(event: Event, job: str = "") -> bytes:
    """Return the line for an event of a job. Raises EventError, in plain words, if it cannot be written."""
    content = {field.name: getattr(event, field.name) for field in fields(event)}
    try:
        line = json.dumps({"event": event.name, "job": job, **content}).encode() + b"\n"
    except (TypeError, ValueError, RecursionError) as error:
        raise EventError(f"The job's {event.name} cannot be written as JSON: {error}.") from error
    if len(line) > MAX_LINE:
        size = f"{len(line) / 1e6:.1f} MB, at most {MAX_LINE / 1e6:g} MB are possible"
        raise EventError(f"The job's {event.name} is too large to be sent: {size}.")
    return line


def decode_event(line: bytes) -> tuple[str, Event]:
    """Return (job id, event) of a line. Raises EventError on anything that is not an event."""
    try:
        value = json.loads(line)
        return str(value["job"]), _READERS[value["event"]](value)
    except (ValueError, KeyError, TypeError, ArithmeticError, RecursionError) as error:
        raise EventError(f"not an event: {line[:80]!r}") from error


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("text expected")
    return value[:_MAX_TEXT]


def _fraction(value: Any) -> float | None:
    if value is None:
        return None
    number = float(value)
    if not math.isfinite(number):
        raise ValueError("a finite number expected")
    return min(max(number, 0.0), 1.0)


def _metric_value(value: Any) -> float | int | str:
    if isinstance(value, str):
        return _text(value)
    if not isinstance(value, int | float):
        raise TypeError("a number or a text expected")
    return value


_READERS: dict[str, Callable[[Any], Event]] = {
    Hello.name: lambda value: Hello(int(value["pid"])),
    Phase.name: lambda value: Phase(_text(value["text"])),
    Progress.name: lambda value: Progress(_fraction(value["fraction"])),
    Metric.name: lambda value: Metric(_text(value["metric"]), _metric_value(value["value"])),
    Result.name: lambda value: Result(value["value"]),
    Failure.name: lambda value: Failure(_text(value["reason"])),
}
