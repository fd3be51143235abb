"""Studios that die: their workers die with them, and their jobs reopen as interrupted."""

import os
import select
import subprocess
import sys
import time

import psutil
import pytest

from engine.jobs.folder import job_folders
from engine.jobs.history import reopen
from engine.jobs.runner import JobRunner
from engine.jobs.state import JobState
from tests.engine.jobs.job_support import ALLOWED, HERE, alive, make_spec, run_to_end, wait_until


@pytest.fixture
def killed_studio(request, tmp_path):
    """Kill a studio while a job runs; return (the job root, the processes of the job)."""
    function, how = request.param
    studio = subprocess.Popen(
        [sys.executable, HERE / "studio.py", tmp_path, function, how],
        env={**os.environ, "PYTHONPATH": str(HERE.parents[2])},
        stdout=subprocess.PIPE,
        text=True,
    )
    pids = [int(pid) for pid in studio.stdout.readline().split()]
    guard = psutil.Process(pids[-1]).ppid()
    assert alive([*pids, guard]) == [*pids, guard]
    studio.kill()
    studio.communicate()
    return tmp_path, [*pids, guard]


def still_there_after_5_s(pids):
    """Return the processes that have not ended five seconds after the call."""
    deadline = time.monotonic() + 5
    found = []
    for pid in pids:
        try:
            handle = os.pidfd_open(pid)
        except ProcessLookupError:
            continue
        ended, _, _ = select.select([handle], [], [], max(0.0, deadline - time.monotonic()))
        os.close(handle)
        found += [] if ended else [pid]
    return found


@pytest.mark.skipif(sys.platform != "linux", reason="orphans are adopted on Linux only")
@pytest.mark.parametrize(
    "killed_studio",
    [("block_with_children", "cold"), ("block_in_c", "cold"), ("block_in_c", "warm")],
    indirect=True,
)
def test_nobody_outlives_a_killed_studio_and_its_jobs_are_interrupted(killed_studio):
    root, pids = killed_studio
    assert still_there_after_5_s(pids) == []
    views = reopen(root)
    assert [view.state for view in views] == [JobState.INTERRUPTED] * 2
    assert all("studio ended" in view.reason for view in views)
    assert [view.elapsed > 0 for view in views] == [True, False]
    assert [view.folder for view in views] == job_folders(root)
    assert reopen(root) == views


@pytest.mark.parametrize("killed_studio", [("block_in_c", "cold")], indirect=True)
def test_reopening_ends_a_worker_that_still_lives(killed_studio):
    root, pids = killed_studio
    reopen(root)
    assert alive(pids) == []


def test_a_new_runner_knows_the_jobs_of_earlier_sittings(tmp_path):
    with JobRunner(tmp_path, allowed=ALLOWED) as first:
        old = run_to_end(first, "succeed", arguments={"factor": 1})
    with JobRunner(tmp_path, allowed=ALLOWED) as second:
        assert second.view(old.id) == old
        new = run_to_end(second, "whoami")
        assert (old.number, new.number) == (1, 2)
        assert [view.id for view in second.jobs()] == [old.id, new.id]
        second.cancel(old.id)
        assert second.wait(old.id) == old


def test_jobs_of_a_living_studio_are_left_alone(runner, tmp_path):
    job = runner.submit(make_spec("wait_at_gate"))
    wait_until(runner, job.id, lambda view: view.phase == "Waiting")
    assert reopen(tmp_path / "jobs") == ()
    assert runner.view(job.id).state is JobState.RUNNING


@pytest.mark.parametrize("damage", ["", "[]", "{", '{"state": "odd"}', "\0"])
def test_a_damaged_record_is_said_and_the_folder_kept(tmp_path, damage):
    with JobRunner(tmp_path, allowed=ALLOWED) as runner:
        old = run_to_end(runner, "whoami")
    (old.folder / "state.json").write_text(damage)
    [view] = reopen(tmp_path)
    assert (view.state, view.id, view.number) == (JobState.INTERRUPTED, old.id, 1)
    assert "damaged" in view.reason
    (old.folder / "spec.json").unlink()
    [view] = reopen(tmp_path)
    assert view.spec.title == old.folder.name


def test_other_folders_are_no_jobs(tmp_path):
    (tmp_path / "my notes").mkdir()
    (tmp_path / "0001-looks-like-one").write_text("but is a file")
    assert reopen(tmp_path) == ()
    assert reopen(tmp_path / "missing") == ()
