"""Trying a computer: what is found there, and every way in which it cannot be used; against a real SSH server, and
against a stand-in of WSL where there is none."""

import os
import shutil

import pytest

from engine.computers import WSL, Computer, computer_to_json
from engine.computers.probe import probe
from engine.jobs.errors import JobError
from engine.jobs.reporter import EventChannel, Reporter
from tests.engine.flows.hls4ml.synthesis_jobs import BARE_PATH, STANDINS
from tests.ssh_server import free_port, is_there, make_key, ssh_server
from tests.wsl import install_wsl


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    if not is_there():
        pytest.skip("no SSH server is installed here")
    with ssh_server(tmp_path_factory.mktemp("ssh")) as server:
        yield server


def probed(folder, computer):
    """What the job returns; JobError where it fails."""
    channel = os.open(os.devnull, os.O_WRONLY)
    try:
        return probe(Reporter(EventChannel(channel), "test", folder), computer=computer_to_json(computer))
    finally:
        os.close(channel)


@pytest.fixture
def tried(server, tmp_path, monkeypatch):
    """Tries the server, with some fields other than usual."""
    monkeypatch.setenv("PATH", f"{server.client()}{os.pathsep}{os.environ['PATH']}")
    return lambda **fields: probed(tmp_path, Computer(**{"name": "build", "host": "synth"} | fields))


def refusal(tried, **fields):
    with pytest.raises(JobError) as caught:
        tried(**fields)
    return str(caught.value)


def test_wsl_is_tried_in_the_same_way(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", f"{install_wsl(tmp_path / 'bin')}{os.pathsep}{BARE_PATH}")
    found = probed(tmp_path, Computer("WSL", WSL, tools=str(STANDINS), folder=str(tmp_path / "room")))
    assert [tool["title"] for tool in found["tools"]] == ["Vitis HLS", "Vivado", "Vivado HLS"]
    assert found["summary"].startswith("WSL can be reached (Linux ")
    assert list((tmp_path / "room").iterdir()) == []


def test_a_way_that_is_not_here_is_said(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    for computer, reason in ((Computer("a", WSL), "wsl.exe was not found"), (Computer("a", host="b"), "ssh was not")):
        with pytest.raises(JobError, match=reason):
            probed(tmp_path, computer)


def test_tools_are_found_in_the_folder_named(tried):
    found = tried(tools=str(STANDINS))
    assert found["system"].startswith("Linux ")
    titles = [tool["title"] for tool in found["tools"]]
    assert titles == ["Vitis HLS", "Vivado", "Vivado HLS"]
    assert found["tools"][0]["path"] == str(STANDINS / "vitis-run")
    assert found["summary"].startswith("synth can be reached (Linux ")


def test_the_newest_release_below_a_vendors_folder_is_found_with_its_version(tried, tmp_path):
    for release in ("2021.1", "2023.2"):
        folder = tmp_path / "all tools" / "Vitis_HLS" / release / "bin"
        folder.mkdir(parents=True)
        shutil.copy("/bin/true", folder / "vitis_hls")
    found = tried(tools=str(tmp_path / "all tools"))
    assert [(tool["title"], tool["version"]) for tool in found["tools"]] == [("Vitis HLS", "2023.2")]
    assert found["summary"].endswith("Found: Vitis HLS 2023.2.")


def test_tools_are_found_by_a_set_up_script(tried, tmp_path):
    setup = tmp_path / "settings64.sh"
    setup.write_text(f"echo 'Setting up'; export PATH={STANDINS}:$PATH\n")
    assert [tool["title"] for tool in tried(setup=str(setup))["tools"]][:2] == ["Vitis HLS", "Vivado"]


def test_no_tool_is_no_failure_but_says_the_next_step(tried):
    found = tried()
    assert found["tools"] == []
    assert found["summary"].endswith("No vendor's tool was found there: name its folder or its set-up script.")


def test_a_set_up_script_that_is_not_there(tried):
    reason = refusal(tried, setup="/nowhere/settings64.sh")
    assert reason.startswith("The set-up script was not found on synth")


def test_a_work_folder_that_cannot_be_written(tried):
    reason = refusal(tried, folder="/proc/nothing")
    assert "nothing can be written to /proc/nothing. Name another work folder." in reason


def test_nothing_is_left_there(tried, server):
    tried(folder=str(server.folder / "room"))
    assert server.rooms() == []


def test_a_server_that_was_never_met(tried, server):
    server.forget()
    try:
        reason = refusal(tried)
    finally:
        server.know(server.folder / "host.pub")
    assert "has not met synth before" in reason
    assert "Connect once with `ssh synth` in a terminal" in reason


def test_a_server_with_another_key_than_before(tried, server, tmp_path):
    make_key(tmp_path / "other")
    server.know(tmp_path / "other.pub")
    try:
        assert refusal(tried).startswith("synth shows another host key than before")
    finally:
        server.know(server.folder / "host.pub")


def test_a_key_that_the_server_does_not_know(tried, server, tmp_path):
    authorized = server.folder / "authorized"
    known = authorized.read_text()
    make_key(tmp_path / "other")
    authorized.write_text((tmp_path / "other.pub").read_text())
    try:
        assert refusal(tried).startswith("synth accepted none of the keys. The studio never asks for passwords")
        assert tried(key=str(tmp_path / "other"))["system"]
    finally:
        authorized.write_text(known)


def test_nobody_listens(tried):
    assert refusal(tried, port=free_port()).startswith("synth is there but takes no SSH connections on this port.")


def test_a_name_that_nobody_knows(tried):
    assert refusal(tried, host="nobody.invalid").startswith("No computer of the name nobody.invalid is known.")
