"""A training's result as the window words it."""

import json
from dataclasses import replace
from pathlib import Path

from app.presenters.training import curves_view, measure, score_rows, words
from engine.emulate.score import ERROR
from engine.jobs.spec import job_spec
from engine.jobs.state import JobState
from engine.jobs.view import JobView
from engine.scan.figure import ACCURACY, Figure
from engine.training.checkpoint import Point
from engine.training.score import Scores

SCORES = Scores(
    Figure(ACCURACY, 0.97, 0.95, 0.98),
    Figure(ACCURACY, 0.6, 0.56, 0.64),
    Figure(ACCURACY, 0.956, 0.94, 0.97),
    Figure(ACCURACY, 0.938, 0.92, 0.95),
)


def _job(scores=SCORES, **result):
    found = {"scores": scores.to_json(), "samples": 450, "split": "test", "notes": "", "diverged": False} | result
    view = JobView(job_spec("engine.training.job:train", "Train"), 1, Path(), 0.0)
    return replace(view, state=JobState.DONE, result_json=json.dumps(found))


def test_rounding_and_training_stand_side_by_side():
    rows = score_rows(_job())
    assert [(row.name, row.value) for row in rows] == [
        ("Float network", "97.0 %"),
        ("Hardware, rounded only (PTQ)", "60.0 %"),
        ("QKeras model (QAT)", "95.6 %"),
        ("Hardware (QAT)", "93.8 %"),
    ]
    said = words(_job())
    assert "gains 33.8 points over rounding afterwards" in said
    assert "1.8 points from the trained model" in said


def test_equal_figures_are_said_to_be_equal():
    same = replace(SCORES, rounded=SCORES.hardware, qkeras=SCORES.hardware)
    assert words(_job(same)).startswith("Training with the hardware's arithmetic makes no difference")
    assert "answers as the trained model does" in words(_job(same))


def test_a_gain_that_so_few_samples_cannot_tell_says_so():
    close = replace(SCORES, rounded=Figure(ACCURACY, 0.936, 0.91, 0.955))
    assert "gains 0.2 points over rounding afterwards; that is within the 90 % interval." in words(_job(close))
    assert "interval" not in words(_job())


def test_errors_of_values_are_better_the_smaller_they_are():
    rounded, trained = Figure(ERROR, 0.0523, 0.05, 0.055), Figure(ERROR, 0.0123, 0.012, 0.0126)
    job = _job(Scores(rounded=rounded, qkeras=trained, hardware=trained))
    assert measure(job) == "Mean error"
    assert (score_rows(job)[0].value, score_rows(job)[0].interval) == ("0.0523", "0.05 to 0.055")
    assert "gains 0.04 of mean error over rounding afterwards. The hardware answers as" in words(job)


def test_a_divergence_is_said_first():
    said = words(_job(diverged=True, summary="The training diverged in epoch 2."))
    assert said.startswith("The training diverged in epoch 2.")


def test_a_result_of_another_version_shows_nothing():
    assert score_rows(replace(_job(), result_json='{"scores": {"other": 1}}')) == ()


def test_curves_hold_epochs_and_looks_within_them():
    points = (Point("float", 0, 2.0, 1.9, 0.3, 0.4), Point("quantised", 0, 0.9, None, 0.8))
    view = curves_view(points, (("float", 0.5, 2.4), ("float", 1.25, 1.1)), 4)
    lines = {line.name: line for line in view.loss}
    # A mean over the epoch so far stands in its middle: at the end it would fall as the next epoch begins anew.
    assert lines["float, training"].epochs == (0.25, 0.5, 1.125)
    assert lines["float, training"].values == (2.4, 2.0, 1.1)
    assert lines["float"].epochs == (1.0,)
    assert [line.values for line in view.accuracy] == [(30.0,), (40.0,), (80.0,)]
