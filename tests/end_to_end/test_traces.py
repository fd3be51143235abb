"""An emulation seen layer by layer in the window: real C++, real clicks."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton, QWidget

from engine.boards import board
from engine.design import REUSE_FACTOR, WEIGHT, Design, Target, set_on_layers
from engine.jobs.state import JobState
from engine.network import Layer, Network, TensorStore
from engine.network.kinds import Activation, Dense, Input
from engine.precision import parse
from engine.project import Project, save_project
from tests.end_to_end.hand import CTRL, SHIFT, CanvasHand
from tests.samples import with_random_weights

PATIENCE = 120_000


@pytest.fixture
def wrapping(open_window, tmp_path):
    """Two dense layers, the second of which has too few integer bits."""
    store = TensorStore(tmp_path / "tensors")
    layers = (
        Layer("x", Input(shape=(4,))),
        Layer("fc1", Dense(units=6), ("x",)),
        Layer("relu", Activation(), ("fc1",)),
        Layer("fc2", Dense(units=3), ("relu",)),
    )
    design = Design("tiny", with_random_weights(Network(layers), store), Target(board("pynq-z2"), 10.0))
    design = set_on_layers(design, ("fc2",), "result", parse("ap_fixed<8,-2>"))
    path = tmp_path / "tiny.codesign"
    save_project(path, Project(design), store)
    return open_window(path, (1366, 768))


def row_middle(table, name):
    place = next(place for place, row in enumerate(table.model().view.rows) if row.id == name)
    table.scrollTo(table.model().index(place, 0))
    return table.visualRect(table.model().index(place, 0)).center()


@pytest.mark.hls4ml
@pytest.mark.compiler
def test_an_emulation_shows_where_it_first_goes_wrong(wrapping, qtbot):
    window, hand = wrapping, CanvasHand(wrapping)
    hand.key(Qt.Key.Key_E, CTRL)
    job = window.workspace.runs.jobs()[0]
    qtbot.waitUntil(lambda: window.workspace.runs.find(job.id).state.is_final, timeout=PATIENCE)
    done = window.workspace.runs.find(job.id)
    assert done.state is JobState.DONE, done.reason
    qtbot.waitUntil(lambda: bool(window.workspace.document.runs))

    line = window.panels.jobs.findChild(QWidget, f"job.{job.id}")
    button = next(each for each in line.findChildren(QPushButton) if each.text() == "Per layer…")
    hand.click(button)
    panel = window.panels.traces
    assert panel.isVisible()
    assert [row.id for row in panel.view.rows] == ["x", "fc1", "relu", "fc2"]
    assert panel.view.first == "fc2"
    assert "wrap" in panel.view.verdict
    assert panel.view.age == ""

    hand.click(panel.table.viewport(), row_middle(panel.table, "fc1"))
    assert window.workspace.selection.names == ("fc1",)
    assert window.canvas.selection() == ("fc1",)
    hand.move(panel.table.viewport(), row_middle(panel.table, "relu"))
    assert window.workspace.selection.hovered == "relu"
    hand.hover_layer("fc2")
    assert panel.table._delegate.hovered == "fc2"
    hand.click_layer("relu")
    assert [index.row() for index in panel.table.selectionModel().selectedRows()] == [2]

    window.workspace.selection.set(["fc1"])
    advised = []
    window.workspace.live.advised.connect(lambda: advised.append(panel.view.age))
    window.workspace.settings.set(REUSE_FACTOR, 2)
    qtbot.waitUntil(lambda: bool(advised))
    assert panel.view.age == ""
    window.workspace.settings.set(WEIGHT, parse("ap_fixed<6,2>"))
    qtbot.waitUntil(lambda: panel.view.age == "1 edit old")
    hand.key(Qt.Key.Key_Z, CTRL)
    qtbot.waitUntil(lambda: panel.view.age == "")

    panel.table.setFocus()
    hand.key(Qt.Key.Key_C, CTRL)
    assert "Goes wrong at fc2" in QApplication.clipboard().text()


def test_without_any_emulation_the_table_is_there_at_once_and_follows_edits(window, qtbot):
    hand, panel = CanvasHand(window), window.panels.traces
    hand.key(Qt.Key.Key_E, CTRL | SHIFT)
    assert panel.isVisible()
    qtbot.waitUntil(lambda: bool(panel.view.rows), timeout=PATIENCE)
    assert panel.view.title == "Bit-exact model · layers over 50 samples"
    assert [row.id for row in panel.view.rows] == list(window.workspace.document.design.network.order)
    assert panel.view.first == ""
    hand.click_layer("block1_conv1")
    window.workspace.settings.set(WEIGHT, parse("ap_fixed<2,1>"))
    qtbot.waitUntil(lambda: panel.view.first == "block1_conv1", timeout=PATIENCE)
    assert panel.view.age == ""
    hand.key(Qt.Key.Key_Z, CTRL)
    qtbot.waitUntil(lambda: panel.view.first == "", timeout=PATIENCE)


def test_a_network_that_was_drawn_says_what_it_lacks(studio, qtbot):
    window = studio.new_window()
    qtbot.waitUntil(lambda: not window.workspace.accuracy.pending)
    window.commands.run("run.layers")
    assert "open a trained network" in window.panels.traces.view.reason


def test_samples_that_do_not_fit_start_no_job(window, tmp_path, monkeypatch):
    np.savez(tmp_path / "bad.npz", x=np.zeros((3, 5)))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (str(tmp_path / "bad.npz"), ""))
    said = []
    monkeypatch.setattr(window, "say", lambda text, *_rest: said.append(text))
    window.commands.run("run.emulate_data")
    assert window.workspace.runs.jobs() == ()
    assert "needs numbers of the shape samples×8×8×1; 'x' in bad.npz is float64 of 3×5" in said[0]
