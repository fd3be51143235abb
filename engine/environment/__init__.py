"""What this computer can do: tools, compilers, memory, disk."""

from engine.environment.capability import Capability, State
from engine.environment.check import check
from engine.environment.compilers import compiler_environment, program_compiler, without_compiler
from engine.environment.parts import added_by, missing_for_training
from engine.environment.tools import VENDOR_TOOLS, Tool, find_tool, version_in, version_of

__all__ = [
    "VENDOR_TOOLS",
    "Capability",
    "State",
    "Tool",
    "added_by",
    "check",
    "compiler_environment",
    "find_tool",
    "missing_for_training",
    "program_compiler",
    "version_in",
    "version_of",
    "without_compiler",
]
