"""Which tools a run needs, where they stand, and what to say where they do not."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath, PureWindowsPath

from engine.environment import VENDOR_TOOLS, Tool
from engine.flows.hls4ml.backends import Backend
from engine.flows.hls4ml.synthesis.place import Place
from engine.flows.hls4ml.synthesis.steps import Wishes
from engine.jobs.errors import JobError

_BY_ID = {tool.id: tool for tool in VENDOR_TOOLS}
_LAB = Tool("vivado_lab", "Vivado Lab Edition", ("vivado_lab",), ("Vivado_Lab",))
_LOGIC = {"vitis": "vivado", "vivado": "vivado", "vivado_accelerator": "vivado"}
"""Flows whose logic synthesis calls a second tool."""


@dataclass(frozen=True, slots=True)
class Found:
    """The tool that runs the build, and the folders that must be on the search path while it does."""

    title: str
    path: str
    folders: tuple[str, ...]


def located(place: Place, backend: Backend, wishes: Wishes) -> Found:
    """The tools of a run, found before anything is converted. Raises JobError with the next step."""
    tool = _BY_ID[backend.tool_id]
    path = place.find(tool)
    if not path:
        raise JobError(_missing(place, backend, tool))
    second = _BY_ID[_LOGIC[backend.flow]] if wishes.logic_synthesis and backend.flow in _LOGIC else None
    helper = place.find(second) if second else ""
    if second and not helper:
        raise JobError(
            f"Logic synthesis needs {second.title}, which was not found on {place.name}. Install it beside "
            f"{tool.title}, name its folder in Preferences, {place.page}, or leave logic synthesis out."
        )
    return Found(tool.title, path, _folders([path, helper]))


def _folders(paths: Sequence[str]) -> tuple[str, ...]:
    """Parents of the executables; a path may belong to another system than this one."""
    pure = [PureWindowsPath(path) if "\\" in path else PurePosixPath(path) for path in paths if path]
    return tuple(dict.fromkeys(str(path.parent) for path in pure))


def _missing(place: Place, backend: Backend, tool: Tool) -> str:
    if named := place.named(tool):
        return (
            f"{tool.title} was not found at {named} on {place.name}. Name the folder that holds "
            f"{' or '.join(tool.commands)}, or the one above its `bin`."
        )
    said = f"{tool.title} was not found on {place.name}. "
    if backend.flow in _LOGIC and place.find(_LAB):
        return (
            f"{said}Only the Lab Edition is installed, which programs boards and cannot synthesise: install the "
            "vendor's full edition."
        )
    if tool.id == "vivado_hls" and place.find(_BY_ID["vitis"]):
        return f"{said}It ended with release 2020.1; Vitis HLS is there, so choose the flow Vitis HLS instead."
    return (
        f"{said}Install it, name its folder in Preferences, {place.page}, or choose a computer that has it. "
        "Estimates and emulation need no vendor tool."
    )
