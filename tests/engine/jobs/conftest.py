"""Fixtures of the tests of the job system. Every test fails that leaves a process of a worker behind."""

import psutil
import pytest

from engine.jobs.protocol import TOKEN_VARIABLE
from engine.jobs.runner import JobRunner
from tests.engine.jobs.job_support import ALLOWED


@pytest.fixture(autouse=True)
def _leave_nothing_behind():
    yield
    assert [process for process in psutil.process_iter() if _is_worker(process)] == []


@pytest.fixture
def runner(tmp_path):
    with JobRunner(tmp_path / "jobs", allowed=ALLOWED) as runner:
        yield runner


def _is_worker(process: psutil.Process) -> bool:
    try:
        return TOKEN_VARIABLE in process.environ() and process.status() != psutil.STATUS_ZOMBIE
    except (psutil.Error, OSError):
        return False
