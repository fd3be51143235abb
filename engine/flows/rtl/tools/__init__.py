"""Running the open tools: each in a process of its own, which sees nothing of the disk but the folder of its run."""

from engine.flows.rtl.tools.errors import OpenToolError, Trouble
from engine.flows.rtl.tools.preparation import prepare
from engine.flows.rtl.tools.run import Usage, run_tool

__all__ = ["OpenToolError", "Trouble", "Usage", "prepare", "run_tool"]
