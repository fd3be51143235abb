"""Fixtures of the tests of the job system. Every test fails that leaves a process of a worker behind."""

import os

import psutil
import pytest

from engine.jobs.protocol import TOKEN_VARIABLE
from engine.jobs.runner import JobRunner
from tests.engine.jobs.job_support import ALLOWED

_RUN_VARIABLE = "CODESIGN_TEST_RUN"


@pytest.fixture(autouse=True)
def _leave_nothing_behind(monkeypatch):
    """No worker of this run is left; those of a studio that happens to be open are none of ours."""
    monkeypatch.setenv(_RUN_VARIABLE, str(os.getpid()))
    yield
    assert [process for process in psutil.process_iter() if _is_worker(process)] == []


@pytest.fixture
def runner(tmp_path):
    with JobRunner(tmp_path / "jobs", allowed=ALLOWED) as runner:
        yield runner


def _is_worker(process: psutil.Process) -> bool:
    try:
        found = process.environ()
        ours = TOKEN_VARIABLE in found and found.get(_RUN_VARIABLE) == str(os.getpid())
        return ours and process.status() != psutil.STATUS_ZOMBIE
    except (psutil.Error, OSError):
        return False
