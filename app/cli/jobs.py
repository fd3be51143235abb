"""Running a job from the command line: progress on standard error, Ctrl+C cancels."""

import sys
from argparse import Namespace
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from app.cli.output import FAILED, complain
from app.cli.overrides import opened
from engine.design import Design
from engine.flows.registry import flow
from engine.jobs.runner import JobRunner
from engine.jobs.spec import JobSpec, job_spec
from engine.jobs.state import JobState
from engine.jobs.view import JobView
from engine.network import TensorStore
from engine.project import design_to_json


def run_action(
    options: Namespace,
    action: str,
    arguments: Callable[[Design], Mapping[str, Any]],
    ended: Callable[[Design, TensorStore, JobView], None] | None = None,
    kept: Path | None = None,
) -> JobView | int:
    """Run one of the flow's jobs on the design that the options describe; what else it needs may depend on that.

    `ended` is told of a job that came to its end well, while the weights are still there. `kept` is as for `run_job`.
    Returns the finished view, or the exit code after saying what went wrong. Raises ValueErrors for bad input.
    """
    with opened(options) as (design, tensors):
        offer = next((offer for offer in flow(design.target.flow).jobs(design) if offer.action == action), None)
        if offer is None or offer.off:
            raise ValueError(offer.off if offer else f"{flow(design.target.flow).label} cannot {action}.")
        values = {"design": design_to_json(design), "tensors": str(tensors.folder), **arguments(design)}
        spec = job_spec(offer.entry, f"{offer.label} {design.name}", values)
        return run_job(spec, lambda view: ended(design, tensors, view) if ended is not None else None, kept)


def run_job(spec: JobSpec, ended: Callable[[JobView], None], kept: Path | None = None) -> JobView | int:
    """Run a job to its end; `ended` is told of one that came to it well, while the job's folder is still there.

    That folder stays, in the folder `kept`, if one is given. Returns the finished view, or the exit code after saying
    what went wrong.
    """
    with _folder(kept) as root:
        with JobRunner(root) as runner:
            runner.subscribe(_Progress())
            view = _wait(runner, runner.submit(spec).id)
        if view.state is not JobState.DONE:
            left = f" What it leaves is in {view.folder}." if kept else ""
            complain(f"{view.reason or f'{spec.title} was {view.state}.'}{left}")
            return FAILED
        ended(view)
    return view


@contextmanager
def _folder(kept: Path | None) -> Iterator[Path]:
    if kept is None:
        with TemporaryDirectory(prefix="codesign-jobs-") as root:
            yield Path(root)
    else:
        kept.mkdir(parents=True, exist_ok=True)
        yield kept


def _wait(runner: JobRunner, job_id: str) -> JobView:
    try:
        return runner.wait(job_id)
    except KeyboardInterrupt:
        runner.cancel(job_id)
        return runner.wait(job_id, timeout=5)


class _Progress:
    """Writes each new phase once."""

    def __init__(self) -> None:
        self._phase = ""

    def __call__(self, view: JobView) -> None:
        if view.phase and view.phase != self._phase:
            self._phase = view.phase
            sys.stderr.write(f"{view.phase}\n")
            sys.stderr.flush()
