"""A computer that the user has named: where it is, and where its tools and projects are. Never a password."""

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from engine.computers.shells import Shell, Ssh, Wsl
from engine.jobs.errors import JobError

SSH, WSL = "ssh", "wsl"
_LONGEST = 1_000
_LAST_PORT = 65_535


@dataclass(frozen=True, slots=True)
class Computer:
    """One way to tools elsewhere. Its fields may hold anything that was typed: `trouble_in` judges them."""

    name: str
    kind: str = SSH
    """'ssh' or 'wsl'."""
    host: str = ""
    """`user@host`, or `host` as `ssh` knows it; the distribution for WSL, '' for the usual one."""
    port: int = 0
    """0 where `ssh` shall know."""
    key: str = ""
    """A private key's file here; '' for the agent and the usual keys."""
    tools: str = ""
    """The folder there that holds the tools, e.g. /tools/Xilinx; '' to look on the search path and in usual places."""
    setup: str = ""
    """A script there that sets the tools' environment, e.g. settings64.sh; '' for none."""
    folder: str = ""
    """Where projects go there; '' for its folder for temporary files."""

    @property
    def place(self) -> str:
        """Where it is, in a few words."""
        if self.kind == WSL:
            return f"Linux on this computer ({self.host or 'usual distribution'})"
        return f"{self.host} over SSH{f', port {self.port}' if self.port else ''}"

    def shell(self) -> Shell:
        """The way there. Raises JobError where a field could be taken for something else."""
        reasons = trouble_in(self)
        if reasons:
            raise JobError(next(iter(reasons.values())))
        return self._shell()

    def remote(self) -> dict[str, Any]:
        """What a job that runs there is given, as a JSON value."""
        user, _, host = self.host.rpartition("@")
        way = {"host": host, "user": user, "port": self.port, "key": self.key}
        rest = {"tools": self.tools, "setup": self.setup, "folder": self.folder}
        return {"kind": self.kind, **(way if self.kind == SSH else {"distribution": self.host}), **rest}

    def _shell(self) -> Shell:
        if self.kind == WSL:
            return Wsl(self.host)
        user, _, host = self.host.rpartition("@")
        return Ssh(host, user, self.port, self.key)


def trouble_in(computer: Computer) -> dict[str, str]:
    """What is wrong, by the field's name; empty where a connection may be tried."""
    found = {"name": "" if computer.name.strip() else "Give it a name to choose it by."}
    if computer.kind not in (SSH, WSL):
        found["kind"] = f"'{computer.kind}' is no way to another computer; there are ssh and wsl."
    elif computer.kind == SSH and not computer.host:
        found["host"] = "Name it as ssh does: user@host, or host."
    else:
        try:
            computer._shell()
        except JobError as error:
            found["host"] = str(error)
    for field in ("tools", "setup", "folder"):
        found[field] = _wrong_path(getattr(computer, field))
    for field in ("name", "key", "tools", "setup", "folder"):
        if not getattr(computer, field).isprintable() or len(getattr(computer, field)) > _LONGEST:
            found[field] = "It holds signs that cannot be typed, or too many."
    return {field: reason for field, reason in found.items() if reason}


def usable(computers: Sequence[Computer]) -> tuple[Computer, ...]:
    """Those with which nothing is wrong, each name once; Windows' own Linux too, unless the user has named it."""
    sound = list({computer.name: computer for computer in reversed(computers) if not trouble_in(computer)}.values())
    sound.reverse()
    if shutil.which("wsl.exe") and all(computer.kind != WSL for computer in computers):
        sound.append(Computer("WSL", WSL))
    return tuple(sound)


def computer_to_json(computer: Computer) -> dict[str, Any]:
    """The computer as a JSON value."""
    return asdict(computer)


def computer_from_json(value: object) -> Computer | None:
    """Read back what `computer_to_json` wrote; None for anything else."""
    if not isinstance(value, Mapping) or not isinstance(value.get("name"), str):
        return None
    words = ("name", "kind", "host", "key", "tools", "setup", "folder")
    taken = {key: value[key] for key in words if isinstance(value.get(key), str)}
    port = value.get("port")
    if not isinstance(port, int) or isinstance(port, bool) or not 0 <= port <= _LAST_PORT:
        port = 0
    return Computer(**taken, port=port)


def _wrong_path(path: str) -> str:
    if not path or path.startswith(("/", "~/")):
        return ""
    return "Write the whole path there: it begins with / or ~/."
