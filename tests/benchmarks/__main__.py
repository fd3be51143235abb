"""`python -m tests.benchmarks [NAME ...]`: run benchmarks, each in a process of its own, and print one table."""

import json
import subprocess
import sys
from importlib import import_module
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
_ROWS = "--rows"
_TITLES = ("figure", "value", "unit", "limit", "")


def main(arguments: list[str]) -> int:
    """Print the table; 1 if a benchmark could not be run, 2 if there is none of a name."""
    known = sorted(path.stem for path in HERE.glob("[a-z]*.py"))
    if arguments[:1] == [_ROWS]:
        sys.stdout.write("\n" + json.dumps(import_module(f"tests.benchmarks.{arguments[1]}").run()))
        return 0
    unknown = sorted(set(arguments) - set(known))
    if unknown:
        sys.stderr.write(f"There is no benchmark {', '.join(unknown)}. There are: {', '.join(known)}.\n")
        return 2
    table = [_TITLES]
    broken = 0
    for name in arguments or known:
        rows = _rows(name)
        broken += rows is None
        table += [(f"{name} could not be run", "", "", "", "failed")] if rows is None else [_line(*row) for row in rows]
    _print(table)
    return 1 if broken else 0


def _rows(name: str) -> list[list] | None:
    """What a benchmark measures, or None if it fails: what it says of that is passed on."""
    sys.stderr.write(f"{name}...\n")
    command = [sys.executable, "-m", "tests.benchmarks", _ROWS, name]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False)
    return json.loads(done.stdout.splitlines()[-1]) if done.returncode == 0 else None


def _line(name: str, value: float, unit: str, limit: float | None) -> tuple[str, ...]:
    if limit is None:
        return (name, f"{value:,.2f}", unit, "", "")
    return (name, f"{value:,.2f}", unit, f"{limit:g}", "met" if value <= limit else "NOT MET")


def _print(table: list[tuple[str, ...]]) -> None:
    widths = [max(len(line[column]) for line in table) for column in range(len(_TITLES))]
    for line in table:
        name, *rest = line
        cells = [name.ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(rest, widths[1:], strict=True))]
        print("  ".join(cells).rstrip())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
