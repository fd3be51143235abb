"""The doctor: what this computer can do, found in a moment and without running anything."""

import platform
import shutil
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import psutil

from engine.environment.capability import Capability, State
from engine.environment.compiled import is_compiled
from engine.environment.compilers import compiler_title, program_compiler, without_compiler
from engine.environment.open_tools import (
    ECPPACK,
    GOWIN_PACK,
    ICEPACK,
    NEXTPNR_ECP5,
    NEXTPNR_GOWIN,
    NEXTPNR_ICE40,
    YOSYS,
    OpenTool,
)
from engine.environment.parts import added_by, missing_for_training
from engine.environment.tools import VENDOR_TOOLS, Tool, find_tool, version_of

_LOW_MEMORY = 8e9
"""Bytes under which vendor synthesis of more than small networks is killed (hls4ml's issue threads)."""
_LOW_DISK = 5e9
_OPEN = (
    ("Open synthesis", (YOSYS,)),
    ("Place and route for ECP5", (NEXTPNR_ECP5, ECPPACK)),
    ("Place and route for Gowin", (NEXTPNR_GOWIN, GOWIN_PACK)),
    ("Place and route for iCE40", (NEXTPNR_ICE40, ICEPACK)),
)

_NOT_COMPILED = "The first use compiles it, for up to a minute; `codesign-studio doctor --prepare` does so now."


def check(tool_paths: Mapping[str, str] | None = None, folder: Path | None = None) -> tuple[Capability, ...]:
    """Every capability. `tool_paths` maps tool ids to places the user named; `folder` is where jobs run."""
    return (
        Capability("design", "Design and estimate", State.OK, "always, on any computer"),
        _conversion(),
        _emulation(),
        *_open_tools(),
        _simulation(),
        _training(),
        *(_vendor(tool, tool_paths) for tool in VENDOR_TOOLS[:2]),
        *_others(tool_paths),
        _memory(),
        _disk(folder or Path.home()),
        Capability("python", "Python", State.OK, f"{platform.python_version()} on {platform.system()}"),
    )


def _conversion() -> Capability:
    found = _version("hls4ml")
    if found:
        return Capability("convert", "Convert to HLS C++", State.OK, f"hls4ml {found}")
    return Capability(
        "convert", "Convert to HLS C++", State.MISSING, "hls4ml is not installed", "Run `make setup` again."
    )


def _emulation() -> Capability:
    title, command = "Emulate bit by bit", program_compiler()
    if command:
        return Capability("emulate", title, State.OK, f"{compiler_title(command)} compiles the generated C++")
    return Capability("emulate", title, State.MISSING, "no C++ compiler was found", without_compiler())


def _open_tools() -> list[Capability]:
    """Yosys, and what places for each family: nextpnr with what makes the bitstream of its result."""
    return [_open_tool(title, tools) for title, tools in _OPEN]


def _open_tool(title: str, tools: tuple[OpenTool, ...]) -> Capability:
    missing = [tool.title for tool in tools if not tool.version]
    if not missing:
        first, *others = tools
        found = ", ".join([f"{first.title} {first.release}", *(tool.title for tool in others)])
        return Capability(first.id, title, State.OK, found, "" if all(map(is_compiled, tools)) else _NOT_COMPILED)
    remedy = added_by("`make setup-all` installs it, or the extra `open` of the package.")
    return Capability(tools[0].id, title, State.MISSING, f"not installed: {', '.join(missing)}", remedy)


def _simulation() -> Capability:
    """What the proof of Verilog needs besides Yosys."""
    title, command = "Simulate Verilog", program_compiler()
    if command:
        return Capability("simulate", title, State.OK, f"{compiler_title(command)} makes a program of the hardware")
    remedy = f"{without_compiler()} Hardware is built without it too."
    return Capability("simulate", title, State.MISSING, "no C++ compiler was found: hardware is not proved", remedy)


def _training() -> Capability:
    missing = missing_for_training()
    if not missing:
        return Capability("train", "Train and fine-tune", State.OK, f"TensorFlow {_version('tensorflow')} and QKeras")
    remedy = added_by("`make setup-all` installs them, or the extra `training` of the package; estimates need neither.")
    return Capability("train", "Train and fine-tune", State.MISSING, f"not installed: {', '.join(missing)}", remedy)


def _vendor(tool: Tool, paths: Mapping[str, str] | None) -> Capability:
    found = find_tool(tool, paths)
    if found:
        release = version_of(found)
        return Capability(tool.id, tool.title, State.OK, f"{release or 'found'} at {found}")
    remedy = "Name its folder in Preferences, Tools, or a computer that has it in Preferences, Computers."
    return Capability(tool.id, tool.title, State.MISSING, "not found; estimates and emulation need none", remedy)


def _others(paths: Mapping[str, str] | None) -> list[Capability]:
    """Tools of other vendors are only mentioned where they are installed."""
    return [_vendor(tool, paths) for tool in VENDOR_TOOLS[2:] if find_tool(tool, paths)]


def _memory() -> Capability:
    total = psutil.virtual_memory().total
    enough = total >= _LOW_MEMORY
    remedy = "" if enough else "Synthesis of large networks may be killed: raise the reuse factor, close programs."
    return Capability("memory", "Memory", State.OK if enough else State.WARN, f"{total / 1e9:.0f} GB", remedy)


def _disk(folder: Path) -> Capability:
    existing = next(place for place in (folder, *folder.parents) if place.exists())
    free = shutil.disk_usage(existing).free
    enough = free >= _LOW_DISK
    remedy = "" if enough else "Synthesis of one network takes up to a few GB: make room, or choose another folder."
    return Capability("disk", "Disk", State.OK if enough else State.WARN, f"{free / 1e9:.0f} GB free", remedy)


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""
