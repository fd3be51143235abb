"""The process in which an open tool runs: `python worker.py USAGE MODULE FUNCTION ARGUMENTS...`.

It ends with the tool's own exit code, or with `TRAPPED` where the WebAssembly was stopped by a fault of its own, and
leaves in the file USAGE what the run took. It imports nothing of the engine, so that it starts at once.
"""

import importlib
import inspect
import json
import sys
import time
import traceback
from pathlib import Path

TRAPPED = 134
"""As a native program that aborts."""


def main(usage: str, module: str, function: str, *arguments: str) -> int:
    """Run the tool and return its exit code."""
    sys.argv = [function, *arguments]
    try:
        return _run(module, function, list(arguments))
    finally:
        text = json.dumps({"cpu_seconds": round(time.process_time(), 3), "peak_memory": _peak_memory()})
        Path(usage).write_text(text, encoding="utf-8")


def _run(module: str, function: str, arguments: list[str]) -> int:
    entry = getattr(importlib.import_module(module), function)
    try:
        return int(entry(arguments) if inspect.signature(entry).parameters else entry() or 0)
    except Exception:  # noqa: BLE001 - a fault inside the tool; the log keeps where
        traceback.print_exc()
        return TRAPPED


def _peak_memory() -> int:
    """The most memory that this process has held, in bytes."""
    if sys.platform == "win32":
        import psutil

        return int(psutil.Process().memory_info().peak_wset)
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return used if sys.platform == "darwin" else used * 1024


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
