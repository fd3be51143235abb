"""The named computers among what this computer can do. Nobody is called: that takes time, and a test does it."""

from collections.abc import Sequence

from engine.computers.computer import Computer, trouble_in
from engine.environment import Capability, State


def listed(computers: Sequence[Computer]) -> tuple[Capability, ...]:
    """One entry for each, with what is wrong in its description."""
    return tuple(_entry(computer) for computer in computers)


def _entry(computer: Computer) -> Capability:
    title, reasons = f"Tools on {computer.name or 'a computer without a name'}", trouble_in(computer)
    if reasons:
        remedy = "Correct it in Preferences, Computers."
        return Capability("computer", title, State.WARN, next(iter(reasons.values())), remedy)
    return Capability("computer", title, State.OK, f"{computer.place}; Preferences, Computers tests it")
