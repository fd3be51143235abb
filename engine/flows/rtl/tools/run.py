"""Running an open tool that is compiled first where it has to be."""

from collections.abc import Sequence
from pathlib import Path

from engine.environment.compiled import machine_code
from engine.environment.open_tools import OpenTool
from engine.flows.rtl.tools.preparation import prepare
from engine.flows.rtl.tools.process import Usage, start

__all__ = ["Usage", "run_tool"]


def run_tool(tool: OpenTool, arguments: Sequence[str], folder: Path, log: str) -> Usage:
    """Run a tool on files of `folder`, which it knows by their names there; its output goes to the file `log`.

    Several may run at once in folders of their own. Raises OpenToolError with the reason.
    """
    prepare([tool])
    return start(tool, arguments, folder, log, machine_code(tool))
