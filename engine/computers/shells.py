"""How to run a line of sh on another computer: through the system's OpenSSH client, or inside WSL."""

import re
import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from engine.jobs.errors import JobError

_HOST = re.compile(r"[A-Za-z0-9_.:%\[\]][A-Za-z0-9_.:%\[\]-]{0,252}", re.ASCII)
_USER = re.compile(r"[A-Za-z0-9_.@\\][A-Za-z0-9_.@\\-]{0,99}", re.ASCII)
_DISTRIBUTION = re.compile(r"[A-Za-z0-9_.][A-Za-z0-9_. -]{0,99}", re.ASCII)
_CONNECT_SECONDS = 15
_ALIVE_SECONDS = 15
"""A connection that says nothing for four times this is given up."""


class Shell(Protocol):
    """A way to another computer."""

    @property
    def name(self) -> str:
        """How people call that computer."""
        ...

    @property
    def client(self) -> str:
        """The program on this computer that leads there."""
        ...

    @property
    def by_hand(self) -> str:
        """What a person types in a terminal to go there."""
        ...

    def command(self, script: str, *, login: bool = False) -> list[str]:
        """The command here that runs a script there; in a `login` shell, its profile has set the environment."""
        ...


@dataclass(frozen=True, slots=True)
class Ssh:
    """A host as `ssh` knows it; keys or an agent only, nothing is ever asked."""

    host: str
    user: str = ""
    port: int = 0
    key: str = ""
    config: str = ""
    """A configuration file instead of the user's own."""

    def __post_init__(self) -> None:
        """Raise JobError for what `ssh` could take for something else."""
        if not _HOST.fullmatch(self.host):
            raise JobError(f"'{self.host}' is not the name of a computer.")
        if self.user and not _USER.fullmatch(self.user):
            raise JobError(f"'{self.user}' is not a user's name.")
        if not 0 <= self.port <= 65535:
            raise JobError(f"{self.port} is not a port: it must be between 1 and 65535.")

    @property
    def name(self) -> str:
        """See `Shell.name`."""
        return self.host

    @property
    def client(self) -> str:
        """See `Shell.client`."""
        return "ssh"

    @property
    def by_hand(self) -> str:
        """See `Shell.by_hand`."""
        port = f"-p {self.port} " if self.port else ""
        return f"ssh {port}{f'{self.user}@' if self.user else ''}{self.host}"

    def command(self, script: str, *, login: bool = False) -> list[str]:
        """See `Shell.command`."""
        options = ["-T", "-o", "BatchMode=yes", "-o", f"ConnectTimeout={_CONNECT_SECONDS}"]
        options += ["-o", f"ServerAliveInterval={_ALIVE_SECONDS}", "-o", "ServerAliveCountMax=4"]
        options += ["-F", self.config] if self.config else []
        options += ["-p", str(self.port)] if self.port else []
        options += ["-l", self.user] if self.user else []
        options += ["-i", self.key, "-o", "IdentitiesOnly=yes"] if self.key else []
        return [self.client, *options, "--", self.host, _line(script, login)]


@dataclass(frozen=True, slots=True)
class Wsl:
    """Linux inside this Windows computer; '' stands for the usual distribution."""

    distribution: str = ""

    def __post_init__(self) -> None:
        """Raise JobError for what `wsl.exe` could take for something else."""
        if self.distribution and not _DISTRIBUTION.fullmatch(self.distribution):
            raise JobError(f"'{self.distribution}' is not the name of a Linux distribution.")

    @property
    def name(self) -> str:
        """See `Shell.name`."""
        return f"WSL ({self.distribution})" if self.distribution else "WSL"

    @property
    def client(self) -> str:
        """See `Shell.client`."""
        return "wsl.exe"

    @property
    def by_hand(self) -> str:
        """See `Shell.by_hand`."""
        return f"wsl -d {self.distribution}" if self.distribution else "wsl"

    def command(self, script: str, *, login: bool = False) -> list[str]:
        """See `Shell.command`."""
        which = ["-d", self.distribution] if self.distribution else []
        return [self.client, *which, "-e", "sh", "-c", _line(script, login)]


def shell_from_json(value: Mapping[str, Any]) -> Shell:
    """The shell that a job's argument names: {"kind": "ssh", "host": ...} or {"kind": "wsl", ...}. Raises JobError."""
    fields = dict(value)
    kind = fields.pop("kind", "ssh")
    try:
        if kind == "ssh":
            return Ssh(**fields)
        if kind == "wsl":
            return Wsl(**fields)
    except TypeError as error:
        raise JobError(f"The description of the other computer is not complete: {error}.") from error
    raise JobError(f"'{kind}' is no way to another computer; there are ssh and wsl.")


def _line(script: str, login: bool) -> str:
    """One line for whatever shell the user has there, be it bash, tcsh or fish; the script itself is run by sh."""
    plain = f"exec sh -c {shlex.quote(script)}"
    if not login:
        return plain
    word = shlex.quote(plain)
    # A csh takes -l only by itself, and reads the user's settings anyway.
    profile = f'case "${{SHELL:=sh}}" in *csh) exec "$SHELL" -c {word};; *) exec "$SHELL" -l -c {word};; esac'
    return f"exec sh -c {shlex.quote(profile)}"
