"""Hardware of the open flow, built from the window: offer, job, ledger, timeline."""

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QPushButton

from app.dialogs.timeline_dialog import TimelineDialog
from engine.boards import board
from engine.design import REUSE_FACTOR, WEIGHT, Design, Target, set_on_layers
from engine.network import Layer, Network, TensorStore
from engine.network.kinds import LSTM, Activation, Dense, Input
from engine.precision import FixedType
from engine.project import Project, save_project
from tests.end_to_end.hand import CTRL, CanvasHand
from tests.samples import with_random_weights
from widgets.controls import Toast

PATIENCE = 600_000


@pytest.fixture
def small(tmp_path):
    """A project of two dense layers for the ULX3S."""
    store = TensorStore(tmp_path / "tensors")
    layers = (
        Layer("x", Input(shape=(6,))),
        Layer("hidden", Dense(units=8), ("x",)),
        Layer("relu", Activation(), ("hidden",)),
        Layer("scores", Dense(units=3), ("relu",)),
    )
    network = with_random_weights(Network(layers), store)
    design = Design("small", network, Target(board("ulx3s-85f"), 20.0, "rtl", "io_stream"))
    design = set_on_layers(design, ("hidden", "scores"), WEIGHT, FixedType(8, 2))
    design = set_on_layers(design, ("hidden",), REUSE_FACTOR, 6)
    design = set_on_layers(design, ("scores",), REUSE_FACTOR, 8)
    path = tmp_path / "small.codesign"
    save_project(path, Project(design), store)
    return path


def button(window, action):
    return window.findChild(QPushButton, f"button.run.{action}")


def test_buttons_are_called_as_the_flow_calls_them(open_window, small):
    window = open_window(small)
    settings = window.workspace.settings
    assert [button(window, each).text() for each in ("convert", "synthesise")] == ["Write Verilog", "Build hardware"]
    assert "no C++ to emulate" in button(window, "emulate").toolTip()
    assert not button(window, "emulate").isEnabled()
    settings.set_board(board("pynq-z2"))
    settings.set_flow("vitis")
    assert [button(window, each).text() for each in ("convert", "synthesise")] == ["Convert", "Synthesise"]
    assert button(window, "emulate").isEnabled()


def test_a_layer_without_verilog_is_a_finding(open_window, tmp_path):
    store = TensorStore(tmp_path / "tensors")
    layers = (Layer("x", Input(shape=(4, 3))), Layer("memory", LSTM(units=2), ("x",)))
    design = Design("steps", with_random_weights(Network(layers), store), Target(board("ulx3s-85f"), 20.0, "rtl"))
    save_project(tmp_path / "steps.codesign", Project(design), store)
    window = open_window(tmp_path / "steps.codesign")
    titles = [finding.title for finding in window.workspace.live.findings]
    assert "memory cannot be built as Verilog" in titles
    assert not button(window, "synthesise").isEnabled()
    assert "'memory'" in button(window, "synthesise").toolTip()


def test_what_does_not_fit_is_said_with_the_edit_that_helps(open_window, small, qtbot):
    window = open_window(small)
    space = window.workspace
    space.settings.set_board(board("icebreaker"))
    CanvasHand(window).key(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: bool(space.document.runs), timeout=PATIENCE)
    (run,) = space.document.runs
    assert run.state == "failed"
    assert "does not fit the iCEBreaker: it needs about 11 DSP of 8. Reuse factor 12 for hidden, now 6," in run.reason
    (toast,) = (each for each in window.findChildren(Toast) if "does not fit" in each.accessibleName())
    toast.action_button.click()
    assert space.live.flow.resolve(space.document.design, "hidden", REUSE_FACTOR).value == 12
    assert space.live.estimate.total.dsp.value == 4 + 3


def test_going_on_with_an_oversized_design_is_asked_for_each_time(open_window, small, monkeypatch):
    window = open_window(small)
    space, taken = window.workspace, []
    monkeypatch.setattr(space.runs, "start", lambda each: taken.append(space.runs.tools.steps(space.runs.offer(each))))

    def choose():
        dialog = QApplication.activeModalWidget()
        for key in ("place_and_route", "oversized_designs"):
            dialog.step_rows[key].button.click()
        dialog.start.click()

    QTimer.singleShot(0, choose)
    window.commands.run("run.synthesise_as")
    assert taken == [("place_and_route", "oversized_designs")]
    assert space.runs.tools.steps(space.runs.offer("synthesise")) == ("place_and_route",)


@pytest.mark.yosys
@pytest.mark.compiler
def test_hardware_is_built_entered_and_shown_cycle_by_cycle(open_window, small, qtbot):
    window = open_window(small)
    space = window.workspace
    assert space.live.estimate.total.dsp.value == 8 + 3
    CanvasHand(window).key(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: bool(space.document.runs), timeout=PATIENCE)
    (run,) = space.document.runs
    assert (run.state, run.reason) == ("done", "")
    found, estimated = dict(run.totals), dict(run.estimated)
    assert (run.flow, run.tier, run.tool[:5]) == ("rtl", 4, "Yosys")
    assert [name for name, _ in run.layers] == ["hidden", "scores"]
    for exact in ("DSP", "latency", "interval"):
        assert estimated[exact][0] == found[exact], exact
    window.commands.run("run.timeline")
    dialog = window.findChild(TimelineDialog)
    assert [row.layers for row in dialog.table.view.rows] == [("hidden", "relu"), ("scores",)]
    assert dialog.table.view.latency == found["latency"]
    dialog.close()
