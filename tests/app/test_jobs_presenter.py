"""Jobs as the panel shows them."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from app.presenters.jobs import job_row, moment, run_row, spent
from engine.flows.registry import flow
from engine.jobs.spec import job_spec
from engine.jobs.state import JobState
from engine.jobs.view import JobView
from engine.project import Run, figures_of
from tests.samples import jet_tagger


@pytest.fixture
def view():
    return JobView(job_spec("engine.x:y", "Synthesise jet_tagger"), 1, Path("/jobs/1"), 0.0)


def test_a_running_job_says_how_far_it_is(view):
    running = replace(
        view,
        state=JobState.RUNNING,
        phase="Scheduling",
        progress=0.25,
        started=1.0,
        elapsed=60.0,
        peak_memory=2 * 10**9,
    )
    row = job_row(running)
    assert row.running
    assert row.detail == "Scheduling"
    assert row.figures == "25 % · 1 min 0 s so far · about 3 min left · 2.0 GB"


def test_a_report_stands_beside_the_estimate_of_its_design(view):
    estimate = flow("vitis").estimate(jet_tagger(), None)
    dsp = estimate.total.dsp
    result = f'{{"summary": "done", "totals": {{"DSP": {dsp.value}, "LUT": 1, "unknown": 3}}}}'
    row = job_row(replace(view, state=JobState.DONE, result_json=result), figures_of(estimate))
    assert [each.label for each in row.report] == ["DSP", "LUT"]
    assert row.report[0].difference == "±0 %"
    assert row.report[0].inside
    assert not row.report[1].inside


def test_memory_is_called_as_the_boards_maker_calls_it(view):
    result = {"totals": {"BRAM18": 2.0}, "names": {"BRAM18": "EBR"}}
    finished = replace(view, state=JobState.DONE, result_json=json.dumps(result))
    (row,) = job_row(finished, (("BRAM18", (2.0, 2.0, 2.0)),)).report
    assert row.label == "EBR"


def test_a_report_of_the_ledger_looks_like_a_job_that_is_done():
    run = Run("found", "done", "2026-01-05T10:20:30+00:00", 0.0, "", "vitis", "Vitis HLS 2024.1", 3)
    row = run_row(replace(run, totals=(("LUT", 90.0),), estimated=(("LUT", (100.0, 80.0, 120.0)),)), "ledger:0")
    assert (row.title, row.running, row.logged) == ("C synthesis, Vitis HLS 2024.1", False, False)
    assert [(each.label, each.difference, each.inside) for each in row.report] == [("LUT", "−10 %", True)]
    assert moment("2026-01-05T10:20:30+00:00").endswith("0")
    assert moment("long ago") == "long ago"


def test_a_failed_job_gives_its_reason(view):
    assert job_row(replace(view, state=JobState.FAILED, reason="The tool ran out of memory.")).detail.startswith(
        "The tool"
    )


@pytest.mark.parametrize(
    ("seconds", "words"), [(0.84, "0.8 s"), (59, "59 s"), (252, "4 min 12 s"), (7260, "2 h 1 min")]
)
def test_times_are_read_at_a_glance(seconds, words):
    assert spent(seconds) == words


@pytest.mark.parametrize(("difference", "doubtful"), [(0.01, False), (0.9, True)])
def test_an_emulation_that_goes_wrong_is_marked(difference, doubtful):
    figures = ("max_abs", "mean_abs", "lowest", "highest", "hardware_lowest", "hardware_highest", "beyond")
    trace = {"name": "fc1", "type": "ap_fixed<16,6>", "relative": difference, **dict.fromkeys(figures, 0.0)}
    emulated = JobView(job_spec("engine.flows.hls4ml.emulate:emulate", "Emulate jet_tagger"), 1, Path("/jobs/1"), 0.0)
    row = job_row(replace(emulated, state=JobState.DONE, result_json=json.dumps({"summary": "", "trace": [trace]})))
    assert row.doubtful == doubtful
