"""Runs as the history shows them: beside their estimates, beside each other, and how old they are."""

from dataclasses import replace

import pytest

from app.document import Document
from app.presenters.run_history import beside_estimate, history_view, side_by_side
from app.versions import Versions
from engine.design import REUSE_FACTOR, WEIGHT, move, set_on_layers
from engine.precision import FixedType
from engine.project import Project, Run, Session, design_digest
from tests.samples import small_resnet

RUN = Run("synthesise", "done", "2026-01-05T10:20:30+00:00", 252.0, "a", "vitis", "Vitis HLS 2024.1", 3)
REPORT = replace(
    RUN,
    totals=(("LUT", 90.0), ("URAM", 0.0), ("latency", 41.0)),
    layers=(("fc1", (("LUT", 50.0),)),),
    estimated=(("LUT", (100.0, 80.0, 120.0)), ("latency", (40.0, 40.0, 40.0))),
)
OTHER = replace(REPORT, design="b", totals=(("LUT", 180.0), ("ALM", 7.0)), layers=(("fc2", (("LUT", 5.0),)),))


@pytest.fixture
def document(qtbot, tmp_path):
    session = Session(tmp_path)
    document = Document(Project(small_resnet(session.tensors)), session)
    yield document
    document.close()


def test_rows_say_what_ran_and_how_its_report_compares():
    failed = replace(RUN, state="failed", tool="", tier=0, reason="No memory.", folder="/jobs/1")
    view = history_view((REPORT, failed), lambda digest, _action: {"a": 3}.get(digest))
    assert view.names == ("LUT", "Latency, cycles")
    newest, first = view.runs
    assert (newest.tool, newest.tier, newest.detail) == ("hls4ml · Vitis HLS", "", "No memory.\n/jobs/1")
    assert newest.figures == (None, None)
    assert (first.action, first.tier, first.took, first.version) == (
        "Synthesise",
        "C synthesis",
        "4 min 12 s",
        "3 edits old",
    )
    lut, latency = first.figures
    assert (lut.value, lut.estimate, lut.difference, lut.inside) == (90.0, 100.0, "−10 %", True)
    assert not latency.inside


@pytest.mark.parametrize(
    ("edits", "words", "stale"),
    [
        (0, "This version", False),
        (1, "1 edit old", True),
        (-2, "2 edits ahead", True),
        (None, "Another version", True),
    ],
)
def test_the_age_of_a_run_is_said(edits, words, stale):
    (row,) = history_view((REPORT,), lambda *_: edits).runs
    assert (row.version, row.stale) == (words, stale)


def test_found_reports_took_no_time():
    (row,) = history_view((replace(REPORT, action="found"),), lambda *_: 0).runs
    assert (row.action, row.took, row.seconds) == ("Found", "", None)


def test_a_report_stands_beside_its_estimate():
    comparison = beside_estimate(REPORT)
    assert (comparison.left, comparison.warning) == ("Estimated", "")
    total, layers = (rows for _, rows in comparison.pages)
    assert [(row.name, row.left, row.right, row.difference) for row in total] == [
        ("LUT", "100", "90", "−10 %"),
        ("Latency, cycles", "40", "41", "+2 %"),
    ]
    assert [(row.name, row.left, row.right) for row in layers] == [("fc1", "", "50")]


def test_two_runs_of_different_versions_are_flagged():
    comparison = side_by_side(REPORT, OTHER)
    assert "different versions" in comparison.warning
    assert side_by_side(REPORT, replace(OTHER, design="a")).warning == ""
    total, layers = (rows for _, rows in comparison.pages)
    assert [(row.name, row.left, row.right, row.difference) for row in total] == [
        ("LUT", "90", "180", "+100 %"),
        ("Latency, cycles", "41", "", ""),
        ("ALM", "", "7", ""),
    ]
    assert [(row.name, row.left, row.right) for row in layers] == [("fc1", "50", ""), ("fc2", "", "5")]


def test_edits_since_a_run_are_counted(document):
    versions, design = Versions(document), document.design
    digest = design_digest(design)
    assert (versions.edits_since(digest), versions.edits_since("other")) == (0, None)
    versions.remember(digest, design)
    document.edit("Move", lambda design: move(design, {"conv1": (1.0, 2.0)}))
    assert versions.edits_since(digest) == 0
    for reuse in (6, 9):
        document.edit("Reuse", lambda design, reuse=reuse: set_on_layers(design, ("conv1",), REUSE_FACTOR, reuse))
    # The move made no other hardware: two steps lead back to it.
    assert versions.edits_since(digest) == 2
    later = design_digest(document.design)
    versions.remember(later, document.design)
    document.undo_stack.undo()
    assert (versions.edits_since(digest), versions.edits_since(later)) == (1, -1)
    document.undo_stack.undo()
    assert versions.edits_since(digest) == 0


def test_an_emulation_is_only_old_where_its_numbers_may_be_others(document):
    versions, design = Versions(document), document.design
    digest = design_digest(design)
    versions.remember(digest, design)
    document.edit("Reuse", lambda design: set_on_layers(design, ("conv1",), REUSE_FACTOR, 9))
    document.edit("Clock", lambda design: replace(design, target=replace(design.target, clock_ns=5.0)))
    assert (versions.edits_since(digest), versions.edits_since(digest, "emulate")) == (2, 0)
    document.edit("Weights", lambda design: set_on_layers(design, ("conv1",), WEIGHT, FixedType(4, 1)))
    assert versions.edits_since(digest, "emulate") == 1


def test_the_opened_design_is_known_where_a_ledger_came_with_it(qtbot, tmp_path):
    session = Session(tmp_path)
    design = small_resnet(session.tensors)
    digest = design_digest(design)
    document = Document(Project(design, (replace(REPORT, design=digest),)), session)
    assert Versions(document).edits_since(digest) == 0
    document.close()


def test_two_runs_of_different_flows_are_not_to_be_compared():
    comparison = side_by_side(REPORT, replace(REPORT, flow="rtl"))
    assert "different flows" in comparison.warning
