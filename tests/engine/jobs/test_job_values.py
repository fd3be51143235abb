"""Specifications, states, views and events: values that survive storing, and refuse nonsense."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.jobs.errors import EventError, SpecError, TransitionError
from engine.jobs.events import Failure, Hello, Metric, Phase, Progress, Result, decode_event, encode_event
from engine.jobs.spec import JobSpec, check_allowed, job_spec, spec_from_json, spec_to_json
from engine.jobs.state import JobState, check_move
from engine.jobs.view import JobView, view_from_json, view_to_json

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(st.text(), JSON, max_size=4), st.dictionaries(st.text(), st.text(), max_size=3))
def test_a_specification_survives_storing(arguments, environment):
    spec = job_spec("engine.flows:convert", "Convert", arguments, environment=environment, time_limit=5)
    assert spec.arguments == arguments
    assert spec_from_json(json.loads(json.dumps(spec_to_json(spec)))) == spec
    assert hash(spec) == hash(replace(spec))


@pytest.mark.parametrize("kind", ["", "convert", "engine.flows", "engine:a.b", "engine.:a", "engine:a b", "os:é"])
def test_a_kind_must_name_one_function(kind):
    with pytest.raises(SpecError):
        JobSpec(kind, "title")


@pytest.mark.parametrize("job_id", ["", "../../up", "ABCDEF", "a b c d e", "x" * 40])
def test_an_id_is_safe_in_a_folder_name(job_id):
    with pytest.raises(SpecError):
        JobSpec("engine.flows:convert", "title", id=job_id)


def test_arguments_must_be_json():
    with pytest.raises(SpecError, match="cannot be written"):
        job_spec("engine.flows:convert", "title", {"weights": object()})


def test_only_allowed_packages_run():
    check_allowed("engine.flows.hls4ml:convert", ("engine.",))
    for kind in ("os:system", "engineer.flows:convert", "my.engine.flows:convert"):
        with pytest.raises(SpecError, match="may run"):
            check_allowed(kind, ("engine.",))


def test_final_states_are_final():
    for final in (state for state in JobState if state.is_final):
        for state in JobState:
            with pytest.raises(TransitionError):
                check_move(final, state)
    assert [state for state in JobState if not state.is_final] == [JobState.QUEUED, JobState.RUNNING]


def test_a_job_cannot_be_done_before_it_ran():
    with pytest.raises(TransitionError):
        check_move(JobState.QUEUED, JobState.DONE)


@given(JSON, st.floats(0, 1) | st.none(), st.dictionaries(st.text(), st.integers() | st.text(), max_size=3))
def test_a_view_survives_storing(result, progress, metrics):
    view = JobView(
        spec=job_spec("engine.flows:convert", "Convert"),
        number=3,
        folder=Path("somewhere"),
        submitted=1.5,
        state=JobState.DONE,
        progress=progress,
        metrics=tuple(metrics.items()),
        started=2.5,
        ended=4.0,
        peak_memory=10**9,
        result_json=json.dumps(result),
    )
    stored = json.loads(json.dumps(view_to_json(view)))
    assert view_from_json(stored, view.spec, view.folder) == view


@given(JSON, st.text(max_size=100))
def test_events_arrive_as_they_were_sent(value, text):
    for event in (Hello(5), Phase(text), Progress(0.5), Progress(None), Metric(text, 3), Result(value), Failure(text)):
        line = encode_event(event, "abcdef")
        assert line.count(b"\n") == 1
        assert decode_event(line) == ("abcdef", event)


@given(st.binary(max_size=60) | JSON.map(lambda value: json.dumps(value).encode()))
def test_nonsense_is_no_event(line):
    with pytest.raises(EventError):
        decode_event(line)


@pytest.mark.parametrize(
    "line",
    [
        b"[" * 200_000,
        b'{"event": "result", "job": "a"}',
        b'{"event": ["phase"], "job": "a"}',
        b'{"event": "phase", "job": "a", "text": 5}',
        b'{"event": "progress", "job": "a", "fraction": NaN}',
        b'{"event": "metric", "job": "a", "metric": "x", "value": [1]}',
        b'{"event": "hello", "job": "", "pid": Infinity}',
    ],
)
def test_almost_events_are_no_events(line):
    with pytest.raises(EventError):
        decode_event(line)


def test_progress_is_kept_between_nought_and_one():
    assert decode_event(encode_event(Progress(7.0), "a"))[1] == Progress(1.0)
    assert decode_event(encode_event(Progress(-1.0), "a"))[1] == Progress(0.0)
