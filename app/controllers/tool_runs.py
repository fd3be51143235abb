"""Jobs that run a vendor's tool: where it stands, which steps are taken; as last chosen, as far as that holds now."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from app.preferences import Preferences
from engine.computers import Computer, usable
from engine.environment import VENDOR_TOOLS, Tool, find_tool
from engine.flows.flow import JobOffer


class ToolRuns:
    """Looks for each tool once for each place that the user names, until told to look again."""

    def __init__(self, preferences: Callable[[], Preferences]) -> None:
        self._preferences = preferences
        self._found: dict[tuple[str, str], Path | None] = {}

    def look_again(self) -> None:
        """Forget what was found: something may have been installed."""
        self._found.clear()

    def here(self, offer: JobOffer) -> Path | None:
        """The tool's program on this computer."""
        tool, paths = tool_of(offer), self._preferences().tool_paths
        key = (tool.id, paths.get(tool.id, ""))
        if key not in self._found:
            self._found[key] = find_tool(tool, paths)
        return self._found[key]

    def computers(self) -> tuple[Computer, ...]:
        """Other computers, each name once; those with something wrong in their description at the end."""
        named = self._preferences().computers
        every = (*usable(named), *named)
        return tuple({computer.name: computer for computer in reversed(every) if computer.name}.values())[::-1]

    def computer(self, offer: JobOffer) -> Computer | None:
        """The other computer on which the job would run; None for this one, as for all that needs no tool."""
        if not offer.tool:
            return None
        computers, chosen = usable(self._preferences().computers), self._preferences().synthesis_place
        named = next((computer for computer in computers if computer.name == chosen), None)
        if named is not None or self.here(offer) is not None:
            return named
        return next(iter(computers), None)

    def steps(self, offer: JobOffer) -> tuple[str, ...]:
        """The steps that would be taken besides those it cannot do without."""
        wanted = self._preferences().synthesis_steps
        return tuple(step.key for step in offer.steps if step.key in wanted and not step.always)

    def why_not(self, offer: JobOffer) -> str:
        """Why the tool cannot run anywhere, or ''."""
        if not offer.tool or self.here(offer) is not None or usable(self._preferences().computers):
            return ""
        return f"{missing_here(offer)}, or a computer that has it"

    def arguments(self, offer: JobOffer) -> dict[str, Any]:
        """What the job is told besides the design."""
        if not offer.tool:
            return dict.fromkeys(self.steps(offer), True)
        computer = self.computer(offer)
        there = {"remote": computer.remote()} if computer else {"tool_paths": self._preferences().tool_paths}
        return there | dict.fromkeys(self.steps(offer), True)

    def words(self, offer: JobOffer) -> str:
        """What would be done and where: `C synthesis and IP export on build-1`."""
        labels = [step.label for step in offer.steps if step.always or step.key in self.steps(offer)]
        first, *more = labels or [offer.label]
        *between, last = [first, *map(_within, more)]
        return f"{', '.join(between)}{' and ' if between else ''}{last} {on(self.computer(offer))}"


def _within(label: str) -> str:
    """A label inside a sentence: `logic synthesis`, but `IP export`."""
    return label[:1].lower() + label[1:] if label[1:2].islower() else label


def on(computer: Computer | None) -> str:
    """Where a job runs, to follow what it does."""
    return f"on {computer.name}" if computer else "on this computer"


def tool_of(offer: JobOffer) -> Tool:
    """The tool that an offer names."""
    return next(tool for tool in VENDOR_TOOLS if tool.id == offer.tool)


def missing_here(offer: JobOffer) -> str:
    """What to say of a tool that is not on this computer."""
    return f"{tool_of(offer).title} was not found; name its folder in Preferences, Tools"
