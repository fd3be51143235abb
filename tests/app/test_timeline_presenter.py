"""The timeline as a job's result has it, or has not."""

import json
from dataclasses import replace
from pathlib import Path

from app.presenters.timeline import has_timeline, timeline_of
from engine.jobs.spec import job_spec
from engine.jobs.state import JobState
from engine.jobs.view import JobView

MODULES = [
    {"module": "fc1", "layers": ["fc1", "relu1"], "begins": 0, "first": 24, "last": 24, "words": 1, "cycles": 16},
    {"module": "fc2", "layers": ["fc2"], "begins": 24, "first": 90, "last": 90, "words": 1, "cycles": 64},
]
RESULT = {"clock_target": 5.0, "timeline": {"latency": 90, "interval": 64, "modules": MODULES}}


def job(result, state=JobState.DONE):
    view = JobView(job_spec("engine.x:y", "Build hardware"), 1, Path("/jobs/1"), 0.0)
    return replace(view, state=state, result_json=json.dumps(result))


def test_modules_come_with_their_layers_and_cycles():
    found = timeline_of(job(RESULT))
    assert [(row.name, row.layers, row.figures) for row in found.rows] == [
        ("fc1", ("fc1", "relu1"), (0, 24, 24, 1)),
        ("fc2", ("fc2",), (24, 90, 90, 1)),
    ]
    assert (found.latency, found.interval, found.clock_ns) == (90, 64, 5.0)
    assert has_timeline(job(RESULT))


def test_other_results_have_none():
    assert not has_timeline(job({"summary": "Done"}))
    assert not has_timeline(job({"timeline": {"modules": [3]}}))
    assert not has_timeline(job(RESULT, JobState.FAILED))
