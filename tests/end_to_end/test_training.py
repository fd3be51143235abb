"""Training from the window, with real TensorFlow in a real worker."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.dialogs.training_dialog import TrainingDialog
from engine.design import DataReference, DataSource, set_data
from engine.jobs.state import JobState
from engine.training.settings import Start

PATIENCE = 120_000


@pytest.fixture
def dialog(open_window):
    """The Training window of the jet tagger, which has its data set."""
    window = open_window("jet_tagger")
    reference = DataReference(DataSource.GENERATOR, "jets")
    window.workspace.document.edit("Use jets", lambda design: set_data(design, reference))
    window.commands.run("run.train")
    return window.findChild(TrainingDialog)


def test_without_data_the_button_says_what_is_missing(open_window):
    window = open_window("jet_tagger")
    window.commands.run("run.train")
    dialog = window.findChild(TrainingDialog)
    assert not dialog.train.isEnabled()
    assert dialog.train.toolTip() == "Choose a data set first."
    assert dialog.form.data.text() == "No data set is chosen yet."


def test_the_fields_are_the_settings(dialog):
    dialog.form.start.setCurrentIndex(2)
    dialog.form.teacher.setValue(30)
    assert dialog.form.settings.start is Start.SCRATCH
    assert dialog.form.settings.teacher == 0
    assert not dialog.form.teacher.isEnabled()


@pytest.mark.tensorflow
def test_trained_weights_are_one_edit_that_can_be_undone(dialog, qtbot):
    window = dialog.parent()
    training, document = window.workspace.training, window.workspace.document
    before = document.design
    dialog.form.epochs.setValue(2)
    dialog.form.batch.setValue(512)
    QTest.mouseClick(dialog.train, Qt.MouseButton.LeftButton)
    assert training.running
    assert not dialog.form.isEnabled()
    qtbot.waitUntil(lambda: not training.running, timeout=PATIENCE)
    qtbot.waitUntil(lambda: document.design != before)
    assert training.job.state is JobState.DONE
    assert document.undo_stack.undoText() == "Train the weights"
    assert document.design.network != before.network
    assert len(dialog.curves.loss.listDataItems()) == 2
    assert not dialog.scores.isHidden()
    assert dialog.scores.model().rowCount() == 4
    assert "the design's now" in dialog.status.text()
    document.undo_stack.undo()
    assert document.design == before
    assert "these figures are of the one that was trained" in dialog.status.text()


@pytest.mark.proof
@pytest.mark.tensorflow
def test_a_cancelled_training_goes_on_after_its_last_epoch(dialog, qtbot):
    training = dialog.parent().workspace.training
    dialog.form.epochs.setValue(30)
    dialog.form.batch.setValue(512)
    QTest.mouseClick(dialog.train, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(training.points) > 2, timeout=PATIENCE)
    QTest.mouseClick(dialog.cancel, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not training.running, timeout=PATIENCE)
    assert training.job.state is JobState.CANCELLED
    qtbot.waitUntil(lambda: "Go on takes it up" in dialog.status.text())
    QTest.mouseClick(dialog.pause, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not training.running, timeout=PATIENCE)
    assert training.job.state is JobState.DONE, training.job.reason
    assert [point.epoch for point in training.points] == list(range(30))
