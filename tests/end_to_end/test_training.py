"""Training from the window, with real TensorFlow in a real worker."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox

from app.dialogs.training_dialog import TrainingDialog
from app.folders import EXAMPLES
from engine.design import DataReference, DataSource, set_data
from engine.jobs.spec import job_spec
from engine.jobs.state import JobState
from engine.jobs.view import JobView
from engine.network import TensorStore
from engine.precision.quantizer import QuantizerKind
from engine.project import load_project, save_project
from engine.training.entry import ENTRY
from engine.training.settings import Start, TrainingSettings

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


def test_where_the_part_is_missing_it_is_said_before_anything_is_set(open_window, monkeypatch):
    monkeypatch.setattr("app.controllers.training.missing_for_training", lambda: ("tensorflow", "qkeras"))
    window = open_window("jet_tagger")
    window.commands.run("run.train")
    dialog = window.findChild(TrainingDialog)
    assert not dialog.train.isEnabled()
    assert dialog.status.text().startswith("The part Training is not here. Install it: `make setup-all`")
    assert dialog.train.toolTip() == dialog.status.text()


def test_the_fields_are_the_settings(dialog):
    dialog.form.start.setCurrentIndex(2)
    dialog.form.teacher.setValue(30)
    assert dialog.form.settings.start is Start.SCRATCH
    assert dialog.form.settings.teacher == 0
    assert not dialog.form.teacher.isEnabled()


def test_a_training_of_another_version_is_left_alone(open_window, monkeypatch, tmp_path):
    spec = job_spec(ENTRY, "Train", {"settings": {"warmth": 3}})
    killed = JobView(spec, 1, tmp_path, 0.0, JobState.FAILED)
    monkeypatch.setattr("app.controllers.training.unfinished", lambda *_: killed)
    window = open_window("jet_tagger")
    window.commands.run("run.train")
    assert window.findChild(TrainingDialog).form.settings == TrainingSettings()
    assert window.workspace.training.job is None


def test_weights_of_few_values_are_one_edit_of_what_is_selected(open_window):
    window = open_window("jet_tagger")
    document, before = window.workspace.document, window.workspace.document.design
    window.workspace.selection.set(["relu1"])
    assert window.commands.action("network.weights_ternary").isEnabled() is False
    window.workspace.selection.set(["fc1", "fc2"])
    window.commands.run("network.weights_ternary")
    assert document.undo_stack.undoText() == "Weights of 2 layers ternary"
    assert document.design.network["fc2"].quantizer("kernel").kind is QuantizerKind.TERNARY
    document.undo_stack.undo()
    assert document.design == before


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
def test_a_training_that_ended_with_its_window_goes_on_after_its_last_epoch(
    studio, open_window, qtbot, monkeypatch, tmp_path
):
    monkeypatch.setattr(QMessageBox, "question", lambda *_: QMessageBox.StandardButton.Close)
    window, dialog = _opened(open_window, _jets(tmp_path))
    training = window.workspace.training
    dialog.form.epochs.setValue(30)
    dialog.form.batch.setValue(512)
    QTest.mouseClick(dialog.train, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(training.points) > 2, timeout=PATIENCE)
    window.close()
    qtbot.waitUntil(lambda: studio.jobs.jobs()[-1].state is JobState.CANCELLED, timeout=PATIENCE)
    window, dialog = _opened(open_window, tmp_path / "jets.codesign")
    training = window.workspace.training
    before = len(training.points)
    assert 2 < before < 30
    assert f"Go on takes it up after epoch {before} with" in dialog.status.text()
    assert dialog.form.settings.epochs == 30
    QTest.mouseClick(dialog.pause, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not training.running, timeout=PATIENCE)
    assert training.job.state is JobState.DONE, training.job.reason
    assert [point.epoch for point in training.points] == list(range(30))


def _jets(folder):
    """The jet tagger with its data set, as a file."""
    store = TensorStore(folder / "tensors")
    project = load_project(EXAMPLES / "jet_tagger.codesign", store)
    design = set_data(project.design, DataReference(DataSource.GENERATOR, "jets"))
    save_project(folder / "jets.codesign", replace(project, design=design), store)
    return folder / "jets.codesign"


def _opened(open_window, file):
    """Its window, and the Training window of that."""
    window = open_window(file)
    window.commands.run("run.train")
    return window, window.findChild(TrainingDialog)
