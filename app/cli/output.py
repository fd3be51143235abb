"""What commands share: writing results, and turning errors people can mend into exit code 2."""

import json
import sys
from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any

from engine.jobs.reasons import explain_disk, is_disk_full

BAD_INPUT = 2
FAILED = 1

Command = Callable[[list[str]], int]


def say(text: str = "") -> None:
    """Write one line of the result."""
    sys.stdout.write(text + "\n")


def say_json(value: Any) -> None:
    """Write the result as JSON."""
    say(json.dumps(value, indent=2, ensure_ascii=False))


def complain(text: str) -> None:
    """Write one line about what is wrong."""
    sys.stderr.write(f"codesign-studio: {text}\n")


def explained(command: Command) -> Command:
    """Bad input ends a command with its explanation and exit code 2; a bug still shows itself."""

    @wraps(command)
    def run(arguments: list[str]) -> int:
        try:
            return command(arguments)
        except BrokenPipeError:
            raise
        except OSError as error:
            complain(_reason(error))
        except ValueError as error:
            complain(str(error))
        return BAD_INPUT

    return run


def _reason(error: OSError) -> str:
    if is_disk_full(error):
        return explain_disk(error)
    return f"{error.filename}: {error.strerror}" if error.filename else str(error)


def table(rows: Sequence[Sequence[str]], right: Sequence[int] = ()) -> None:
    """Write rows in columns; columns in `right` are aligned at their right edge."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        cells = [
            cell.rjust(width) if column in right else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        say("  ".join(cells).rstrip())
