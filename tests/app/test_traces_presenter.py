"""An emulate job's result as the table of layers shows it."""

import json
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import pytest

from app.presenters.traces import is_comparison, live_traces_view, traces_view
from engine.emulate.compare import difference
from engine.jobs.spec import job_spec
from engine.jobs.state import JobState
from engine.jobs.view import JobView
from tests.samples import jet_tagger
from widgets.traces import NO_TRACES

NETWORK = jet_tagger().network
REFERENCE = np.array([[1.0, -2.0], [3.0, 0.5]])


def row(name, error):
    return {"name": name, "built": name, "type": "ap_fixed<16,6>", **asdict(difference(REFERENCE + error, REFERENCE))}


def job(**changes):
    result = {
        "summary": "Accuracy 90.0%, float network 95.0%, over 500 samples of jet_tagger.npz.",
        "accuracy": {"hardware": 0.9, "float": 0.95},
        "trace": [row("fc1", 0.001), row("fc2", 1.0), row("fc3", 2.0), row("gone", 0.0)],
        "untraced": ["features"],
        "traced_samples": 50,
        **changes,
    }
    spec = job_spec("engine.flows.hls4ml.emulate:emulate", "Emulate jet_tagger")
    return JobView(spec, 1, Path(), 0.0, JobState.DONE, result_json=json.dumps(result))


def test_layers_stand_in_network_order_and_the_first_wrong_one_is_marked():
    view = traces_view(job(), NETWORK)
    assert [row.id for row in view.rows] == ["features", "fc1", "fc2", "fc3", "gone"]
    assert [row.id for row in view.rows if row.wrong] == ["fc2", "fc3"]
    assert view.title == "Emulate jet_tagger · layers over 50 samples"
    assert view.first == "fc2"
    assert (view.tone, view.verdict[:20]) == ("danger", "Goes wrong at fc2: n")
    assert [row.id for row in view.rows if not row.known] == ["gone"]
    assert [row.compared for row in view.rows] == [False, True, True, True, True]
    assert max(view.rows, key=lambda row: row.share).id == "fc3"
    assert "no longer has this layer" in view.rows[-1].words


def test_accuracy_of_both_stands_on_top():
    assert traces_view(job(), NETWORK).headline == (
        "Accuracy 90.0 % in hardware, 95.0 % in float (−5.0 points) · 500 samples of jet_tagger.npz"
    )
    without = job(accuracy=None, summary="Same winner in 97%.")
    assert traces_view(without, NETWORK).headline == "Same winner in 97%."


def test_small_errors_look_small():
    view = traces_view(job(trace=[row("fc1", 0.0001)]), NETWORK)
    assert (view.tone, view.first) == ("ok", "")
    assert max(row.share for row in view.rows) < 0.05
    assert "No layer is off by more than 10 %" in view.verdict
    assert traces_view(job(trace=[row("fc1", 0.0)]), NETWORK).verdict == "No layer differs from the float network."


@pytest.mark.parametrize(("edits", "age"), [(0, ""), (1, "1 edit old"), (3, "3 edits old"), (None, "earlier design")])
def test_age_is_said(edits, age):
    assert traces_view(job(), NETWORK, edits).age == age


@pytest.mark.parametrize(
    "changes",
    [{"trace": [{"name": "fc1"}]}, {"trace": None}, {"untraced": None}, {"accuracy": {"hardware": "x", "float": 1}}],
)
def test_results_of_other_versions_ask_for_another_emulation(changes):
    view = traces_view(job(**changes), NETWORK)
    assert view.rows == ()
    assert view.reason


def test_only_a_finished_emulation_has_layers():
    assert is_comparison(job())
    assert not is_comparison(replace(job(), state=JobState.FAILED))
    assert not is_comparison(replace(job(), spec=job_spec("engine.flows.hls4ml.convert:convert", "Convert")))
    assert live_traces_view(None, "", NETWORK, stale=True) is NO_TRACES
    assert live_traces_view(None, "No weights yet.", NETWORK, stale=False).reason == "No weights yet."


def test_what_is_evaluated_at_once_looks_the_same():
    live = live_traces_view(job().result, "", NETWORK, stale=False)
    emulated = traces_view(job(), NETWORK)
    assert live.rows == emulated.rows
    assert (live.headline, live.verdict, live.age) == (emulated.headline, emulated.verdict, "")
    assert live.title.startswith("Bit-exact model · layers over ")
    assert live_traces_view(job().result, "", NETWORK, stale=True).age == "earlier design"
