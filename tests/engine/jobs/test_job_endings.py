"""Workers that end badly, and workers that have to be ended."""

import sys

import psutil
import pytest

from engine.jobs.logs import LOG_LIMIT, TAIL_LIMIT, read_log
from engine.jobs.state import JobState
from tests.engine.jobs.job_support import PATIENCE, alive, make_spec, run_to_end, wait_until

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="orphans are adopted on Linux only")


@pytest.mark.parametrize(
    ("function", "reason"),
    [
        ("crash", "The worker crashed (SIGSEGV); the log may say where."),
        ("vanish", "The worker ended with exit code 7 before it had a result."),
        ("vanish_with_success", "The worker left without a result."),
        ("die_inside_an_event", "The worker ended with exit code 9 before it had a result."),
        ("close_events", "The worker stopped reporting and had to be ended."),
    ],
)
def test_a_worker_that_ends_without_a_result_is_a_failed_job(runner, function, reason):
    view = run_to_end(runner, function)
    assert (view.state, view.reason) == (JobState.FAILED, reason)


def test_a_crash_leaves_the_python_stack_in_the_log(runner):
    assert "in crash" in read_log(run_to_end(runner, "crash").log_path).text


def test_a_killed_worker_points_to_memory(runner):
    reason = run_to_end(runner, "shoot_itself").reason
    assert reason.startswith("The worker was killed by the system, most often because memory ran out")


def test_nonsense_on_the_event_channel_fails_the_job(runner):
    view = run_to_end(runner, "spoil_events")
    assert view.state is JobState.FAILED
    assert view.reason.startswith("The worker sent something that is not a report")
    assert "nonsense" in view.reason


def test_a_job_that_hangs_meets_its_time_limit(runner):
    view = run_to_end(runner, "block_in_c", time_limit=0.5)
    assert view.state is JobState.FAILED
    assert view.reason == "The job took longer than its limit of 0.5 s and was ended."


def test_a_flooded_log_is_cut_and_the_job_goes_on(runner):
    view = run_to_end(runner, "flood_log", arguments={"megabytes": 60})
    assert (view.state, view.result) == (JobState.DONE, "flooded")
    assert LOG_LIMIT < view.log_path.stat().st_size < LOG_LIMIT + TAIL_LIMIT + 300
    end = read_log(view.log_path, LOG_LIMIT).text
    assert "The log has grown too long" in end
    assert end.endswith("the very last line\n")


@linux_only
@pytest.mark.parametrize("warm", [False, True])
def test_cancel_leaves_nobody_and_keeps_the_reports(runner, warm):
    job = runner.submit(make_spec("block_with_children", warm=warm))
    view = wait_until(runner, job.id, lambda view: view.metric("worker") is not None)
    pids = [view.metric(name) for name in ("stubborn", "fugitive", "worker")]
    assert alive(pids) == pids
    runner.cancel(job.id)
    assert runner.wait(job.id, PATIENCE).state is JobState.CANCELLED
    assert alive(pids) == []
    assert (view.folder / "partial.rpt").read_text() == "half a report"


@pytest.mark.parametrize("warm", [False, True])
def test_a_worker_that_is_only_just_starting_is_cancelled_too(runner, warm):
    job = runner.submit(make_spec("block_with_children", warm=warm))
    wait_until(runner, job.id, lambda view: view.state is JobState.RUNNING)
    runner.cancel(job.id)
    assert runner.wait(job.id, PATIENCE).state is JobState.CANCELLED


@linux_only
def test_cancel_reaches_a_job_blocked_in_c(runner):
    job = runner.submit(make_spec("block_in_c"))
    view = wait_until(runner, job.id, lambda view: view.metric("worker") is not None)
    runner.cancel(job.id)
    assert runner.wait(job.id, PATIENCE).state is JobState.CANCELLED
    assert alive([view.metric("worker"), view.metric("fugitive")]) == []


def test_what_carries_the_token_is_found_even_without_the_guard(runner):
    job = runner.submit(make_spec("block_with_stubborn_child"))
    view = wait_until(runner, job.id, lambda view: view.metric("worker") is not None)
    psutil.Process(view.metric("worker")).parent().kill()
    ended = runner.wait(job.id, PATIENCE)
    assert ended.state is JobState.FAILED
    assert ended.reason.startswith("The worker was killed by the system")
    assert alive([view.metric("worker"), view.metric("stubborn")]) == []


@linux_only
def test_a_guard_that_is_asked_to_terminate_takes_all_with_it(runner):
    job = runner.submit(make_spec("block_with_children"))
    view = wait_until(runner, job.id, lambda view: view.metric("worker") is not None)
    psutil.Process(view.metric("worker")).parent().terminate()
    assert runner.wait(job.id, PATIENCE).state is JobState.FAILED
    assert alive([view.metric(name) for name in ("stubborn", "fugitive", "worker")]) == []


@linux_only
@pytest.mark.parametrize("warm", [False, True])
def test_what_a_finished_job_leaves_running_is_ended(runner, warm):
    view = run_to_end(runner, "leave_child_behind", warm=warm)
    assert view.state is JobState.DONE
    assert alive([view.result]) == []


def test_a_worker_that_does_not_leave_is_ended_and_its_result_counts(runner):
    view = run_to_end(runner, "never_leave")
    assert (view.state, view.result) == (JobState.DONE, "done, but a thread keeps the worker")
