"""Where a tool runs. The job knows a place only through this protocol: this computer here, others in `remote`."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from engine.environment import Tool, find_tool
from engine.jobs.reporter import Reporter

Watch = Callable[[str], None]


class Place(Protocol):
    """A computer with tools, and room for one project."""

    @property
    def name(self) -> str:
        """As in `Vitis HLS was not found on ...`."""
        ...

    @property
    def page(self) -> str:
        """The page of the preferences on which its tools are named."""
        ...

    def named(self, tool: Tool) -> str:
        """The folder or executable that the user named for a tool, or ''."""
        ...

    def find(self, tool: Tool) -> str:
        """The path of a tool's executable there; '' if it is not there, or not where the user said."""
        ...

    def send(self, project: Path) -> None:
        """Take the project there. Raises JobError."""
        ...

    def run(self, command: Sequence[str], folders: Sequence[str], watch: Watch) -> int:
        """Run a command in the project, with folders put in front of the search path; return its exit code."""
        ...

    def fetch(self, project: Path) -> None:
        """Bring the reports and logs back, after a failure as well. Raises JobError."""
        ...


class ThisComputer:
    """Tools on this computer: the project stays where it is."""

    name = "this computer"
    page = "Tools"

    def __init__(self, reporter: Reporter, tool_paths: Mapping[str, str]) -> None:
        self._reporter, self._tool_paths = reporter, tool_paths
        self._project = reporter.folder

    def named(self, tool: Tool) -> str:
        """See `Place.named`."""
        return self._tool_paths.get(tool.id, "")

    def find(self, tool: Tool) -> str:
        """See `Place.find`."""
        named = self.named(tool)
        if not named:
            return str(find_tool(tool) or "")
        # Each command by itself: one that is missing at the named place may stand elsewhere in another release.
        each = (find_tool(replace(tool, commands=(command,)), self._tool_paths) for command in tool.commands)
        there = (found for found in each if found and found.is_relative_to(Path(named).expanduser()))
        return str(next(there, ""))

    def send(self, project: Path) -> None:
        """See `Place.send`."""
        self._project = project

    def run(self, command: Sequence[str], folders: Sequence[str], watch: Watch) -> int:
        """See `Place.run`."""
        path = os.pathsep.join([*folders, os.environ.get("PATH", "")])
        return self._reporter.run(command, self._project, {"PATH": path}, check=False, watch=watch)

    def fetch(self, project: Path) -> None:
        """See `Place.fetch`: everything is here already."""


@contextmanager
def this_computer(reporter: Reporter, tool_paths: Mapping[str, str]) -> Iterator[Place]:
    """The place for tools on this computer."""
    yield ThisComputer(reporter, tool_paths)
