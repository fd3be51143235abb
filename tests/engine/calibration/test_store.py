"""Records on disk: one file each, whatever else lies there."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.calibration import TARGETS, add, forget, network_digest, read, records_of
from engine.calibration.record import record_from_json, record_to_json
from engine.design import REUSE_FACTOR, set_on_layers
from engine.estimate import Level, Tier
from engine.flows.registry import flow
from engine.project import DONE, ProjectFileError, Run, design_digest
from tests.engine.calibration.runs import RECORD, run
from tests.samples import jet_tagger, small_resnet


def test_records_are_kept_and_forgotten(tmp_path):
    folder = tmp_path / "own"
    assert read(folder) == ()
    later, first = run(1), run(0)
    add(folder, later)
    add(folder, first)
    assert read(folder) == (first, later)
    forget(folder)
    assert read(folder) == ()
    add(folder, later)
    assert read(folder) == (later,)


def test_the_same_design_run_again_takes_the_place_of_the_first(tmp_path):
    again = run(0, 1300)
    add(tmp_path, run(0))
    add(tmp_path, again)
    assert read(tmp_path) == (again,)
    add(tmp_path, run(0, level=Level.LOGIC_SYNTHESIS))
    assert len(read(tmp_path)) == 2


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "[" * 100_000,
        "\xff",
        json.dumps(record_to_json(RECORD) | {"level": "guesswork"}),
        json.dumps(record_to_json(RECORD) | {"family": "abacus"}),
        json.dumps(record_to_json(RECORD) | {"estimated": {"LUT": [3, 5, 4]}}),
        json.dumps(record_to_json(RECORD) | {"reported": {"LUT": -3}}),
        json.dumps(record_to_json(RECORD) | {"reported": {"LUT": float("nan")}}),
        json.dumps(record_to_json(RECORD) | {"tool": 7}),
    ],
)
def test_a_damaged_record_is_passed_over(tmp_path, text):
    (tmp_path / "broken.json").write_text(text, "latin-1")
    add(tmp_path, RECORD)
    assert read(tmp_path) == (RECORD,)


def test_a_disk_that_refuses_is_an_error(tmp_path):
    (tmp_path / "own").write_text("a file")
    with pytest.raises(OSError, match="own"):
        add(tmp_path / "own", RECORD)


@given(
    st.dictionaries(st.sampled_from(TARGETS), st.floats(0, 1e12)),
    st.dictionaries(st.sampled_from(TARGETS), st.floats(0, 1e12)),
)
def test_records_survive_json(estimated, reported):
    figures = tuple((name, (value, value / 2, value * 2)) for name, value in estimated.items())
    record = replace(RECORD, estimated=figures, reported=tuple(reported.items()))
    assert record_from_json(json.loads(json.dumps(record_to_json(record)))) == record
    assert set(record.pairs()) == set(estimated) & set(reported)


def test_a_record_of_another_shape_says_where():
    with pytest.raises(ProjectFileError, match="estimated"):
        record_from_json(record_to_json(RECORD) | {"estimated": []})


def test_weights_and_settings_make_no_other_network(store):
    plain, trained = jet_tagger(), jet_tagger(store)
    slow = set_on_layers(plain, ("fc1",), REUSE_FACTOR, 4)
    assert network_digest(plain.network) == network_digest(trained.network) == network_digest(slow.network)
    assert network_digest(small_resnet().network) != network_digest(plain.network)


def test_only_finished_syntheses_with_a_known_estimate_teach():
    design = jet_tagger()
    known = flow("vitis")
    estimates = {level: known.at(level).estimate(design, None) for level in Level}
    done = Run(
        "synthesise", DONE, "2026-01-05T10:20:30+00:00", 252.0, design_digest(design), "vitis", "Vitis HLS 2024.1", 3
    )
    totals = (("LUT", 90.0), ("URAM", 0.0), ("latency", 41.0))

    def of(**fields):
        return records_of([replace(done, totals=totals, **fields)], design, estimates, "today")

    (record,) = of()
    assert record.level is Level.C_SYNTHESIS
    assert record.reported == (("LUT", 90.0), ("latency", 41.0))
    assert dict(record.estimated)["LUT"][0] == estimates[Level.C_SYNTHESIS].total.lut.value
    (logic,) = of(tier=int(Tier.LOGIC_SYNTHESIS), tool="Vivado 2024.1")
    assert dict(logic.estimated)["LUT"][0] == estimates[Level.LOGIC_SYNTHESIS].total.lut.value
    assert of(tier=int(Tier.PLACED_AND_ROUTED)) == of(tier=0) == of(state="failed") == of(tool="") == ()
    refused = {level: flow("quartus").estimate(design, None) for level in Level}
    assert records_of([replace(done, totals=totals)], design, refused, "today") == ()
