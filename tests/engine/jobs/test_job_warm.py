"""The warm worker: shared while all goes well, replaced after anything else."""

import threading

import psutil
import pytest

from engine.jobs.logs import read_log
from engine.jobs.runner import JobRunner
from engine.jobs.state import JobState
from tests.engine.jobs.job_support import ALLOWED, PATIENCE, make_spec, open_gate, run_to_end, wait_until


def whoami(runner, **more):
    return run_to_end(runner, "whoami", warm=True, **more).result


def test_warm_jobs_share_one_worker_of_low_priority(runner):
    first, second = whoami(runner), whoami(runner)
    assert first["pid"] == second["pid"] == second["imported_in"]
    assert first["nice"] >= 10
    assert first["cwd"] != second["cwd"]


def test_each_warm_job_finds_environment_folder_and_log_of_its_own(runner):
    first = run_to_end(runner, "leak_environment", warm=True)
    second = run_to_end(runner, "whoami", warm=True)
    assert second.result["pid"] == first.result
    assert second.result["leaked"] is None
    assert second.result["cwd"] == str(second.folder)
    assert read_log(first.log_path).text == "this belongs to the first log\n"
    assert read_log(second.log_path).text == ""


@pytest.mark.parametrize("function", ["fail", "vanish", "spoil_events", "leave_child_behind"])
def test_the_worker_is_replaced_after_trouble(runner, function):
    before = whoami(runner)
    run_to_end(runner, function, warm=True)
    after = whoami(runner)
    assert before["pid"] != after["pid"]
    assert whoami(runner)["pid"] == after["pid"]


def test_the_worker_is_replaced_after_a_cancel(runner):
    before = whoami(runner)
    job = runner.submit(make_spec("wait_at_gate", warm=True))
    wait_until(runner, job.id, lambda view: view.phase == "Waiting")
    runner.cancel(job.id)
    assert runner.wait(job.id, PATIENCE).state is JobState.CANCELLED
    assert whoami(runner)["pid"] != before["pid"]


def test_jobs_of_another_environment_have_a_worker_of_their_own_and_wait_for_none(runner):
    red = runner.submit(make_spec("wait_at_gate", warm=True, environment={"COLOUR": "red"}))
    wait_until(runner, red.id, lambda view: view.phase == "Waiting")
    plain = whoami(runner)
    assert plain["colour"] is None
    open_gate(red.folder)
    assert runner.wait(red.id, PATIENCE).state is JobState.DONE
    again = whoami(runner, environment={"COLOUR": "red"})
    assert again["colour"] == "red"
    assert whoami(runner)["pid"] == plain["pid"] != again["pid"]


def test_warm_jobs_do_not_wait_for_heavy_ones(runner):
    heavy = runner.submit(make_spec("wait_at_gate"))
    wait_until(runner, heavy.id, lambda view: view.phase == "Waiting")
    assert whoami(runner)["nice"] >= 10
    open_gate(heavy.folder)
    assert runner.wait(heavy.id, PATIENCE).state is JobState.DONE


def workers(pid):
    return [psutil.Process(pid)] if psutil.pid_exists(pid) else []


def test_an_idle_worker_gives_its_memory_back(tmp_path):
    with JobRunner(tmp_path, allowed=ALLOWED, warm_idle=0.01) as runner:
        first = whoami(runner)
        _, alive = psutil.wait_procs(workers(first["pid"]), timeout=PATIENCE)
        assert alive == []
        assert whoami(runner)["pid"] != first["pid"]


def test_there_is_no_worker_before_it_is_needed(runner):
    assert run_to_end(runner, "whoami").result["nice"] == whoami(runner)["nice"] - 10
    names = [thread.name for thread in threading.enumerate()]
    assert names.count("warm jobs") == 1
