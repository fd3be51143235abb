"""The jobs of earlier sittings, found again in their folders."""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from engine.jobs.folder import folder_number, job_folders, read_spec, read_state, write_state
from engine.jobs.processes import end_processes, exists, family
from engine.jobs.protocol import POLITE_SECONDS
from engine.jobs.spec import JobSpec
from engine.jobs.state import JobState
from engine.jobs.view import JobView

_DAMAGED = (OSError, ValueError, KeyError, TypeError)


def reopen(root: Path) -> tuple[JobView, ...]:
    """Return the jobs under the root that have ended, oldest first.

    A job that was queued or running when its studio ended becomes interrupted; its folder stays. Jobs of a
    studio that still runs belong to it and are left out.
    """
    views = (_reopen_one(folder) for folder in job_folders(root))
    return tuple(view for view in views if view is not None)


def _reopen_one(folder: Path) -> JobView | None:
    try:
        view, owner = read_state(folder)
        if view.state.is_final:
            return view
        if exists(owner["process"]):
            return None
    except _DAMAGED:
        return _damaged(folder)
    return _interrupt(view, owner)


def _interrupt(view: JobView, owner: dict[str, Any]) -> JobView:
    token = str(owner.get("token", ""))
    if token:
        end_processes(lambda: family(token), POLITE_SECONDS)
    ended = _last_change(view.folder)
    interrupted = replace(
        view,
        state=JobState.INTERRUPTED,
        reason="The studio ended before this job did.",
        ended=ended,
        elapsed=max(0.0, ended - view.started) if view.started else 0.0,
    )
    with suppress(OSError):  # a disk that is full or read-only: the next opening tries again
        write_state(interrupted, owner)
    return interrupted


def _damaged(folder: Path) -> JobView:
    """Return what can be said about a job whose record cannot be read."""
    try:
        spec = read_spec(folder)
    except _DAMAGED:
        spec = JobSpec("engine.jobs:unknown", folder.name)
    changed = _last_change(folder)
    return JobView(
        spec=spec,
        number=folder_number(folder),
        folder=folder,
        submitted=changed,
        state=JobState.INTERRUPTED,
        ended=changed,
        reason="The record of this job is missing or damaged.",
    )


def _last_change(folder: Path) -> float:
    times = [path.stat().st_mtime for path in (folder / "log.txt", folder / "state.json") if path.exists()]
    return max(times, default=time.time())
