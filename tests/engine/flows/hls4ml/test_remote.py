"""Synthesis on another computer: against a real SSH server on this one, and a stand-in of wsl.exe."""

import io
import subprocess
import tarfile

import psutil
import pytest

from engine.computers.connection import trouble
from engine.computers.scripts import MARK, find_script
from engine.computers.shells import Ssh, Wsl, shell_from_json
from engine.environment import VENDOR_TOOLS
from engine.flows.hls4ml.remote import _unpack
from engine.jobs.errors import JobError
from engine.jobs.runner import JobRunner
from engine.jobs.state import JobState
from tests.engine.flows.hls4ml.synthesis_jobs import (
    PATIENCE,
    STANDINS,
    SynthesisHere,
    log_of,
    run_job,
    synthesis_spec,
)
from tests.engine.jobs.job_support import alive, wait_until
from tests.samples import jet_tagger
from tests.ssh_server import free_port, is_there, make_key, ssh_server
from tests.wsl import install_wsl

needs_server = pytest.mark.skipif(not is_there(), reason="no SSH server is installed here")
pytestmark = pytest.mark.hls4ml


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with ssh_server(tmp_path_factory.mktemp("ssh")) as server:
        yield server
        assert server.rooms() == []


@pytest.fixture
def here(tmp_path, monkeypatch):
    folder = tmp_path / "job"
    folder.mkdir()
    return SynthesisHere(folder, monkeypatch)


@pytest.fixture
def runner(tmp_path):
    with JobRunner(tmp_path / "jobs") as runner:
        yield runner


def refusal(here, store, ending="ok", **options):
    """Why a job failed."""
    with pytest.raises(JobError) as caught:
        here(store, jet_tagger(store), ending, tools=None, **options)
    return str(caught.value)


@needs_server
def test_the_figures_come_back_and_nothing_stays_there(runner, store, server):
    spec = synthesis_spec(
        store, jet_tagger(store), tools=None, tool_paths={"vitis": str(STANDINS)}, remote=server.remote()
    )
    view = run_job(runner, spec)
    assert view.state is JobState.DONE, f"{view.reason}\n{log_of(view)}"
    assert view.result["tool"] == "Vitis HLS 2024.1"
    assert len(view.result["layers"]) == 8
    assert (view.folder / "project" / "jet_tagger_prj" / "solution1" / "syn" / "report").is_dir()
    assert "-- Implementing module" in log_of(view)
    assert f"{server.folder}/room/codesign-studio." in log_of(view)
    assert server.rooms() == []


@needs_server
def test_logic_synthesis_finds_its_tool_there(here, store, server):
    paths = {"vitis": str(STANDINS), "vivado": str(STANDINS)}
    options = {"tool_paths": paths, "remote": server.remote(), "logic_synthesis": True}
    result = here(store, jet_tagger(store), tools=None, **options)
    assert [report["tool"] for report in result["reports"]] == ["Vitis HLS 2024.1", "Vivado 2024.1"]


@needs_server
def test_a_set_up_script_leads_to_the_tool_and_the_run_ends_as_ever(here, store, server, tmp_path):
    setup = tmp_path / "settings64.sh"
    setup.write_text(f"echo ready; export PATH={STANDINS}:$PATH\n")
    result = here(store, jet_tagger(store), tools=None, remote=server.remote(setup=str(setup)), logic_synthesis=True)
    assert [report["tool"] for report in result["reports"]] == ["Vitis HLS 2024.1", "Vivado 2024.1"]
    said = refusal(here, store, "memory", remote=server.remote(setup=str(setup)))
    assert said.startswith("The tool ran out of memory and was ended.")


def workers():
    """The worker of this test's runner and its guard."""
    return [each for each in psutil.Process().children(recursive=True) if "engine.jobs.worker" in each.cmdline()]


@needs_server
@pytest.mark.parametrize("how", ["cancelled", "cancelled after a set-up", "its worker killed"])
def test_nothing_goes_on_there_once_the_job_is(runner, store, server, tmp_path, how):
    pids = tmp_path / "pids"
    around = {"CODESIGN_STANDIN_PIDS": str(pids)}
    options = {"tool_paths": {"vitis": str(STANDINS)}, "remote": server.remote()}
    if "set-up" in how:
        (tmp_path / "settings64.sh").write_text(f"export PATH={STANDINS}:$PATH\n")
        options = {"remote": server.remote(setup=str(tmp_path / "settings64.sh"))}
    spec = synthesis_spec(store, jet_tagger(store), "stubborn", tools=None, environment=around, **options)
    job = runner.submit(spec)
    wait_until(runner, job.id, lambda view: "scheduling" in view.phase or view.state.is_final)
    numbers = [int(word) for word in pids.read_text().split()]
    assert alive(numbers) == numbers
    there = [psutil.Process(number) for number in numbers]
    (room,) = server.rooms()
    if how.startswith("cancelled"):
        runner.cancel(job.id)
    else:
        for process in workers():
            process.kill()
    assert runner.wait(job.id, PATIENCE).state in (JobState.CANCELLED, JobState.FAILED)
    assert psutil.wait_procs(there, timeout=20)[1] == []
    guards = [each for each in psutil.process_iter(["cmdline"]) if room.name in " ".join(each.info["cmdline"] or [])]
    assert psutil.wait_procs(guards, timeout=20)[1] == []
    assert server.rooms() == []


@needs_server
@pytest.mark.parametrize(
    ("ending", "reason"),
    [
        ("unroll", "The tool refused to unroll the loop Product1: the layer 'fc1' asks for"),
        ("memory", "The tool ran out of memory and was ended."),
    ],
)
def test_a_failure_there_is_explained_like_one_here(here, store, server, ending, reason):
    said = refusal(here, store, ending, tool_paths={"vitis": str(STANDINS)}, remote=server.remote())
    assert said.startswith(reason)
    assert server.rooms() == []


@needs_server
def test_a_tool_that_is_not_there_is_said_with_the_computers_name(here, store, server):
    reason = refusal(here, store, tool_paths={"vitis": "/nowhere"}, remote=server.remote())
    assert reason.startswith("Vitis HLS was not found at /nowhere on synth.")


@needs_server
def test_a_server_that_was_never_met(here, store, server):
    server.forget()
    try:
        reason = refusal(here, store, tool_paths={"vitis": str(STANDINS)}, remote=server.remote())
        assert reason.startswith("This computer has not met synth before and cannot tell whether it is the right one.")
        assert "Connect once with `ssh synth` in a terminal" in reason
    finally:
        server.know(server.folder / "host.pub")


@needs_server
def test_a_server_with_another_key_than_before(here, store, server, tmp_path):
    make_key(tmp_path / "other")
    server.know(tmp_path / "other.pub")
    try:
        reason = refusal(here, store, tool_paths={"vitis": str(STANDINS)}, remote=server.remote())
    finally:
        server.know(server.folder / "host.pub")
    assert reason.startswith("synth shows another host key than before")
    assert "`ssh-keygen -R 'synth'`" in reason


@needs_server
def test_a_key_that_the_server_does_not_know(here, store, server, tmp_path):
    make_key(tmp_path / "other")
    config = tmp_path / "client"
    config.write_text(server.config.read_text().replace(f"{server.folder}/key", str(tmp_path / "other")))
    reason = refusal(here, store, remote=server.remote(config=str(config)))
    assert reason.startswith("synth accepted none of the keys. The studio never asks for passwords")


@needs_server
def test_nobody_listens(here, store, server):
    reason = refusal(here, store, remote=server.remote(port=free_port()))
    assert reason.startswith("synth is there but takes no SSH connections on this port.")


def test_wsl_is_a_prefix_of_the_same(here, store, tmp_path, monkeypatch):
    tools = install_wsl(tmp_path / "bin")
    remote = {"kind": "wsl", "distribution": "Debian", "folder": str(tmp_path / "room")}
    result = here(store, jet_tagger(store), tools=tools, tool_paths={"vitis": str(STANDINS)}, remote=remote)
    assert len(result["layers"]) == 8
    assert list((tmp_path / "room").iterdir()) == []


def test_a_client_that_is_missing_is_said(here, store, tmp_path, monkeypatch):
    assert refusal(here, store, remote={"kind": "wsl"}).startswith("wsl.exe was not found")


VITIS = next(tool for tool in VENDOR_TOOLS if tool.id == "vitis")


def found(script, home, path="/usr/bin:/bin"):
    """What a script that looks for a tool answers in a home directory."""
    done = subprocess.run(["sh", "-c", script], env={"HOME": str(home), "PATH": path}, capture_output=True, check=True)
    return done.stdout.decode().removeprefix(MARK).strip()


def test_a_tool_there_is_found_at_its_place_on_the_path_or_as_the_newest(tmp_path):
    bins = [tmp_path / "Xilinx" / "Vitis_HLS" / release / "bin" for release in ("2021.1", "2023.2", "2022.1")]
    for folder in bins:
        folder.mkdir(parents=True)
        (folder / "vitis_hls").write_text("#!/bin/sh\n")
        (folder / "vitis_hls").chmod(0o755)
    assert found(find_script(VITIS, ""), tmp_path / "nobody") == ""
    assert found(find_script(VITIS, ""), tmp_path) == str(bins[1] / "vitis_hls")
    assert found(find_script(VITIS, ""), tmp_path, f"/usr/bin:/bin:{bins[0]}") == str(bins[0] / "vitis_hls")
    for named in (bins[2].parent, bins[2], bins[2] / "vitis_hls"):
        assert found(find_script(VITIS, str(named)), tmp_path) == str(bins[2] / "vitis_hls")
    assert found(find_script(VITIS, "/etc/passwd; touch x"), tmp_path, f"/usr/bin:/bin:{bins[0]}") == ""


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ({"host": "-oProxyCommand=touch x"}, "'-oProxyCommand=touch x' is not the name of a computer."),
        ({"host": "a b"}, "'a b' is not the name of a computer."),
        ({"host": ""}, "'' is not the name of a computer."),
        ({"host": "x", "user": "-v"}, "'-v' is not a user's name."),
        ({"host": "x", "port": 70000}, "70000 is not a port: it must be between 1 and 65535."),
        ({"kind": "wsl", "distribution": "--exec"}, "'--exec' is not the name of a Linux distribution."),
        ({"kind": "carrier pigeon"}, "'carrier pigeon' is no way to another computer; there are ssh and wsl."),
        ({"kind": "ssh"}, "The description of the other computer is not complete: "),
        ({"host": "x", "password": "y"}, "The description of the other computer is not complete: "),
    ],
)
def test_what_ssh_could_misunderstand_is_refused(value, reason):
    with pytest.raises(JobError) as caught:
        shell_from_json(value)
    assert str(caught.value).startswith(reason)


def test_ssh_never_asks_and_the_host_cannot_be_an_option():
    command = Ssh("build-1", user="ada", port=2222, key="/k").command("true")
    assert command[:4] == ["ssh", "-T", "-o", "BatchMode=yes"]
    assert command[-3:] == ["--", "build-1", "exec sh -c true"]
    for pair in (["-l", "ada"], ["-p", "2222"], ["-i", "/k"]):
        assert command[command.index(pair[0]) + 1] == pair[1]
    assert Wsl().command("true") == ["wsl.exe", "-e", "sh", "-c", "exec sh -c true"]


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("ssh: Could not resolve hostname x: Name or service not known", "No computer of the name x is known."),
        ("ssh: connect to host x port 22: Connection timed out", "x does not answer."),
        ("ssh: connect to host x port 22: No route to host", "x does not answer."),
        ("WARNING: UNPROTECTED PRIVATE KEY FILE!\nx: Permission denied (publickey).", "ssh refuses a key"),
        ("kex_exchange_identification: read: Connection reset by peer", "The SSH client and x did not agree"),
        ("the dog ate it", "The connection to x failed: the dog ate it."),
        ("", "The connection to x failed."),
    ],
)
def test_troubles_on_the_way_are_explained(said, reason):
    assert str(trouble(Ssh("x"), said)).startswith(reason)


def archive(*members):
    """A tar archive of (name, type, content or target) members."""
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w") as packed:
        for name, kind, content in members:
            member = tarfile.TarInfo(name)
            member.type = kind
            if kind == tarfile.REGTYPE:
                member.size = len(content)
                packed.addfile(member, io.BytesIO(content))
            else:
                member.linkname = content
                packed.addfile(member)
    data.seek(0)
    return data


def test_only_plain_files_below_the_project_are_taken_from_another_computer(tmp_path):
    project = tmp_path / "project"
    project.mkdir()
    (tmp_path / "outside").mkdir()
    members = (
        ("good/report.rpt", tarfile.REGTYPE, b"fine"),
        ("../escaped", tarfile.REGTYPE, b"bad"),
        (str(tmp_path / "absolute"), tarfile.REGTYPE, b"bad"),
        ("link", tarfile.SYMTYPE, str(tmp_path / "outside")),
        ("link/through", tarfile.REGTYPE, b"harmless"),
        ("hard", tarfile.LNKTYPE, "/etc/passwd"),
        ("device", tarfile.CHRTYPE, ""),
    )
    _unpack(archive(*members), project)
    found = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file())
    assert found == ["project/good/report.rpt", "project/link/through"]


def test_an_archive_that_is_cut_off_is_an_error(tmp_path):
    whole = archive(("a", tarfile.REGTYPE, b"x" * 5000)).getvalue()
    with pytest.raises(JobError, match=r"^The results did not arrive whole\."):
        _unpack(io.BytesIO(whole[:2000]), tmp_path)
