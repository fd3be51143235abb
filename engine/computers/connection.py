"""Short calls to another computer, and what went wrong on the way there, in plain words."""

import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from typing import IO

from engine.computers.scripts import MARK, NO_SETUP
from engine.computers.shells import Shell, Ssh
from engine.jobs.errors import JobError

LOST = 255
"""The exit code by which `ssh` says that the trouble is its own."""

_TROUBLES = (
    (
        r"REMOTE HOST IDENTIFICATION HAS CHANGED|Offending .{0,20}key in",
        "{name} shows another host key than before: it was set up anew, or something stands in between.",
        "Ask whoever runs it. If the change is right, remove the old key with `ssh-keygen -R '{known}'` and connect "
        "once with `{by_hand}`.",
    ),
    (
        r"Host key verification failed|No \S+ host key is known|authenticity of host",
        "This computer has not met {name} before and cannot tell whether it is the right one.",
        "Connect once with `{by_hand}` in a terminal, compare the fingerprint and accept it.",
    ),
    (
        r"UNPROTECTED PRIVATE KEY|bad permissions|Bad owner or permissions",
        "ssh refuses a key or configuration file that others may read.",
        "Make it private: `chmod 600` for the file.",
    ),
    (
        r"Permission denied \(|Too many authentication failures|no such identity|not accessible",
        "{name} accepted none of the keys.",
        "The studio never asks for passwords: put your public key there with `{copy_id}`, or load the right "
        "key into the agent with `ssh-add`.",
    ),
    (
        r"Could not resolve hostname|Name or service not known|nodename nor servname",
        "No computer of the name {name} is known.",
        "Check the spelling, and whether the network or a VPN it needs is on.",
    ),
    (
        r"Connection refused",
        "{name} is there but takes no SSH connections on this port.",
        "Check the port, and that its SSH server runs.",
    ),
    (
        r"timed out|No route to host|Network is unreachable|Operation timed out",
        "{name} does not answer.",
        "Check that it runs, and that the network or a VPN it needs is on.",
    ),
    (
        r"no matching|kex_exchange_identification|Bad configuration option|unsupported",
        "The SSH client and {name} did not agree on how to talk.",
        "Try `{by_hand}` in a terminal; its message says what is missing.",
    ),
    (
        r"no distribution|WSL_E_|is not recognized as",
        "There is no such Linux in WSL on this computer.",
        "Install one with `wsl --install`, or name the right distribution.",
    ),
)


def check_client(shell: Shell) -> None:
    """Raise JobError where the program that leads there is missing."""
    if shutil.which(shell.client) is None:
        raise JobError(
            f"{shell.client} was not found on this computer. Install the OpenSSH client, or Windows' own "
            "(Settings, Optional features)."
            if shell.client == "ssh"
            else f"{shell.client} was not found: WSL is a part of Windows."
        )


def ask(shell: Shell, script: str, *, login: bool = False, source: IO[bytes] | None = None) -> str:
    """The first marked answer of a script, '' if it gives none; it reads what `source` holds. Raises JobError."""
    return next(iter(answers(shell, script, login=login, source=source)), "")


def answers(shell: Shell, script: str, *, login: bool = False, source: IO[bytes] | None = None) -> list[str]:
    """All marked answers of a script, in their order. Raises JobError."""
    with tempfile.TemporaryFile() as output:
        _call(shell, script, login=login, source=source, output=output)
        output.seek(0)
        lines = output.read(1_000_000).decode("utf-8", errors="replace").splitlines()
    return [line.removeprefix(MARK).strip() for line in lines if line.startswith(MARK)]


def receive(shell: Shell, script: str, read: Callable[[IO[bytes]], None]) -> None:
    """Let `read` read what a script prints behind the mark; it is not called where there is none. Raises JobError."""
    with tempfile.TemporaryFile() as data:
        _call(shell, script, output=data)
        data.seek(0)
        while line := data.readline(65_536):
            if line.rstrip() == MARK.encode():
                read(data)
                return


def trouble(shell: Shell, said: str) -> JobError:
    """The error for what the way there said."""
    for pattern, what, remedy in _TROUBLES:
        if re.search(pattern, said, re.IGNORECASE):
            return JobError(f"{what} {remedy}".format(**_words(shell)))
    last = next((line.strip() for line in reversed(said.splitlines()) if line.strip()), "")
    return JobError(f"The connection to {shell.name} failed{f': {last[:300]}' if last else ''}.")


def _words(shell: Shell) -> dict[str, str]:
    """What the sentences name: the computer, its name in `known_hosts`, and commands to type in a terminal."""
    port = shell.port if isinstance(shell, Ssh) else 0
    known = f"[{shell.name}]:{port}" if port not in (0, 22) else shell.name
    copy_id = shell.by_hand.replace("ssh ", "ssh-copy-id ", 1)
    return {"name": shell.name, "known": known, "by_hand": shell.by_hand, "copy_id": copy_id}


def _call(
    shell: Shell,
    script: str,
    *,
    login: bool = False,
    source: IO[bytes] | None = None,
    output: IO[bytes] | None = None,
) -> None:
    done = subprocess.run(
        shell.command(script, login=login),
        stdin=source or subprocess.DEVNULL,
        stdout=output or subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        check=False,
    )
    said = done.stderr.decode("utf-8", errors="replace")[-20_000:]
    if done.returncode == NO_SETUP:
        raise JobError(
            f"The set-up script was not found on {shell.name}, or cannot be read there. "
            "Correct its path in Preferences, Computers."
        )
    if done.returncode == LOST or (done.returncode != 0 and shell.client != "ssh"):
        raise trouble(shell, said)
    if done.returncode != 0:
        last = said.strip().rpartition("\n")[2] or f"exit code {done.returncode}"
        raise JobError(f"A command on {shell.name} failed: {last[:300]}.")
