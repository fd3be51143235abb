"""Tools of the open flow are compiled before a job needs them: once it is chosen, and never for anybody else."""

import pytest
from PySide6.QtWidgets import QWidget

from engine.boards import board
from engine.environment.compiled import compiled_folder, is_compiled, mark
from engine.environment.open_tools import ICEPACK, NEXTPNR_ICE40, YOSYS
from engine.jobs.state import JobState

PATIENCE = 120_000
pytestmark = pytest.mark.yosys


@pytest.fixture
def fresh(tmp_path, monkeypatch):
    """A computer on which only the smallest tool for the iCEBreaker has not been compiled yet."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    for tool in (YOSYS, NEXTPNR_ICE40):
        mark(tool, compiled_folder()).parent.mkdir(parents=True, exist_ok=True)
        mark(tool, compiled_folder()).touch()


@pytest.fixture
def window(fresh, studio, open_window):
    """The jet tagger for hls4ml, in a studio that prepares what its flows need."""
    studio.prepare_ahead()
    return open_window("jet_tagger", (1920, 1080))


def rested(qtbot, studio):
    qtbot.waitUntil(lambda: not studio.preparation._rest.isActive(), timeout=PATIENCE)
    return studio.jobs.jobs()


def choose_open_flow(window):
    window.workspace.settings.set_board(board("icebreaker"))
    window.workspace.settings.set_flow("rtl")


def test_tools_are_compiled_once_the_flow_is_chosen(window, studio, qtbot):
    assert rested(qtbot, studio) == ()
    choose_open_flow(window)
    (view,) = rested(qtbot, studio)
    qtbot.waitUntil(lambda: studio.jobs.jobs()[0].state.is_final, timeout=PATIENCE)
    assert (studio.jobs.jobs()[0].state, is_compiled(ICEPACK)) == (JobState.DONE, True)
    panel = window.panels.jobs
    qtbot.waitUntil(lambda: "done" in panel.findChild(QWidget, f"job.{view.id}").accessibleName(), timeout=PATIENCE)
    assert not window.workspace.document.has_new_runs, "it is nothing that the project keeps"
    window.workspace.settings.set_flow("vitis")
    choose_open_flow(window)
    assert len(rested(qtbot, studio)) == 1


def test_what_was_cancelled_is_not_begun_again(window, studio, qtbot):
    choose_open_flow(window)
    (view,) = rested(qtbot, studio)
    assert view.spec.title == "Prepare icepack"
    window.workspace.measured.start()
    panel = window.panels.jobs
    rows = [panel.findChild(QWidget, f"job.{each.id}") for each in studio.jobs.jobs()]
    qtbot.waitUntil(lambda: rows[1].y() < rows[0].y())
    window.workspace.measured.cancel()
    window.panels.jobs.cancel_requested.emit(view.id)
    qtbot.waitUntil(lambda: studio.jobs.jobs()[0].state.is_final, timeout=PATIENCE)
    window.workspace.settings.set_flow("vitis")
    choose_open_flow(window)
    view, _ranges = rested(qtbot, studio)
    assert (view.state, is_compiled(ICEPACK)) == (JobState.CANCELLED, False)
