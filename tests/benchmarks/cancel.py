"""How long anything of a job lives after Cancel, even where the tool ignores the polite signal or hides."""

import tempfile
from pathlib import Path
from time import monotonic

import psutil

from engine.jobs.runner import JobRunner
from engine.jobs.state import JobState
from engine.jobs.view import JobView
from tests.engine.jobs.job_support import ALLOWED, PATIENCE, alive, make_spec, wait_until

LIMIT_S = 2.0
_JOBS = {
    "a tool that ignores the polite signal": "block_with_stubborn_child",
    "tools that ignore it, one of which hides": "block_with_children",
    "a worker stuck in C": "block_in_c",
}
_TIMES = 3


def run() -> list[tuple[str, float, str, float | None]]:
    """Rows of name, value, unit and limit."""
    return [
        (f"cancel: last process gone, {name}", max(_seconds(job) for _ in range(_TIMES)), "s", LIMIT_S)
        for name, job in _JOBS.items()
    ]


def _seconds(function: str) -> float:
    """Seconds from Cancel until no process is left of those that the job had."""
    with tempfile.TemporaryDirectory() as folder, JobRunner(Path(folder), allowed=ALLOWED) as runner:
        job = runner.submit(make_spec(function))
        # The last thing that each of these says, once all that it starts runs.
        view = wait_until(runner, job.id, lambda view: view.metric("worker") is not None)
        pids = _processes(view)
        began = monotonic()
        runner.cancel(job.id)
        while alive(pids):
            assert monotonic() < began + PATIENCE, "it lives for ever"
        took = monotonic() - began
        assert runner.wait(job.id, PATIENCE).state is JobState.CANCELLED
    return took


def _processes(view: JobView) -> list[int]:
    """The worker, all below it, and those that said their numbers because they hid."""
    told = [int(value) for _, value in view.metrics if isinstance(value, int)]
    worker = psutil.Process(int(view.metric("worker") or 0))
    return [*told, *(process.pid for process in worker.children(recursive=True))]
