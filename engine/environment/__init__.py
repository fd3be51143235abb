"""What this computer can do: tools, compilers, memory, disk."""

from engine.environment.capability import Capability, State
from engine.environment.check import check
from engine.environment.tools import (
    VENDOR_TOOLS,
    Tool,
    find_compiler,
    find_tool,
    program_compiler,
    version_in,
    version_of,
)

__all__ = [
    "VENDOR_TOOLS",
    "Capability",
    "State",
    "Tool",
    "check",
    "find_compiler",
    "find_tool",
    "program_compiler",
    "version_in",
    "version_of",
]
