"""Synthesis on another computer, over SSH or in WSL: the project goes there, the reports come back.

Files travel as tar archives through the same connection as the commands, so nothing but `ssh` (or `wsl.exe`) is
needed here, and sh, tar and setsid there.
"""

import os
import shutil
import sys
import tarfile
import tempfile
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from engine.computers.connection import LOST, ask, check_client, receive, trouble
from engine.computers.scripts import find_script, with_setup
from engine.computers.shells import Shell, shell_from_json
from engine.environment import Tool
from engine.flows.hls4ml.synthesis import remote_scripts as scripts
from engine.flows.hls4ml.synthesis.place import Place, Watch
from engine.jobs.errors import JobError
from engine.jobs.reporter import Reporter

_LARGEST = 2_000_000_000
"""Bytes of results that are taken back."""
_SIGNALS = 128
"""sh adds this to the number of the signal that ended a command."""


@dataclass(frozen=True, slots=True)
class _There:
    """Folders and scripts of the other computer, each '' where nothing was named."""

    folder: str = ""
    tools: str = ""
    setup: str = ""


class OtherComputer:
    """A computer reached through a shell. The project lies in a folder of its own there."""

    page = "Computers"

    def __init__(self, reporter: Reporter, shell: Shell, tool_paths: Mapping[str, str], there: _There) -> None:
        self._reporter, self._shell, self._tool_paths, self._there = reporter, shell, tool_paths, there
        self._room = ""
        self._token = uuid.uuid4().hex

    @property
    def name(self) -> str:
        """See `Place.name`."""
        return self._shell.name

    def named(self, tool: Tool) -> str:
        """See `Place.named`."""
        return self._tool_paths.get(tool.id, "")

    def find(self, tool: Tool) -> str:
        """See `Place.find`."""
        script = find_script(tool, self.named(tool), self._there.tools)
        return ask(self._shell, with_setup(script, self._there.setup), login=True)

    def send(self, project: Path) -> None:
        """See `Place.send`."""
        self._reporter.phase(f"Copying the project to {self.name}")
        with tempfile.TemporaryFile() as data:
            _pack(project, data)
            data.seek(0)
            self._room = ask(self._shell, scripts.send_script(self._there.folder), source=data)
        if not self._room.startswith("/"):
            raise JobError(f"No folder could be made on {self.name}. Check that its disk has room.")

    def run(self, command: Sequence[str], folders: Sequence[str], watch: Watch) -> int:
        """See `Place.run`. The run lives as long as this process holds its standard input open."""
        script = with_setup(scripts.run_script(self._room, command, folders, self._token), self._there.setup)
        lines: list[str] = []

        def note(line: str) -> None:
            lines[:-50] = []
            lines.append(line)
            watch(line)

        held, hold = os.pipe()
        try:
            code = self._reporter.run(self._shell.command(script, login=True), check=False, watch=note, stdin=held)
        finally:
            os.close(hold)
            os.close(held)
        if code == LOST:
            raise trouble(self._shell, "\n".join(lines))
        return _SIGNALS - code if code > _SIGNALS else code

    def fetch(self, project: Path) -> None:
        """See `Place.fetch`."""
        self._reporter.phase(f"Copying the reports from {self.name}")
        receive(self._shell, scripts.pack_script(self._room), lambda data: _unpack(data, project))

    def leave(self) -> None:
        """Remove the project's folder there; what stands in the way of that is only noted."""
        if self._room:
            try:
                ask(self._shell, scripts.clear_script(self._room))
            except JobError as error:
                sys.stderr.write(f"{self._room} on {self.name} could not be removed. {error}\n")


@contextmanager
def remote_place(reporter: Reporter, tool_paths: Mapping[str, str], description: Mapping[str, Any]) -> Iterator[Place]:
    """The place for tools on another computer, cleared afterwards.

    `description` has `kind` ('ssh' or 'wsl'), the fields of `Ssh` or `Wsl`, and may have `folder`, `tools` and
    `setup` as in `Computer`. Raises JobError.
    """
    fields = dict(description)
    there = _There(**{key: str(fields.pop(key, "")) for key in ("folder", "tools", "setup")})
    shell = shell_from_json(fields)
    check_client(shell)
    place = OtherComputer(reporter, shell, tool_paths, there)
    try:
        yield place
    finally:
        place.leave()


def _pack(project: Path, data: IO[bytes]) -> None:
    with tarfile.open(fileobj=data, mode="w") as archive:
        for path in sorted(project.iterdir()):
            archive.add(path, path.name)


def _unpack(data: IO[bytes], project: Path) -> None:
    """Take regular files below the project only: what comes back was written by another computer."""
    left, home = _LARGEST, project.resolve()
    try:
        with tarfile.open(fileobj=data, mode="r|") as archive:
            for member in archive:
                target = (home / member.name).resolve()
                left -= member.size
                if left < 0:
                    raise JobError(f"The results are larger than {_LARGEST / 1e9:g} GB and were left where they are.")
                source = archive.extractfile(member) if member.isfile() and target.is_relative_to(home) else None
                if source is not None:
                    target.parent.mkdir(parents=True, exist_ok=True)
                    with target.open("wb") as file:
                        shutil.copyfileobj(source, file)
    except (tarfile.TarError, EOFError) as error:
        raise JobError("The results did not arrive whole. Start again when the connection is steady.") from error
