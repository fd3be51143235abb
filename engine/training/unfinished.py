"""Trainings that were cut short: of an earlier sitting, of a window that was closed, of a worker that was killed."""

from collections.abc import Iterable

from engine.design import Design
from engine.jobs.state import JobState
from engine.jobs.view import JobView
from engine.project import design_digest, json_digest
from engine.training.checkpoint import CURVE
from engine.training.entry import ENTRY


def is_cut_short(job: JobView) -> bool:
    """Whether a training ended before it was done, with epochs behind it to go on from."""
    if job.spec.kind != ENTRY or not job.state.is_final or job.state is JobState.DONE:
        return False
    # Only looked at for its size: lists of jobs ask at each piece of news.
    curve = job.folder / CURVE
    return curve.is_file() and curve.stat().st_size > 0


def unfinished(jobs: Iterable[JobView], design: Design) -> JobView | None:
    """The newest training of the very design that came to anything, if it was cut short; `jobs` the newest first.

    One that ended before its first epoch, or before it took up those of another one, hides nothing.
    """
    digest = design_digest(design)
    trainings = (job for job in jobs if job.spec.kind == ENTRY and (job.state is JobState.DONE or is_cut_short(job)))
    newest = next((job for job in trainings if json_digest(job.spec.arguments.get("design") or {}) == digest), None)
    return newest if newest is not None and is_cut_short(newest) else None
