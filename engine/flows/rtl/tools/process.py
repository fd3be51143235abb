"""Starting an open tool in a process, and what its end means."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.environment.open_tools import OpenTool
from engine.flows.rtl.tools.errors import OpenToolError, Trouble
from engine.flows.rtl.tools.worker import TRAPPED
from engine.jobs.disk import note_of_full_disk
from engine.jobs.reporter import explain_code

FROZEN_COMMAND = "open-tool"
"""In an installer's single executable, the first argument that asks for `engine.flows.rtl.tools.worker.main`."""
_WORKER = Path(__file__).with_name("worker.py")
_USAGE = ".usage.json"
_ERROR = re.compile(r"^(?P<where>.*?)ERROR:\s*(?P<what>.*)$", re.MULTILINE)
_FAULT = "Assert "
"""With this begins what a tool says where it has found a fault of its own."""
_NO_MEMORY = re.compile(r"out of memory|bad_alloc|MemoryError|Cannot allocate memory", re.IGNORECASE)
_FULL = 3.9e9
"""Bytes near the 4 GiB that WebAssembly can address: a tool that stops there has run out of them."""
_KILLED = -9
_LONGEST_LOG = 20_000_000


@dataclass(frozen=True, slots=True)
class Usage:
    """What a run took: seconds of computing, and the most memory in bytes."""

    cpu_seconds: float
    peak_memory: int


def start(tool: OpenTool, arguments: Sequence[str], folder: Path, log: str, compiled: Path) -> Usage:
    """Run a tool in a folder, its output into the file `log` there; `compiled` holds its machine code.

    Raises OpenToolError.
    """
    frozen = bool(getattr(sys, "frozen", False))
    head = [FROZEN_COMMAND] if frozen else ["-P", str(_WORKER)]
    usage = folder / f".{log}{_USAGE}"
    environment = {
        # The tool sees this folder as its whole disk. YoWASP would else hide what lies under /tmp.
        "YOWASP_MOUNT": "/=.",
        "YOWASP_CACHE_DIR": str(compiled),
        # A run that is ended leaves its temporary files with the rest of it.
        **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(folder.resolve())),
    }
    command = [sys.executable, *head, str(usage.resolve()), tool.module, tool.function, *arguments]
    with (folder / log).open("wb") as output:
        done = subprocess.run(
            command,
            cwd=folder,
            env={**os.environ, **environment},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            check=False,
        )
    used = _usage(usage)
    if done.returncode != 0:
        raise _failure(tool, done.returncode, folder / log, used)
    return used


def _usage(file: Path) -> Usage:
    """What the worker wrote; zeros where it was ended before it could, or had no room."""
    if not file.exists() or not file.stat().st_size:
        return Usage(0.0, 0)
    values = json.loads(file.read_text(encoding="utf-8"))
    file.unlink()
    return Usage(float(values["cpu_seconds"]), int(values["peak_memory"]))


def _failure(tool: OpenTool, code: int, log: Path, used: Usage) -> OpenToolError:
    text = read_log(log)
    if code == _KILLED:
        return OpenToolError(Trouble.MEMORY, f"{tool.title} {explain_code(code)}.")
    if used.peak_memory > _FULL or _NO_MEMORY.search(text):
        reason = f"{tool.title} ran out of memory after it had used {used.peak_memory / 1e9:.1f} GB."
        return OpenToolError(Trouble.MEMORY, reason)
    found = _ERROR.search(text)
    if found and not found["what"].startswith(_FAULT):
        return OpenToolError(Trouble.INPUT, f"{tool.title}: {found['where']}{found['what']}")
    ended = "crashed" if code == TRAPPED else explain_code(code)
    return OpenToolError(Trouble.CRASH, f"{tool.title} {ended}. Its log is {log.name}.{note_of_full_disk(log.parent)}")


def read_log(log: Path) -> str:
    """The text of a log, cut where it is endless."""
    with log.open("rb") as file:
        return file.read(_LONGEST_LOG).decode("utf-8", errors="replace")
