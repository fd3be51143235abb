"""The runner with real workers: results, reasons, order, listeners and closing."""

import itertools
import json
import sys
import threading

import pytest

from engine.jobs.errors import RunnerClosedError, SpecError, UnknownJobError
from engine.jobs.folder import read_state
from engine.jobs.local import LocalExecutor
from engine.jobs.logs import read_log
from engine.jobs.protocol import worker_command
from engine.jobs.runner import JobRunner
from engine.jobs.spec import job_spec, spec_from_json, spec_to_json
from engine.jobs.state import JobState
from tests.engine.jobs.job_support import ALLOWED, PATIENCE, make_spec, open_gate, run_to_end, wait_until


def test_a_job_succeeds_with_phases_metrics_log_and_result(runner):
    view = run_to_end(runner, "succeed", arguments={"factor": 2})
    assert view.state is JobState.DONE, view
    assert view.result == {"answer": 42, "where": str(view.folder)}
    assert (view.phase, view.progress, view.metrics) == ("Summing up", 1.0, (("bits", 32),))
    assert view.folder.name == f"0001-succeed-{view.id}"
    assert (view.folder / "report.txt").read_text() == "kept"
    assert read_log(view.log_path).text == "printed to standard output\nprinted by a shell\n"
    assert view.message == "printed by a shell"
    assert view.submitted <= view.started <= view.ended
    assert view.peak_memory > 5_000_000
    assert view.elapsed > 0


def test_the_state_on_disk_is_the_state_in_view(runner):
    view = run_to_end(runner, "succeed", arguments={"factor": 1})
    assert read_state(view.folder)[0] == view
    assert json.loads((view.folder / "spec.json").read_text())["arguments"] == {"factor": 1}


def test_the_view_follows_a_running_job(runner):
    job = runner.submit(make_spec("wait_at_gate"))
    assert job.state is JobState.QUEUED
    view = wait_until(runner, job.id, lambda view: view.phase == "Waiting")
    assert view.state is JobState.RUNNING
    assert read_state(view.folder)[0].state is JobState.RUNNING
    sampled = wait_until(runner, job.id, lambda view: view.peak_memory > 0)
    assert wait_until(runner, job.id, lambda view: view.elapsed > sampled.elapsed).message == sampled.message
    assert read_state(view.folder)[0].phase == "Waiting"
    open_gate(view.folder, "hello")
    assert runner.wait(job.id, PATIENCE).result == "hello"


def test_a_failing_function_gives_its_reason_and_leaves_the_traceback_to_the_log(runner):
    view = run_to_end(runner, "fail")
    assert view.state is JobState.FAILED
    assert view.reason == "ValueError: the kernel has 3 rows, 4 expected"
    assert view.phase == "Reading weights"
    assert view.result is None
    assert 'raise ValueError("the kernel' in read_log(view.log_path).text


@pytest.mark.parametrize(
    ("function", "reason"),
    [
        ("fail_in_plain_words", "No C++ compiler was found. Install g++ and try again."),
        ("leave", "The job ended itself with exit code 3."),
        ("return_a_set", "The job's result cannot be written as JSON: Object of type set is not JSON serializable."),
        ("return_too_much", "The job's result is too large to be sent: 9.0 MB, at most 8 MB are possible."),
        ("run_failing_tool", "sh ended with exit code 4."),
        ("run_missing_tool", "vitis_hls_that_nobody_has could not be started: No such file or directory."),
        ("run_killed_tool", "sh was killed by the system, most often because memory ran out."),
        ("not_there", "SpecError: 'job_functions:not_there' is not a job."),
        ("borrowed", "SpecError: 'job_functions:borrowed' is not a job."),
        ("exhaust_memory", "The job ran out of memory."),
        ("fill_disk", "A file could not be written: the disk is full."),
    ],
)
def test_reasons_are_plain(runner, function, reason):
    view = run_to_end(runner, function)
    assert (view.state, view.reason) == (JobState.FAILED, reason)


def test_tools_print_to_the_log_and_get_no_input(runner):
    view = run_to_end(runner, "run_tools")
    assert view.result == 1
    lines = read_log(view.log_path).text.splitlines()
    assert lines[1:] == ["from a tool", str(view.folder), "$ false"]


def test_jobs_run_one_at_a_time_in_order(runner):
    first = runner.submit(make_spec("wait_at_gate"))
    others = [runner.submit(make_spec("whoami")) for _ in range(3)]
    wait_until(runner, first.id, lambda view: view.phase == "Waiting")
    assert [runner.view(job.id).state for job in others] == [JobState.QUEUED] * 3
    open_gate(runner.view(first.id).folder)
    ended = [runner.wait(job.id, PATIENCE) for job in [first, *others]]
    for one, next_one in itertools.pairwise(ended):
        assert one.ended <= next_one.started
    assert [view.id for view in runner.jobs()] == [view.id for view in ended]
    assert [view.number for view in ended] == [1, 2, 3, 4]


def test_several_jobs_run_together_when_allowed(tmp_path):
    with JobRunner(tmp_path, allowed=ALLOWED, concurrency=2) as runner:
        jobs = [runner.submit(make_spec("wait_at_gate")) for _ in range(2)]
        for job in jobs:
            wait_until(runner, job.id, lambda view: view.phase == "Waiting")
        for job in jobs:
            open_gate(job.folder)
            assert runner.wait(job.id, PATIENCE).state is JobState.DONE


def test_a_queued_job_is_cancelled_at_once_and_never_runs(runner):
    first = runner.submit(make_spec("wait_at_gate"))
    second = runner.submit(make_spec("succeed", arguments={"factor": 1}))
    runner.cancel(second.id)
    assert runner.view(second.id).state is JobState.CANCELLED
    wait_until(runner, first.id, lambda view: view.phase == "Waiting")
    open_gate(first.folder)
    runner.wait(first.id, PATIENCE)
    assert run_to_end(runner, "whoami").state is JobState.DONE
    assert runner.view(second.id).started is None
    assert not second.log_path.exists()


def test_cancelling_an_ended_job_changes_nothing(runner):
    view = run_to_end(runner, "whoami")
    runner.cancel(view.id)
    assert runner.view(view.id) == view


def test_a_listener_that_fails_or_leaves_harms_nobody(runner):
    heard = []

    def complain(view):
        raise RuntimeError("no")

    runner.subscribe(complain)
    runner.subscribe(heard.append)
    gone = []
    runner.subscribe(gone.append)()
    last = run_to_end(runner, "whoami")
    wait_until(runner, last.id, lambda view: view.state.is_final)
    runner.close()
    assert heard[-1] == last
    assert gone == []


def test_views_of_a_job_come_in_order_and_the_last_one_always(runner):
    heard = []
    runner.subscribe(heard.append)
    view = run_to_end(runner, "flood_events", arguments={"count": 6_000})
    runner.close()
    assert heard[-1] == view
    assert view.result == 6_000
    assert len(view.metrics) == 1000
    assert len(heard) < 1_000
    order = list(JobState)
    assert [order.index(seen.state) for seen in heard] == sorted(order.index(seen.state) for seen in heard)


def test_a_slow_listener_does_not_hold_up_the_job(runner):
    release = threading.Event()
    runner.subscribe(lambda view: release.wait(PATIENCE))
    try:
        assert run_to_end(runner, "flood_events", arguments={"count": 5_000}).state is JobState.DONE
    finally:
        release.set()


def test_only_allowed_functions_are_taken(runner, tmp_path):
    with pytest.raises(SpecError):
        runner.submit(job_spec("os:system", "No", {"command": "true"}))
    assert runner.jobs() == ()
    assert not (tmp_path / "jobs").exists()


def test_a_job_runs_once(runner):
    spec = make_spec("whoami")
    runner.wait(runner.submit(spec).id, PATIENCE)
    with pytest.raises(SpecError, match="before"):
        runner.submit(spec)


def test_unknown_jobs_are_named(runner):
    with pytest.raises(UnknownJobError, match="no job abcdef"):
        runner.cancel("abcdef")


def test_a_job_without_a_folder_has_failed(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    with JobRunner(blocked / "jobs", allowed=ALLOWED) as runner:
        view = runner.submit(make_spec("whoami"))
        assert view.state is JobState.FAILED
        assert "could not be written" in view.reason
        assert runner.wait(view.id) == view


def test_a_worker_that_cannot_start_is_a_failed_job(tmp_path):
    with JobRunner(tmp_path, allowed=ALLOWED) as runner:
        view = run_to_end(runner, "whoami", environment={"BAD\0NAME": "x"})
        assert view.state is JobState.FAILED
        assert run_to_end(runner, "whoami").state is JobState.DONE


def test_a_worker_that_never_speaks_is_given_up(runner, monkeypatch):
    monkeypatch.setattr("engine.jobs.local.worker_command", lambda low_priority: ["tail", "-f", "/dev/null"])
    monkeypatch.setattr("engine.jobs.session.STARTUP_SECONDS", 0.1)
    view = run_to_end(runner, "whoami")
    assert (view.state, view.reason) == (JobState.FAILED, "The worker did not start within 0.1 s.")


def test_a_frozen_studio_starts_itself_as_worker(monkeypatch):
    assert worker_command(True)[1:] == ["-m", "engine.jobs.worker", "--low-priority"]
    monkeypatch.setattr("sys.frozen", True, raising=False)
    assert worker_command(False) == [sys.executable, "job-worker"]


class CountingExecutor(LocalExecutor):
    """Another place for workers, as far as the runner can tell."""

    started = 0

    def start(self, environment, *, low_priority):
        self.started += 1
        return super().start(environment, low_priority=low_priority)


def test_the_executor_alone_starts_workers(tmp_path):
    place = CountingExecutor()
    with JobRunner(tmp_path, allowed=ALLOWED, executor=place) as runner:
        for warm in (False, True, True):
            run_to_end(runner, "whoami", warm=warm)
    assert place.started == 2


def test_close_cancels_all_leaves_no_thread_and_takes_nothing_more(tmp_path):
    threads = threading.enumerate()
    runner = JobRunner(tmp_path, allowed=ALLOWED)
    running = runner.submit(make_spec("wait_at_gate"))
    queued = runner.submit(make_spec("whoami"))
    warm = runner.submit(make_spec("wait_at_gate", warm=True))
    for job in (running, warm):
        wait_until(runner, job.id, lambda view: view.phase == "Waiting")
    runner.close()
    assert threading.enumerate() == threads
    runner.close()
    assert {view.id: view.state for view in runner.jobs()} == {
        job.id: JobState.CANCELLED for job in (running, queued, warm)
    }
    with pytest.raises(RunnerClosedError):
        runner.submit(make_spec("whoami"))


def test_a_job_on_another_computer_holds_up_none_that_works_here(runner):
    away = runner.submit(make_spec("wait_at_gate", remote=True))
    wait_until(runner, away.id, lambda view: view.phase == "Waiting")
    assert run_to_end(runner, "succeed", arguments={"factor": 1}).state is JobState.DONE
    waits = runner.submit(make_spec("wait_at_gate", remote=True))
    assert run_to_end(runner, "succeed", arguments={"factor": 1}).state is JobState.DONE
    assert runner.view(waits.id).state is JobState.QUEUED
    open_gate(away.folder, "home")
    assert runner.wait(away.id, PATIENCE).result == "home"
    runner.cancel(waits.id)
    assert runner.wait(waits.id, PATIENCE).state is JobState.CANCELLED


def test_a_specification_of_an_earlier_version_is_of_this_computer():
    stored = spec_to_json(make_spec("succeed", remote=True))
    assert spec_from_json(stored).remote
    del stored["remote"]
    assert not spec_from_json(stored).remote
