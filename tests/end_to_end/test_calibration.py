"""A synthesis ends, and estimates and the page of estimates against reports have learned from it."""

import sys

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QMessageBox

from app.dialogs.calibration_dialog import CalibrationDialog
from engine.advice import limit
from engine.calibration import add, read, records_of
from engine.estimate import Level
from engine.flows.hls4ml.adapter import build_graph, write_project
from engine.flows.registry import flow
from engine.network import TensorStore
from engine.project import DONE, Project, Run, design_digest, save_project
from tests.end_to_end.conftest import settle
from tests.end_to_end.hand import CTRL, CanvasHand
from tests.engine.flows.hls4ml.synthesis_jobs import STANDINS, search_path
from tests.engine.opening.test_reports_in_folders import composed
from tests.samples import jet_tagger
from widgets.controls import TierChip, Toast

PATIENCE = 90_000
pytestmark = [
    pytest.mark.hls4ml,
    pytest.mark.skipif(sys.platform == "win32", reason="the stand-in tools are POSIX scripts"),
]


@pytest.fixture
def jet(open_window, monkeypatch):
    monkeypatch.setenv("PATH", search_path(STANDINS))
    monkeypatch.setenv("CODESIGN_STANDIN", "ok")
    window = open_window("jet_tagger", (1366, 768))
    window.workspace.settings.set_flow("vitis")
    window.workspace.settings.set_clock(8.0)
    return window


def page_of(window, qtbot):
    """Opened by its name in the palette."""
    settle(qtbot, window)
    hand = CanvasHand(window)
    hand.key(Qt.Key.Key_K, CTRL)
    hand.type("Estimates against")
    hand.key(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.findChild(CalibrationDialog) is not None)
    dialog = window.findChild(CalibrationDialog)
    dialog.resize(1240, 680)
    return dialog.page


def luts(window):
    return window.panels.budget.view.rows[0].quantity.value


def why(window):
    return window.workspace.live.estimate.total.lut.reason


def synthesise(window, qtbot):
    settle(qtbot, window)
    CanvasHand(window).key(Qt.Key.Key_Return, CTRL)
    runs = window.workspace.runs
    qtbot.waitUntil(lambda: bool(runs.jobs()) and runs.jobs()[0].state.is_final, timeout=PATIENCE)
    qtbot.waitUntil(lambda: bool(window.workspace.document.runs))


def test_a_finished_synthesis_changes_estimate_and_page_and_is_forgotten_again(
    studio, jet, open_window, qtbot, monkeypatch
):
    other = open_window("jet_tagger")
    other.workspace.settings.set_flow("vitis")
    before, elsewhere = luts(jet), luts(other)
    page = page_of(jet, qtbot)
    assert page.empty.isVisible()
    synthesise(jet, qtbot)
    qtbot.waitUntil(lambda: not page.empty.isVisible())
    assert page.groups.currentText() == "Vitis HLS 2024.1 · C synthesis · 7 series · 1 run, 1 network"
    assert "one report" in page.sentence.text()
    after = luts(jet)
    assert after != before
    (toast,) = (each for each in jet.findChildren(Toast) if "have learned" in each.accessibleName())
    toast.action_button.click()
    assert len(jet.findChildren(CalibrationDialog)) == 1
    assert luts(other) != elsewhere
    assert jet.status.findChild(TierChip).text() == "Estimate of C synthesis, with own runs"
    assert "By own runs of 1 network with Vitis HLS 2024.1: times" in why(jet)
    # The ledger keeps what was shown when the run began.
    (run,) = jet.workspace.document.runs
    assert dict(run.estimated)["LUT"][0] == before
    page.used.setFocus()
    QTest.keyClick(page.used, Qt.Key.Key_Space)
    assert luts(jet) == before
    assert "By own runs" not in why(jet)
    assert jet.status.findChild(TierChip).text() == "Estimate of C synthesis"
    assert not studio.preferences.own_runs
    QTest.keyClick(page.used, Qt.Key.Key_Space)
    assert luts(jet) == after
    answers = [QMessageBox.StandardButton.Cancel, QMessageBox.StandardButton.Reset]
    with monkeypatch.context() as patched:
        patched.setattr(QMessageBox, "question", lambda *_: answers.pop(0))
        page.reset.click()
        assert luts(jet) == after
        page.reset.click()
    assert (luts(jet), luts(other)) == (before, elsewhere)
    assert page.empty.isVisible()
    # The ledger still has the report: it may be learned from once more.
    assert page.empty.button.text() == "Learn from 1 report"
    page.window().close()


def test_the_strip_of_edits_shows_no_step_that_is_not_an_edit(jet, qtbot):
    synthesise(jet, qtbot)
    space = jet.workspace
    opened, now = space.sitting.points
    assert opened.label == "Opened"
    for point, design in zip((opened, now), space.document.steps(), strict=True):
        estimate = space.live.of(design)
        assert estimate.own_runs
        assert point.shares[0] == pytest.approx(estimate.total.lut.value / limit(design.target.board, "LUT"))


def test_reports_found_in_a_folder_count_only_once_the_user_says_so(studio, open_window, tmp_path, qtbot):
    store = TensorStore(tmp_path / "made")
    write_project(build_graph(jet_tagger(store), store, tmp_path / "jet"))
    composed(tmp_path / "jet")
    window = open_window(tmp_path / "jet")
    before = luts(window)
    page = page_of(window, qtbot)
    assert read(studio.folders.own_runs) == ()
    assert page.empty.button.text() == "Learn from 1 report"
    page.empty.button.setFocus()
    QTest.keyClick(page.empty.button, Qt.Key.Key_Space)
    assert len(read(studio.folders.own_runs)) == 1
    assert not page.empty.isVisible()
    assert not page.learn.isVisible()
    assert luts(window) != before
    page.window().close()


def test_after_an_update_a_project_brings_its_own_runs_up_to_date(studio, open_window, tmp_path):
    design, known = jet_tagger(), flow("vitis")
    digest = design_digest(design)
    ours, theirs = (
        Run("synthesise", DONE, f"2026-01-0{day}T10:20:30+00:00", 1.0, digest, "vitis", tool, 3, totals=(("LUT", 9e4),))
        for day, tool in ((1, "Vitis HLS 2024.1"), (2, "Vitis HLS 2023.2"))
    )
    estimates = {level: known.at(level).estimate(design, None) for level in Level}
    (old,) = records_of([ours], design, estimates, "of last year")
    add(studio.folders.own_runs, old)
    path = tmp_path / "jet.codesign"
    save_project(path, Project(design, (ours, theirs)), TensorStore(tmp_path / "tensors"))
    window = open_window(path)
    # The other run never counted, and still does not.
    (renewed,) = read(studio.folders.own_runs)
    assert (renewed.id, renewed.estimator) == (old.id, known.estimator)
    assert window.workspace.live.estimate.own_runs == "own runs of 1 network with Vitis HLS 2024.1"


def test_all_runs_are_exported(studio, jet, qtbot, tmp_path, monkeypatch):
    synthesise(jet, qtbot)
    page = page_of(jet, qtbot)
    for path in (tmp_path / "runs.csv", tmp_path / "no folder" / "runs.csv"):
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, path=path: (str(path), ""))
        page.export.click()
    assert "LUT_reported" in (tmp_path / "runs.csv").read_text()
    assert not (tmp_path / "no folder").exists()
    page.window().close()


def test_a_folder_that_cannot_be_written_is_said_and_the_run_is_kept(studio, jet, qtbot):
    studio.folders.own_runs.parent.mkdir(parents=True, exist_ok=True)
    studio.folders.own_runs.write_text("not a folder")
    said = []
    jet.workspace.runs.refused.connect(said.append)
    synthesise(jet, qtbot)
    assert len(jet.workspace.document.runs) == 1
    qtbot.waitUntil(lambda: bool(said))
    assert said[0].startswith("Estimates could not learn from this run")
