"""How a job goes: an immutable value, handed to listeners and stored as `state.json`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.jobs.spec import JobSpec
from engine.jobs.state import JobState

LOG_NAME = "log.txt"

MetricValue = float | int | str


@dataclass(frozen=True, slots=True)
class JobView:
    """One job at one moment.

    `progress` runs from 0 to 1, None while unknown. `submitted`, `started` and `ended` are seconds since the
    epoch; `elapsed` is seconds spent running, on a clock that never jumps. `peak_memory` is the largest sum
    of resident bytes seen over the worker and its tools. `message` is the last line of the log. `reason` says
    in plain words why a job failed or was interrupted.
    """

    spec: JobSpec
    number: int
    folder: Path
    submitted: float
    state: JobState = JobState.QUEUED
    phase: str = ""
    progress: float | None = None
    metrics: tuple[tuple[str, MetricValue], ...] = ()
    message: str = ""
    started: float | None = None
    ended: float | None = None
    elapsed: float = 0.0
    peak_memory: int = 0
    reason: str = ""
    result_json: str | None = None

    @property
    def id(self) -> str:
        """The id of the job."""
        return self.spec.id

    @property
    def log_path(self) -> Path:
        """The log of the job; may not exist before it runs."""
        return self.folder / LOG_NAME

    @property
    def result(self) -> Any:
        """A fresh copy of what the job function returned; None before the job is done."""
        return None if self.result_json is None else json.loads(self.result_json)

    def metric(self, name: str) -> MetricValue | None:
        """Return the last value of a metric, None if the job never reported it."""
        return dict(self.metrics).get(name)


def with_metric(
    metrics: tuple[tuple[str, MetricValue], ...], name: str, value: MetricValue
) -> tuple[tuple[str, MetricValue], ...]:
    """Return the metrics with one set, in the order in which they first appeared."""
    return tuple({**dict(metrics), name: value}.items())


def view_to_json(view: JobView) -> dict[str, Any]:
    """Return all but the specification and the folder as a JSON value, for `state.json`."""
    return {
        "version": 1,
        "number": view.number,
        "state": view.state.value,
        "phase": view.phase,
        "progress": view.progress,
        "metrics": dict(view.metrics),
        "message": view.message,
        "submitted": view.submitted,
        "started": view.started,
        "ended": view.ended,
        "elapsed": view.elapsed,
        "peak_memory": view.peak_memory,
        "reason": view.reason,
        "result": view.result,
    }


def view_from_json(value: Mapping[str, Any], spec: JobSpec, folder: Path) -> JobView:
    """Read back what `view_to_json` wrote. Raises KeyError, TypeError or ValueError on anything else."""
    result = value["result"]
    done = value["state"] == JobState.DONE
    return JobView(
        spec=spec,
        number=int(value["number"]),
        folder=folder,
        submitted=float(value["submitted"]),
        state=JobState(value["state"]),
        phase=str(value["phase"]),
        progress=_optional(value["progress"]),
        metrics=tuple(dict(value["metrics"]).items()),
        message=str(value["message"]),
        started=_optional(value["started"]),
        ended=_optional(value["ended"]),
        elapsed=float(value["elapsed"]),
        peak_memory=int(value["peak_memory"]),
        reason=str(value["reason"]),
        result_json=json.dumps(result) if done else None,
    )


def _optional(number: Any) -> float | None:
    return None if number is None else float(number)
