"""What the tests of the job system share: specifications of the test functions, and waiting on events."""

import threading
from collections.abc import Callable
from pathlib import Path

import psutil

from engine.jobs.runner import JobRunner
from engine.jobs.spec import JobSpec, job_spec
from engine.jobs.view import JobView

HERE = Path(__file__).parent
ALLOWED = ("job_functions:",)
PATIENCE = 30.0


def make_spec(function: str, *, environment: dict[str, str] | None = None, **more) -> JobSpec:
    """Return a specification of a function in `job_functions`; `arguments`, `warm`... as in `job_spec`."""
    path = {"PYTHONPATH": str(HERE), **(environment or {})}
    return job_spec(f"job_functions:{function}", function, environment=path, **more)


def run_to_end(runner: JobRunner, function: str, **more) -> JobView:
    """Run one job and return its final view."""
    view = runner.wait(runner.submit(make_spec(function, **more)).id, PATIENCE)
    assert view.state.is_final, view
    return view


def wait_until(runner: JobRunner, job_id: str, holds: Callable[[JobView], bool]) -> JobView:
    """Return the first view seen of a job for which a condition holds."""
    changed = threading.Condition()
    found: list[JobView] = []

    def listen(view: JobView) -> None:
        with changed:
            if view.id == job_id and holds(view):
                found.append(view)
                changed.notify()

    unsubscribe = runner.subscribe(listen)
    try:
        listen(runner.view(job_id))
        with changed:
            assert changed.wait_for(lambda: found, PATIENCE), runner.view(job_id)
        return found[0]
    finally:
        unsubscribe()


def open_gate(folder: Path, text: str = "through") -> None:
    """Let a job go on that waits at its gate."""
    (folder / "gate").write_text(text, encoding="utf-8")


def alive(pids: list[int]) -> list[int]:
    """Return those process ids that still run."""
    found = []
    for pid in pids:
        try:
            if psutil.Process(pid).status() != psutil.STATUS_ZOMBIE:
                found.append(pid)
        except psutil.NoSuchProcess:
            continue
    return found
