"""The job that compiles open tools ahead, so that no other job has to wait for that."""

from collections.abc import Sequence
from typing import Any

from engine.boards import Board
from engine.environment.compiled import is_compiled
from engine.environment.open_tools import OPEN_TOOLS, YOSYS, OpenTool
from engine.flows.rtl.place.device import device_of
from engine.flows.rtl.tools import prepare
from engine.jobs.reporter import Reporter


def waiting(board: Board) -> tuple[OpenTool, ...]:
    """The tools, of those installed, that hardware for a board needs and that have not been compiled yet."""
    device = device_of(board)
    tools = (YOSYS, device.placer, device.packer) if device else (YOSYS,)
    return tuple(tool for tool in tools if tool.version and not is_compiled(tool))


def prepare_tools(reporter: Reporter, *, tools: Sequence[str]) -> dict[str, Any]:
    """Compile tools, given by their ids, one after the other. Raises OpenToolError."""
    chosen = [tool for tool in OPEN_TOOLS if tool.id in tools]

    def told(text: str, fraction: float) -> None:
        reporter.phase(text)
        # Of the first tool nobody knows how far it is.
        if fraction:
            reporter.progress(fraction)

    prepare(chosen, told)
    return {"summary": f"Compiled once for all: {', '.join(tool.title for tool in chosen)}."}
