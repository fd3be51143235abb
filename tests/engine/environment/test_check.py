"""The doctor finds tools where they are and explains what is missing."""

import sys

import pytest

from engine.environment import VENDOR_TOOLS, State, check, find_tool, program_compiler, version_of

VITIS = VENDOR_TOOLS[0]


@pytest.fixture
def bare(monkeypatch, tmp_path):
    """A computer with nothing on the PATH and no vendor folders."""
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    monkeypatch.setattr("engine.environment.tools._VENDOR_ROOTS", (str(tmp_path / "Xilinx"),))
    return tmp_path


def _install(path):
    path.parent.mkdir(parents=True)
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    return path


def test_everything_missing_has_a_remedy(bare):
    found = {each.id: each for each in check()}
    assert found["design"].state is State.OK
    for name in ("emulate", "simulate", "vitis", "vivado"):
        assert found[name].state is State.MISSING
        assert found[name].remedy


def test_zig_compiles_where_nothing_else_does(bare, monkeypatch):
    zig = _install(bare / "site" / "ziglang" / "zig")
    (zig.parent / "__init__.py").touch()
    monkeypatch.syspath_prepend(str(zig.parent.parent))
    assert program_compiler() == (str(zig), "c++")
    found = {each.id: each for each in check()}
    assert (found["simulate"].state, found["simulate"].detail) == (State.OK, "zig makes a program of the hardware")
    assert (found["emulate"].state, found["emulate"].detail) == (State.OK, "zig compiles the generated C++")
    compiler = _install(bare / "bin" / "clang++")
    monkeypatch.setenv("PATH", str(compiler.parent))
    assert program_compiler() == (str(compiler),)


def test_a_tool_on_the_path_is_found(bare, monkeypatch):
    tool = _install(bare / "bin" / "vitis_hls")
    monkeypatch.setenv("PATH", str(tool.parent))
    assert find_tool(VITIS) == tool


def test_the_newest_installation_is_taken(bare):
    for year in ("2022.2", "2023.2", "2021.1"):
        _install(bare / "Xilinx" / "Vitis_HLS" / year / "bin" / "vitis_hls")
    found = find_tool(VITIS)
    assert version_of(found) == "2023.2"
    assert "2023.2" in {each.id: each for each in check()}["vitis"].detail


def test_a_named_folder_wins(bare):
    _install(bare / "Xilinx" / "Vitis_HLS" / "2023.2" / "bin" / "vitis_hls")
    own = _install(bare / "mine" / "2024.1" / "bin" / "vitis_hls")
    for named in (own, own.parent, own.parent.parent):
        assert find_tool(VITIS, {"vitis": str(named)}) == own


def test_a_tool_of_another_vendor_is_only_mentioned_where_it_is(bare, monkeypatch):
    assert "quartus" not in {each.id for each in check()}
    monkeypatch.setenv("PATH", str(_install(bare / "bin" / "i++").parent))
    assert "quartus" in {each.id for each in check()}


def test_a_missing_jobs_folder_is_measured_at_its_parent(tmp_path):
    found = {each.id: each for each in check(folder=tmp_path / "not" / "yet")}
    assert "GB free" in found["disk"].detail


def test_in_an_installer_missing_parts_are_added_not_set_up(monkeypatch):
    monkeypatch.setattr("engine.environment.parts.find_spec", lambda _name: None)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    training = next(each for each in check() if each.id == "train")
    assert training.remedy == "Add it with Help, Add parts… or `codesign-studio addons`."
