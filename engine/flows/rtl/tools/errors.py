"""What can go wrong with an open tool."""

from enum import StrEnum

from engine.jobs.errors import ToolError


class Trouble(StrEnum):
    """What kept a tool from its result."""

    MISSING = "missing"
    """It is not installed."""
    INPUT = "input"
    """It refused what it was given, and said why."""
    FIT = "fit"
    """The device has no room for it."""
    MEMORY = "memory"
    CRASH = "crash"


class OpenToolError(ToolError):
    """An open tool gave no result; the text says why in plain words, `trouble` of which kind it is."""

    def __init__(self, trouble: Trouble, reason: str) -> None:
        self.trouble = trouble
        super().__init__(reason)
