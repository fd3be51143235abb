"""Synthesis on another computer, as a person does it: name the computer, test it, choose it, run there, cancel.

The other computer is a real SSH server on this one, or a stand-in of WSL; so is the vendor's tool.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass, replace

import psutil
import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from app.dialogs.pages import ComputersPage
from engine.computers import SSH, WSL, Computer
from engine.estimate import Tier
from engine.jobs.state import JobState
from tests.end_to_end.hand import CTRL, CanvasHand
from tests.engine.flows.hls4ml.synthesis_jobs import BARE_PATH, STANDINS
from tests.ssh_server import is_there, ssh_server
from tests.wsl import install_wsl

PATIENCE = 90_000
ALT = Qt.KeyboardModifier.AltModifier
pytestmark = pytest.mark.hls4ml


@pytest.fixture(scope="module", autouse=True)
def server(tmp_path_factory):
    """For all tests: one that started it half-way would seem to leave it behind."""
    if not is_there():
        yield None
        return
    with ssh_server(tmp_path_factory.mktemp("ssh")) as server:
        yield server
        assert server.rooms() == []


@dataclass(frozen=True)
class Elsewhere:
    """Another computer: how the user describes it, and what jobs have left there."""

    computer: Computer
    rooms: Callable[[], list]


@pytest.fixture
def over_ssh(server, monkeypatch):
    if server is None:
        pytest.skip("no SSH server is installed here")
    monkeypatch.setenv("PATH", f"{server.client()}{os.pathsep}{BARE_PATH}")
    room = str(server.folder / "room")
    return Elsewhere(Computer("build-1", host="synth", tools=str(STANDINS), folder=room), server.rooms)


@pytest.fixture
def in_wsl(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", f"{install_wsl(tmp_path / 'bin')}{os.pathsep}{BARE_PATH}")
    room = tmp_path / "room"
    return Elsewhere(Computer("Debian", WSL, tools=str(STANDINS), folder=str(room)), lambda: list(room.glob("*")))


@pytest.fixture(params=["over_ssh", "in_wsl"])
def elsewhere(request):
    """Both ways."""
    return request.getfixturevalue(request.param)


@pytest.fixture
def jet(open_window, elsewhere, monkeypatch):
    """A small network on a computer without the vendor's tool."""
    monkeypatch.setenv("CODESIGN_STANDIN", "ok")
    return open_window("jet_tagger", (1366, 768))


@pytest.fixture
def hand(jet):
    hand = CanvasHand(jet)
    yield hand
    hand.let_go()


@pytest.fixture
def in_dialog(qtbot):
    """Opens a dialog by what a person does, and goes on in it while it is open."""

    def run(opens, act):
        before, failed, acted = QApplication.activeModalWidget(), [], []

        def inside():
            dialog = QApplication.activeModalWidget()
            if dialog is before:
                return
            timer.stop()
            acted.append(dialog)
            try:
                QTest.qWaitForWindowActive(dialog)
                act(dialog)
            except BaseException as error:  # noqa: BLE001 - raised below, once the dialog no longer holds the loop
                failed.append(error)
            if dialog.isVisible():
                dialog.reject()

        timer = QTimer(interval=10)
        timer.timeout.connect(inside)
        timer.start()
        opens()
        timer.stop()
        if failed:
            raise failed[0]
        assert acted, "no dialog was opened"

    return run


def prefer(studio, **fields):
    """As left by an earlier sitting."""
    studio.prefer(replace(studio.preferences, **fields))


def button(window, name):
    return window.findChild(QPushButton, f"button.{name}")


def jobs(window):
    return window.workspace.runs.jobs()


def ended(qtbot, window):
    """Wait for the end of the newest job; returns its last view."""
    qtbot.waitUntil(lambda: bool(jobs(window)) and jobs(window)[0].state.is_final, timeout=PATIENCE)
    return jobs(window)[0]


def field(page, name, text, hand):
    """Click into a field and type."""
    hand.click(getattr(page.form, name))
    hand.key(Qt.Key.Key_A, CTRL)
    hand.type(text)


@pytest.mark.parametrize("elsewhere", ["over_ssh"], indirect=True)
def test_a_computer_is_named_tested_and_used_from_the_dialog_on(studio, jet, hand, elsewhere, in_dialog, qtbot):
    assert not button(jet, "run.synthesise").isEnabled()
    assert "or a computer that has it" in button(jet, "run.synthesise").toolTip()

    def describe(dialog):
        page = next(page for page in dialog.pages if isinstance(page, ComputersPage))
        assert page.isVisible()
        hand.click(page.add)
        field(page, "name", "build-1", hand)
        field(page, "host", "synth", hand)
        field(page, "tools", str(STANDINS), hand)
        field(page, "folder", elsewhere.computer.folder, hand)
        page.test.start.setFocus()
        hand.key(Qt.Key.Key_Space)
        qtbot.waitUntil(lambda: not page.test.running, timeout=PATIENCE)
        assert "Found: Vitis HLS, Vivado, Vivado HLS." in page.test.said.text()
        hand.click(dialog.save)

    def choose(dialog):
        assert not dialog.start.isEnabled()
        in_dialog(lambda: hand.click(dialog.computers), describe)
        assert dialog.place == "build-1"
        hand.click(dialog.step_rows["logic_synthesis"].button)
        hand.click(dialog.start)

    in_dialog(lambda: hand.click(button(jet, "run.synthesise_as")), choose)
    assert studio.preferences.computers == (elsewhere.computer,)
    view = ended(qtbot, jet)
    assert view.state is JobState.DONE, view.reason
    assert view.spec.title == "Synthesise jet_tagger on build-1"
    tiers = {report["tier"] for report in view.result["reports"]}
    assert tiers == {Tier.C_SYNTHESIS, Tier.LOGIC_SYNTHESIS}
    qtbot.waitUntil(lambda: bool(jet.workspace.document.runs))
    assert elsewhere.rooms() == []
    assert "C synthesis and logic synthesis on build-1" in button(jet, "run.synthesise").toolTip()


def test_synthesise_repeats_the_last_choices_by_one_key(studio, jet, hand, elsewhere, qtbot):
    prefer(
        studio, computers=(elsewhere.computer,), synthesis_place=elsewhere.computer.name, synthesis_steps=("export",)
    )
    hand.key(Qt.Key.Key_Return, CTRL)
    view = ended(qtbot, jet)
    assert view.state is JobState.DONE, view.reason
    assert [report["tier"] for report in view.result["reports"]] == [Tier.C_SYNTHESIS]
    assert list(view.folder.rglob("export.zip"))
    assert elsewhere.rooms() == []


def test_the_dialog_is_left_by_escape_and_nothing_starts(studio, jet, hand, elsewhere, in_dialog):
    prefer(studio, computers=(elsewhere.computer,))

    def leave(dialog):
        assert dialog.place == elsewhere.computer.name
        hand.key(Qt.Key.Key_Escape)

    in_dialog(lambda: hand.key(Qt.Key.Key_Return, CTRL | ALT), leave)
    assert jobs(jet) == ()
    assert studio.preferences.synthesis_place == ""


def carrying(word):
    """Processes of any parent that name something on their command line."""
    return [each for each in psutil.process_iter(["cmdline"]) if word in " ".join(each.info["cmdline"] or [])]


def test_cancel_is_a_click_and_leaves_no_process_here_or_there(
    studio, jet, hand, elsewhere, qtbot, tmp_path, monkeypatch
):
    pids = tmp_path / "pids"
    monkeypatch.setenv("CODESIGN_STANDIN", "stubborn")
    monkeypatch.setenv("CODESIGN_STANDIN_PIDS", str(pids))
    prefer(studio, computers=(elsewhere.computer,))
    hand.click(button(jet, "run.synthesise"))
    qtbot.waitUntil(lambda: "scheduling" in jobs(jet)[0].phase or jobs(jet)[0].state.is_final, timeout=PATIENCE)
    there = [psutil.Process(int(word)) for word in pids.read_text().split()]
    assert there
    (room,) = elsewhere.rooms()
    jet.docks.show("jobs")
    row = jet.panels.jobs.findChild(QWidget, f"job.{jobs(jet)[0].id}")
    hand.click(next(each for each in row.findChildren(QPushButton) if each.text() == "Cancel"))
    assert ended(qtbot, jet).state is JobState.CANCELLED
    assert psutil.wait_procs(there, timeout=20)[1] == []
    qtbot.waitUntil(lambda: carrying(room.name) == [], timeout=20_000)
    if elsewhere.computer.kind == SSH:
        # The stand-in of WSL is a part of the job and ends with it, before it can tidy up.
        qtbot.waitUntil(lambda: elsewhere.rooms() == [], timeout=20_000)


@pytest.mark.parametrize("elsewhere", ["over_ssh"], indirect=True)
def test_a_computer_that_cannot_be_reached_fails_the_job_in_plain_words(studio, jet, hand, elsewhere, server, qtbot):
    prefer(studio, computers=(elsewhere.computer,))
    server.forget()
    try:
        hand.key(Qt.Key.Key_Return, CTRL)
        view = ended(qtbot, jet)
    finally:
        server.know(server.folder / "host.pub")
    assert view.state is JobState.FAILED
    assert view.reason.startswith("This computer has not met synth before")
    assert "Connect once with `ssh synth` in a terminal" in view.reason
