"""Background work seen from the window, with the real converter in real workers."""

import os
import signal
from pathlib import Path

import psutil
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QPushButton, QWidget

from engine.design import REUSE_FACTOR
from engine.jobs.state import JobState
from engine.project import design_digest
from tests.end_to_end.hand import CTRL, SHIFT, CanvasHand

Answer = QMessageBox.StandardButton
PATIENCE = 60_000
pytestmark = pytest.mark.hls4ml


@pytest.fixture
def jet(open_window):
    """A small network that converts in a moment."""
    return open_window("jet_tagger", (1920, 1080))


def start(window):
    """Press the shortcut of Convert; returns the job."""
    CanvasHand(window).key(Qt.Key.Key_Return, CTRL | SHIFT)
    return window.workspace.runs.jobs()[0].id


def job(window, job_id):
    return next(view for view in window.workspace.runs.jobs() if view.id == job_id)


def ended(qtbot, window, job_id):
    """Wait for a job's end, while the window goes on; returns its last view."""
    qtbot.waitUntil(lambda: job(window, job_id).state.is_final, timeout=PATIENCE)
    runs = window.workspace.document.runs
    qtbot.waitUntil(lambda: bool(window.workspace.document.runs) or runs != window.workspace.document.runs)
    return job(window, job_id)


def row(window, job_id):
    """The job's line in the panel."""
    return window.panels.jobs.findChild(QWidget, f"job.{job_id}")


def workers():
    """Processes that carry a worker's command line."""
    return [each for each in psutil.Process().children(recursive=True) if _is_worker(each)]


def _is_worker(process):
    try:
        return "engine.jobs.worker" in " ".join(process.cmdline())
    except psutil.NoSuchProcess:
        return False


def test_a_conversion_runs_while_one_goes_on_editing(jet, qtbot):
    submitted = jet.workspace.document.design
    job_id = start(jet)
    qtbot.waitUntil(lambda: row(jet, job_id) is not None)
    jet.workspace.selection.set(["fc1"])
    jet.workspace.settings.set(REUSE_FACTOR, 4)
    view = ended(qtbot, jet, job_id)
    assert view.state is JobState.DONE, view.reason
    assert list(view.folder.rglob("firmware/*.cpp"))
    (run,) = jet.workspace.document.runs
    assert run.action == "convert"
    assert run.design == design_digest(submitted) != design_digest(jet.workspace.document.design)
    assert "done" in row(jet, job_id).accessibleName()


def test_a_killed_worker_costs_only_its_job(jet, qtbot):
    job_id = start(jet)
    qtbot.waitUntil(lambda: job(jet, job_id).state is JobState.RUNNING and bool(workers()), timeout=PATIENCE)
    for process in workers():
        os.kill(process.pid, signal.SIGKILL)
    view = ended(qtbot, jet, job_id)
    assert view.state is JobState.FAILED
    assert view.reason
    jet.workspace.selection.set(["fc1"])
    jet.workspace.settings.set(REUSE_FACTOR, 4)
    assert jet.workspace.document.undo_stack.count() == 1
    again = start(jet)
    qtbot.waitUntil(lambda: job(jet, again).state.is_final, timeout=PATIENCE)
    assert job(jet, again).state is JobState.DONE


def test_cancel_is_a_click_and_leaves_no_process(jet, qtbot):
    job_id = start(jet)
    qtbot.waitUntil(lambda: job(jet, job_id).state is JobState.RUNNING, timeout=PATIENCE)
    jet.docks.show("jobs")
    cancel = next(each for each in row(jet, job_id).findChildren(QPushButton) if each.text() == "Cancel")
    CanvasHand(jet).click(cancel)
    assert ended(qtbot, jet, job_id).state is JobState.CANCELLED
    qtbot.waitUntil(lambda: workers() == [])


def test_the_log_of_a_job_can_be_read(jet, qtbot):
    job_id = start(jet)
    view = ended(qtbot, jet, job_id)
    # The converter is a silent worker: give its log something to say.
    Path(view.log_path).write_text("first line\nlast line\n")
    jet.panels.jobs.log_requested.emit(job_id)
    assert jet.panels.log.isVisible()
    qtbot.waitUntil(lambda: jet.panels.log.line_count == 2, timeout=5000)


def test_closing_asks_about_a_job_that_would_end(jet, studio, qtbot, monkeypatch):
    answers, asked = [Answer.Cancel, Answer.Close], []
    monkeypatch.setattr(QMessageBox, "question", lambda *a: asked.append(a[2]) or answers.pop(0))
    begun = start(jet)
    # One that is cancelled before its worker has it leaves the worker warm for the next.
    qtbot.waitUntil(lambda: job(jet, begun).state is JobState.RUNNING, timeout=PATIENCE)
    CanvasHand(jet).key(Qt.Key.Key_W, CTRL)
    assert asked == ["Convert jet_tagger is running and ends with this window. Close it?"]
    assert studio.windows == [jet]
    assert jet.workspace.runs.running()
    CanvasHand(jet).key(Qt.Key.Key_W, CTRL)
    assert studio.windows == []
    qtbot.waitUntil(lambda: workers() == [], timeout=PATIENCE)
