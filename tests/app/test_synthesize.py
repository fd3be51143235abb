"""`codesign-studio synthesize` on another computer, and the doctor that lists it."""

import os

import pytest

from app.cli.main import main
from app.folders import EXAMPLES, Folders
from app.preferences import Preferences, save_preferences
from engine.computers import Computer
from tests.engine.flows.hls4ml.synthesis_jobs import BARE_PATH, STANDINS
from tests.ssh_server import is_there, ssh_server

JET = str(EXAMPLES / "jet_tagger.codesign")
needs_server = pytest.mark.skipif(not is_there(), reason="no SSH server is installed here")


@pytest.fixture
def home(tmp_path, monkeypatch):
    """The user's own places, below the test's folder."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    if not Folders.of_user().config.is_relative_to(tmp_path):
        pytest.skip("this platform keeps preferences in one place")


@pytest.fixture
def server(home, tmp_path, monkeypatch):
    """A computer called build-1 in the preferences; the vendor's tool is there only."""
    with ssh_server(tmp_path) as server:
        monkeypatch.setenv("PATH", f"{server.client()}{os.pathsep}{BARE_PATH}")
        monkeypatch.setenv("CODESIGN_STANDIN", "ok")
        build = Computer("build-1", host="synth", tools=str(STANDINS), folder=str(tmp_path / "room"))
        save_preferences(Folders.of_user().preferences, Preferences(computers=(build,)))
        yield server
        assert server.rooms() == []


@needs_server
@pytest.mark.hls4ml
@pytest.mark.parametrize("host", [["--host", "build-1"], []], ids=["named", "as the tool is there only"])
def test_it_runs_on_a_computer_of_the_preferences(server, host, capsys):
    assert main(["synthesize", JET, "--flow", "vitis", "--steps", "logic-synthesis, export", *host]) == 0
    captured = capsys.readouterr()
    assert "C synthesis (Vitis HLS 2024.1): " in captured.out
    assert "Logic synthesis (Vivado 2024.1): " in captured.out
    assert "Copying the project to synth" in captured.err


@needs_server
def test_a_host_as_ssh_knows_it_needs_no_preferences(server, capsys):
    assert main(["synthesize", JET, "--host", "synth"]) == 1
    said = capsys.readouterr().err
    assert "Vitis HLS was not found on synth." in said
    assert "name its folder in Preferences, Computers" in said
    assert "Traceback" not in said


def test_the_doctor_lists_computers_and_calls_nobody(home, monkeypatch, capsys):
    monkeypatch.setenv("PATH", "")
    computers = (Computer("build-1", host="ada@build"), Computer("old", host="-x"))
    save_preferences(Folders.of_user().preferences, Preferences(computers=computers))
    assert main(["doctor"]) == 0
    lines = capsys.readouterr().out
    assert "✓ Tools on build-1: ada@build over SSH; Preferences, Computers tests it" in lines
    assert "! Tools on old: '-x' is not the name of a computer." in lines
