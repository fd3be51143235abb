"""The states of a job and the moves between them."""

from __future__ import annotations

from enum import StrEnum

from engine.jobs.errors import TransitionError


class JobState(StrEnum):
    """Where a job stands."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"
    INTERRUPTED = "interrupted"

    @property
    def is_final(self) -> bool:
        """Whether the job will never change again."""
        return self not in (JobState.QUEUED, JobState.RUNNING)


_NEXT = {
    # A job can fail before it runs: its folder cannot be written, its worker does not start.
    JobState.QUEUED: {JobState.RUNNING, JobState.FAILED, JobState.CANCELLED, JobState.INTERRUPTED},
    JobState.RUNNING: {JobState.DONE, JobState.FAILED, JobState.CANCELLED, JobState.INTERRUPTED},
}


def check_move(old: JobState, new: JobState) -> None:
    """Raise TransitionError if a job may not go from the old state to the new one."""
    if new not in _NEXT.get(old, set()):
        raise TransitionError(f"A job that is {old} cannot become {new}.")
