"""Benchmarks of a package, each in a process of its own, as one table.

A benchmark is a module with `run()`, which gives rows of name, value, unit and limit: None, the most the value may be,
or `at_least(...)`.
"""

import json
import subprocess
import sys
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).parents[2]
_ROWS = "--rows"
_TITLES = ("figure", "value", "unit", "limit", "")

Limit = float | tuple[str, float] | None
Row = tuple[str, float, str, Limit]


def at_least(least: float) -> Limit:
    """The limit of a value that must not be below it."""
    return ("at least", least)


def table(package: str, arguments: list[str]) -> int:
    """Print the table of the benchmarks named, or all; 1 if one could not be run, 2 if there is none of a name."""
    known = _benchmarks(ROOT.joinpath(*package.split(".")))
    if arguments[:1] == [_ROWS]:
        sys.stdout.write("\n" + json.dumps(import_module(f"{package}.{arguments[1]}").run()))
        return 0
    unknown = sorted(set(arguments) - set(known))
    if unknown:
        sys.stderr.write(f"There is no benchmark {', '.join(unknown)}. There are: {', '.join(known)}.\n")
        return 2
    lines = [_TITLES]
    broken = 0
    for name in arguments or known:
        rows = _rows(package, name)
        broken += rows is None
        lines += [(f"{name} could not be run", "", "", "", "failed")] if rows is None else [_line(*row) for row in rows]
    _print(lines)
    return 1 if broken else 0


def _benchmarks(folder: Path) -> list[str]:
    """Modules that can be run; others of the folder help them, or are programs of their own."""
    return sorted(path.stem for path in folder.glob("*.py") if "\ndef run()" in path.read_text("utf-8"))


def _rows(package: str, name: str) -> list[list] | None:
    """What a benchmark measures, or None if it fails: what it says of that is passed on."""
    sys.stderr.write(f"{name}...\n")
    command = [sys.executable, "-m", package, _ROWS, name]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False)
    return json.loads(done.stdout.splitlines()[-1]) if done.returncode == 0 else None


def _line(name: str, value: float, unit: str, limit: Limit) -> tuple[str, ...]:
    if limit is None:
        return (name, f"{value:,.2f}", unit, "", "")
    if isinstance(limit, float | int):
        return (name, f"{value:,.2f}", unit, f"{limit:g}", "met" if value <= limit else "NOT MET")
    words, least = limit
    return (name, f"{value:,.2f}", unit, f"{words} {least:g}", "met" if value >= least else "NOT MET")


def _print(lines: list[tuple[str, ...]]) -> None:
    widths = [max(len(line[column]) for line in lines) for column in range(len(_TITLES))]
    for line in lines:
        name, *rest = line
        cells = [name.ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(rest, widths[1:], strict=True))]
        print("  ".join(cells).rstrip())
