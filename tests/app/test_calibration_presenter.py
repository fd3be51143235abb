"""Own runs as the page shows them: sentences that say what came of it, honestly."""

import csv
from dataclasses import replace

from PySide6.QtGui import Qt

from app.presenters.calibration import calibration_csv, calibration_view
from engine.estimate import Level
from tests.engine.calibration.runs import run


def view(records, outdated=(), used=True, teachable=0):
    return calibration_view((*outdated, *records), records, used=used, teachable=teachable)


def test_a_tool_that_is_always_off_alike_is_learned():
    runs = [run(number, 1500) for number in range(4)]
    found = view(runs)
    (group,) = found.groups
    assert group.label == "Vitis HLS 2024.1 · C synthesis · 7 series · 4 runs, 4 networks"
    lut = group.charts["LUT"]
    assert lut.sentence.startswith("LUT: 4 reports, on average 40.0 % from the estimates as shipped, 2")
    assert "In use now: times 1.31." in lut.sentence
    assert lut.errors_shipped[-1] > lut.errors_own[-1]
    assert [dot.own for dot in lut.dots] == sorted(dot.own for dot in lut.dots)
    assert lut.band[0] < 1 < lut.band[1]
    # Exact and right: no band, nothing to learn.
    assert group.charts["DSP"].sentence.endswith("4 of 4 lie in their 90 % interval. In use now: no factor.")
    newest = found.runs[0]
    assert newest.figures[0].startswith("+50 % → +")
    assert newest.figures[2:4] == ("±0 %", "")


def test_what_has_not_helped_is_said():
    torn = [run(0, 500), run(1, 2000), run(2, 500), run(3, 2000)]
    assert "they have not helped so far" in view(torn).groups[0].charts["LUT"].sentence


def test_one_run_promises_nothing():
    sentence = view([run(0, 1500)]).groups[0].charts["LUT"].sentence
    assert sentence.startswith("LUT: one report, 40 % from its estimate.")


def test_what_is_not_in_use_is_said():
    later = replace(run(9), tool="Vitis HLS 2025.1")
    new, old = view([run(0), later]).groups
    assert "2025.1" in new.label
    assert old.charts["LUT"].sentence.endswith("Not in use: Vitis HLS 2025.1 has run since.")
    off = view([run(0)], used=False).groups[0].charts["LUT"].sentence
    assert off.endswith("Not in use: switched off below.")


def test_levels_have_groups_of_their_own_and_outdated_runs_none():
    logic = run(3, level=Level.LOGIC_SYNTHESIS, tool="Vivado 2024.1")
    found = view([run(0), logic], outdated=[run(1, estimator="old")])
    assert [group.label.split(" · ")[1] for group in found.groups] == ["logic synthesis", "C synthesis"]
    assert found.note == "1 run of earlier estimators: kept, not used"
    outdated = next(line for line in found.runs if not line.group)
    assert "earlier estimator" in outdated.words
    assert outdated.figures[0] == "+20 %"


def test_the_export_has_every_number_and_no_formula():
    evil = replace(run(1), name='=HYPERLINK("x")')
    rows = list(csv.DictReader(calibration_csv([run(0), evil], [run(0), evil]).splitlines()))
    assert rows[1]["design"] == '\'=HYPERLINK("x")'
    assert (rows[0]["LUT_reported"], rows[0]["LUT_shipped"], rows[0]["LUT_own"]) == ("1200", "1000", "1000")
    assert float(rows[1]["LUT_own"]) > 1000
    assert rows[0]["latency_reported"] == ""


def test_a_name_from_a_file_is_no_markup():
    evil = replace(run(0), name="<img src='file:///etc/passwd'>")
    (dot,) = view([evil]).groups[0].charts["LUT"].dots
    assert evil.name in dot.words
    assert not Qt.mightBeRichText(dot.words)
