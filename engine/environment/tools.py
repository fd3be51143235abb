"""Finding tools: on the PATH, in the usual folders, or where the user said they are."""

import os
import re
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

_VERSION = re.compile(r"(20\d\d\.\d)")
_VENDOR_ROOTS = ("/tools/Xilinx", "/opt/Xilinx", "/opt/xilinx", "/opt/AMD", "~/Xilinx", "C:/Xilinx", "C:/AMD")


@dataclass(frozen=True, slots=True)
class Tool:
    """A command-line tool that the studio may run."""

    id: str
    title: str
    commands: tuple[str, ...]
    """Names of its executable, the newest first."""
    folders: tuple[str, ...] = ()
    """Its folders under a vendor's root, e.g. `Vitis_HLS`."""


VENDOR_TOOLS = (
    Tool("vitis", "Vitis HLS", ("vitis-run", "vitis_hls"), ("Vitis_HLS", "Vitis")),
    Tool("vivado", "Vivado", ("vivado",), ("Vivado",)),
    Tool("vivado_hls", "Vivado HLS", ("vivado_hls",), ("Vivado", "Vivado_HLS")),
    Tool("quartus", "Intel HLS (Quartus)", ("i++",)),
    Tool("oneapi", "Intel oneAPI", ("icpx",)),
    Tool("catapult", "Catapult", ("catapult",)),
    Tool("libero", "SmartHLS (Libero)", ("shls",)),
)


def find_tool(tool: Tool, chosen: Mapping[str, str] | None = None) -> Path | None:
    """The tool's executable; `chosen` maps tool ids to a folder or executable that the user named."""
    places = [Path(chosen[tool.id]).expanduser()] if chosen and chosen.get(tool.id) else []
    for command in tool.commands:
        for place in places:
            for candidate in (place, place / command, place / "bin" / command):
                if candidate.name == _executable(command) and os.access(candidate, os.X_OK) and candidate.is_file():
                    return candidate
        found = shutil.which(command)
        if found:
            return Path(found)
    return _installed(tool)


def version_of(executable: Path) -> str:
    """The version that the install path names, e.g. `2023.2`; '' where it names none. Nothing is run."""
    return version_in(str(executable.resolve()))


def version_in(path: str) -> str:
    """The version that a path names, which may be one of another computer."""
    found = _VERSION.search(path)
    return found[1] if found else ""


def _installed(tool: Tool) -> Path | None:
    """The newest installation under the usual folders."""
    found = [
        path
        for root in _VENDOR_ROOTS
        for folder in tool.folders
        for command in tool.commands
        for path in (
            *Path(root).expanduser().glob(f"{folder}/*/bin/{_executable(command)}"),
            *Path(root).expanduser().glob(f"*/{folder}/bin/{_executable(command)}"),
        )
        if os.access(path, os.X_OK)
    ]
    return max(found, key=version_of, default=None)


def _executable(command: str) -> str:
    return f"{command}.bat" if sys.platform == "win32" else command
