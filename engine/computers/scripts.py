"""Lines of sh that look for things on another computer. Answers are marked: a profile there may print what it likes."""

import shlex

from engine.environment import Tool

MARK = "codesign-studio:"
"""Begins the line of an answer."""
NO_SETUP = 96
"""Exit code of a script whose set-up script is not there."""

_ROOTS = ("/tools/Xilinx", "/opt/Xilinx", "/opt/xilinx", "/opt/AMD", '"$HOME"/Xilinx', '"$HOME"/AMD')


def quoted(path: str) -> str:
    """A path for sh; `~/` in front stands for the home folder there, as people mean it."""
    return f'"$HOME"/{shlex.quote(path[2:])}' if path.startswith("~/") else shlex.quote(path)


def with_setup(script: str, setup: str) -> str:
    """The script in an environment that a vendor's set-up script has prepared; they are written for bash.

    The set-up gets no standard input and no arguments, and what it prints does not count as output.
    """
    if not setup:
        return script
    place = quoted(setup)
    # Not by the environment: everything there that carries a run's token is ended with the run.
    inner = shlex.quote(f's=$1; set --; . {place} </dev/null >&2; exec sh -c "$s"')
    return f"[ -r {place} ] || exit {NO_SETUP}; exec bash -c {inner} bash {shlex.quote(script)}"


def find_script(tool: Tool, named: str, folder: str = "") -> str:
    """Print the path of a tool: at the place named for it; else in the folder that holds tools, on the search path, or
    the newest in the usual folders."""
    commands = " ".join(tool.commands)
    if named:
        return f"{_look_at(quoted(named), commands)}; true"
    first = f"{_look_at(quoted(folder), commands)}; {_newest(tool, (quoted(folder),))}; " if folder else ""
    path = f'for c in {commands}; do f=$(command -v "$c") && echo {MARK}"$f" && exit 0; done'
    return f"{first}{path}; {_newest(tool, _ROOTS)}; true"


def _look_at(place: str, commands: str) -> str:
    return (
        f'p={place}; for c in {commands}; do for f in "$p" "$p/$c" "$p/bin/$c"; do '
        'if [ "${f##*/}" = "$c" ] && [ -f "$f" ] && [ -x "$f" ]; then '
        f'echo {MARK}"$f"; exit 0; fi; done; done'
    )


def _newest(tool: Tool, roots: tuple[str, ...]) -> str:
    """The newest release below roots that are quoted already."""
    if not tool.folders:
        return ":"
    installed = " ".join(
        f"{root}/{pattern}/bin/{command}"
        for command in tool.commands
        for folder in tool.folders
        for root in roots
        for pattern in (f"{folder}/*", f"*/{folder}")
    )
    return f'f=$(ls -d {installed} 2>/dev/null | sort -V | tail -n 1); if [ -n "$f" ]; then echo {MARK}"$f"; exit 0; fi'
