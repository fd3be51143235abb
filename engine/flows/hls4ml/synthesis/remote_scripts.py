"""The lines of sh that take a project to another computer, run a tool there and bring the reports back."""

import shlex
from collections.abc import Sequence

from engine.computers.scripts import MARK, quoted

TOKEN = "CODESIGN_REMOTE"
"""Environment variable by which everything is found that a run has started there."""

_RESULTS = (
    "*_prj/*/syn/report",
    "*_prj/*/impl/*.zip",
    "*_prj/*/impl/ip/*.zip",
    "vivado_synth.rpt",
    "*.log",
    "*.prj/reports",
    "build/*.prj/reports",
    "*_prj*/*.v*/rtl.rpt",
    "*_prj*/*.v*/vivado_concat_v/utilization_synth.rpt",
    "hls_output/reports",
)
"""Where `reports.find` looks, the IP and the logs."""


def send_script(folder: str) -> str:
    """Make a folder of our own, in the one given or in the usual one for temporary files, and unpack the archive on
    standard input there; print its path. Files belong to whoever runs this."""
    root = quoted(folder) if folder else '"${TMPDIR:-/tmp}"'
    return (
        f'mkdir -p {root} && d=$(mktemp -d {root}/codesign-studio.XXXXXX) && cd "$d" && tar -x -o -f - && '
        f'echo {MARK}"$d"'
    )


def pack_script(room: str) -> str:
    """Print the mark, then an archive of the results; nothing where there are none."""
    return (
        f"cd {shlex.quote(room)} && set -- $(ls -d {' '.join(_RESULTS)} 2>/dev/null); "
        f'[ $# -eq 0 ] || {{ echo {MARK}; tar -cf - "$@"; }}'
    )


def clear_script(room: str) -> str:
    """Remove the folder."""
    return f"rm -rf -- {shlex.quote(room)}"


def run_script(room: str, command: Sequence[str], folders: Sequence[str], token: str) -> str:
    """Run a command in the room, as a group of its own, for as long as standard input stays open.

    When it closes, because the job was cancelled or the connection is gone, the group is ended, politely and then
    by force, with everything else that carries the token, and the room is removed.
    """
    path = ":".join([*map(shlex.quote, folders), "$PATH"])
    stop = (
        "stop() { kill -s TERM -- -$tool; n=0; "
        "while [ $n -lt 10 ] && kill -s 0 -- -$tool; do sleep 0.1; n=$((n + 1)); done; "
        "kill -s KILL -- -$tool; "
        f"for e in $(grep -ls {TOKEN}={token} /proc/[0-9]*/environ); do "
        "p=${e#/proc/}; kill -s KILL ${p%/environ}; done; } >/dev/null 2>&1; "
    )
    return (
        f"cd {shlex.quote(room)} || exit 97; PATH={path}; export PATH; exec 3<&0; {stop}"
        f"{TOKEN}={token} setsid {shlex.join(command)} </dev/null 3<&- & tool=$!; "
        f"(cat <&3; stop; {clear_script(room)}) >/dev/null 2>&1 & guard=$!; "
        "wait $tool; code=$?; kill $guard 2>/dev/null; stop; exit $code"
    )
