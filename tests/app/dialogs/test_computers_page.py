"""Other computers are described, judged as one types, and tested without holding the window up."""

import os

import psutil
import pytest
from PySide6.QtCore import Qt

from app.dialogs.pages import ComputersPage
from app.preferences import Preferences
from engine.computers import WSL, Computer
from tests.engine.flows.hls4ml.synthesis_jobs import BARE_PATH, STANDINS
from tests.ssh_server import is_there, ssh_server
from tests.wsl import install_wsl

PATIENCE = 60_000
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def page(shown):
    page = shown(ComputersPage())
    page.show_preferences(Preferences())
    yield page
    page.leave()


def typed(qtbot, edit, text):
    edit.setFocus()
    edit.selectAll()
    qtbot.keyClicks(edit, text)


def added(qtbot, page, name, host):
    qtbot.mouseClick(page.add, LEFT)
    typed(qtbot, page.form.name, name)
    typed(qtbot, page.form.host, host)


def kept(page):
    return page.applied_to(Preferences()).computers


def test_without_a_computer_there_is_no_form(page, qtbot):
    assert not page.form.isVisible()
    assert not page.remove.isVisible()
    qtbot.mouseClick(page.add, LEFT)
    assert page.form.isVisible()
    assert page.form.name.hasFocus()
    assert kept(page) == (Computer(""),)


def test_computers_are_added_changed_and_removed(page, qtbot):
    added(qtbot, page, "build-1", "ada@build")
    added(qtbot, page, "lab", "lab")
    typed(qtbot, page.form.port, "2222")
    typed(qtbot, page.form.tools, "/tools/Xilinx")
    lab = Computer("lab", host="lab", port=2222, tools="/tools/Xilinx")
    assert kept(page) == (Computer("build-1", host="ada@build"), lab)
    page.list.setFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_Up)
    assert page.form.host.text() == "ada@build"
    assert page.form.port.text() == ""
    qtbot.mouseClick(page.remove, LEFT)
    assert kept(page) == (lab,)
    assert page.form.name.text() == "lab"


@pytest.mark.parametrize(
    ("host", "words"),
    [("-oProxyCommand=touch x", "is not the name of a computer"), ("a b", "is not the name of a computer")],
)
def test_a_host_that_ssh_could_misunderstand_is_marked_and_not_tested(page, qtbot, host, words):
    added(qtbot, page, "evil", host)
    assert words in page.form.fields["host"].error
    assert not page.test.start.isEnabled()
    qtbot.mouseClick(page.test.start, LEFT)
    assert not page.test.running
    typed(qtbot, page.form.host, "good")
    assert page.form.fields["host"].error == ""
    assert page.test.start.isEnabled()


def test_two_of_one_name_are_told_apart(page, qtbot):
    added(qtbot, page, "lab", "a")
    added(qtbot, page, "lab", "b")
    assert page.form.fields["name"].error == "Another computer has this name."


@pytest.mark.parametrize(("text", "port"), [("7x0000", 7000), ("65536", 6553), ("65535", 65_535), ("022", 22)])
def test_only_a_port_can_be_typed(page, qtbot, text, port):
    added(qtbot, page, "lab", "a")
    typed(qtbot, page.form.port, text)
    assert kept(page) == (Computer("lab", host="a", port=port),)
    assert page.test.start.isEnabled()


def test_wsl_asks_for_a_distribution_and_for_no_key(shown, qtbot, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", f"{install_wsl(tmp_path / 'bin')}{os.pathsep}{BARE_PATH}")
    page = shown(ComputersPage())
    page.show_preferences(Preferences())
    qtbot.mouseClick(page.add, LEFT)
    typed(qtbot, page.form.name, "Debian")
    qtbot.mouseClick(page.form.kind.button(WSL), LEFT)
    assert page.form.host.accessibleName() == "Distribution"
    assert not page.form.fields["key"].isVisible()
    assert not page.form.fields["port"].isVisible()
    typed(qtbot, page.form.tools, str(STANDINS))
    assert kept(page) == (Computer("Debian", WSL, tools=str(STANDINS)),)
    qtbot.mouseClick(page.test.start, LEFT)
    assert "Found: Vitis HLS, Vivado, Vivado HLS." in finished(qtbot, page)
    page.leave()


@pytest.fixture
def server(tmp_path, monkeypatch):
    if not is_there():
        pytest.skip("no SSH server is installed here")
    with ssh_server(tmp_path) as server:
        monkeypatch.setenv("PATH", f"{server.client()}{os.pathsep}{os.environ['PATH']}")
        yield server


def finished(qtbot, page):
    qtbot.waitUntil(lambda: not page.test.running, timeout=PATIENCE)
    return page.test.said.text()


def test_a_test_says_what_was_found(page, qtbot, server):
    added(qtbot, page, "build-1", "synth")
    typed(qtbot, page.form.tools, str(STANDINS))
    qtbot.mouseClick(page.test.start, LEFT)
    assert page.test.cancel.isVisible()
    assert page.test.bar.isVisible()
    assert "Found: Vitis HLS, Vivado, Vivado HLS." in finished(qtbot, page)
    assert not page.test.cancel.isVisible()
    qtbot.keyClicks(page.form.tools, "x")
    assert not page.test.said.isVisible()


def test_a_test_says_what_is_wrong(page, qtbot, server):
    added(qtbot, page, "build-1", "synth")
    server.forget()
    qtbot.mouseClick(page.test.start, LEFT)
    assert "Connect once with `ssh synth` in a terminal" in finished(qtbot, page)


STUCK = """#!/bin/sh
echo $$ > "$0.pid"
exec sleep 600
"""


@pytest.fixture
def stuck(tmp_path, monkeypatch):
    """An ssh that never gets through; its process, once there is one."""
    command = tmp_path / "ssh"
    command.write_text(STUCK)
    command.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    number = tmp_path / "ssh.pid"

    def process(qtbot):
        qtbot.waitUntil(lambda: number.exists() and number.read_text().strip() != "", timeout=PATIENCE)
        return psutil.Process(int(number.read_text()))

    return process


def test_a_test_that_hangs_is_cancelled_by_keyboard_and_leaves_no_process(page, qtbot, stuck):
    added(qtbot, page, "build-1", "far-away")
    page.test.start.setFocus()
    qtbot.keyClick(page.test.start, Qt.Key.Key_Space)
    process = stuck(qtbot)
    assert page.test.cancel.hasFocus()
    qtbot.keyClick(page.test.cancel, Qt.Key.Key_Space)
    assert finished(qtbot, page) == "Cancelled."
    assert psutil.wait_procs([process], timeout=10)[1] == []
    assert page.test.start.hasFocus()


def test_leaving_the_page_ends_its_test(page, qtbot, stuck):
    added(qtbot, page, "build-1", "far-away")
    qtbot.mouseClick(page.test.start, LEFT)
    process = stuck(qtbot)
    page.leave()
    assert psutil.wait_procs([process], timeout=10)[1] == []


def test_another_choice_ends_the_test_of_the_first(page, qtbot, stuck):
    added(qtbot, page, "build-1", "far-away")
    added(qtbot, page, "lab", "lab")
    qtbot.mouseClick(page.test.start, LEFT)
    process = stuck(qtbot)
    page.list.setCurrentRow(0)
    assert not page.test.said.isVisible()
    qtbot.waitUntil(lambda: not process.is_running() or process.status() == psutil.STATUS_ZOMBIE, timeout=PATIENCE)
