"""Jobs: rows that are updated in place, and what they tell screen readers."""

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QProgressBar, QPushButton, QScrollArea, QWidget

from widgets import theme
from widgets.controls import ProgressRing
from widgets.panels import JobsPanel
from widgets.panels.jobs_panel import JobRow

RUNNING = JobRow("1", "Emulate jets", "running", "Compiling", "30 %", 0.3)


@pytest.fixture
def panel(qtbot, qapp):
    theme.apply(qapp, theme.Scheme.LIGHT)
    panel = JobsPanel()
    qtbot.addWidget(panel)
    panel.show()
    yield panel
    theme.apply(qapp, theme.Scheme.LIGHT)


def row(panel, job_id="1"):
    return panel.findChild(QWidget, f"job.{job_id}")


def bar(panel):
    return next(each for each in row(panel).findChildren(QProgressBar) if not isinstance(each, ProgressRing))


def test_ring_and_bar_say_how_far_a_job_is(panel):
    panel.set_jobs((RUNNING,))
    assert row(panel).findChild(ProgressRing).value() == 30
    assert (bar(panel).maximum(), bar(panel).value()) == (1000, 300)


def test_a_bar_that_knows_no_progress_moves_unless_motion_is_reduced(panel, qapp):
    unknown = JobRow("1", "Emulate jets", "running")
    panel.set_jobs((JobRow("1", "Emulate jets", "running", progress=0.0),))
    assert bar(panel).maximum() == 0
    panel.set_jobs((unknown,))
    assert bar(panel).maximum() == 0
    theme.apply(qapp, theme.Scheme.LIGHT, reduced_motion=True)
    panel.set_jobs((unknown,))
    assert bar(panel).maximum() == 1000


def test_a_row_stays_while_its_job_goes_on_and_ends(panel, qtbot):
    panel.set_jobs((RUNNING,))
    before = row(panel)
    panel.set_jobs((JobRow("2", "Convert jets", "queued"), JobRow("1", "Emulate jets", "done", "All the same")))
    assert row(panel) is before
    qtbot.waitUntil(lambda: row(panel, "2").y() < before.y())
    assert before.accessibleName().startswith("Emulate jets, done. All the same")


def test_buttons_say_whose_they_are(panel):
    panel.set_jobs((RUNNING, JobRow("2", "Convert jets", "running")))
    names = [button.accessibleName() for button in panel.findChildren(QPushButton) if button.text() == "Cancel"]
    assert sorted(names) == ["Cancel: Convert jets", "Cancel: Emulate jets"]


def test_icons_follow_the_theme(panel, qapp):
    panel.set_jobs((JobRow("1", "Emulate jets", "done"),))
    icon = next(label for label in row(panel).findChildren(QLabel) if not label.pixmap().isNull())
    light = icon.pixmap().toImage()
    theme.apply(qapp, theme.Scheme.DARK)
    assert icon.pixmap().toImage() != light


def test_a_job_that_starts_comes_into_sight(panel, qtbot):
    panel.resize(400, 120)
    old = tuple(JobRow(str(place), "Emulate jets", "done") for place in range(9))
    panel.set_jobs(old)
    bar = panel.findChild(QScrollArea).verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    bar.setValue(bar.maximum())
    panel.set_jobs(old)
    assert bar.value() > 0
    panel.set_jobs((JobRow("new", "Build hardware", "running"), *old))
    QApplication.processEvents()
    assert row(panel, "new").visibleRegion().boundingRect().height() > 0
