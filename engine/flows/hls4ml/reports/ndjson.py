"""JSON values one to a line, with errors that name the line."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.flows.hls4ml.reports.errors import ReportError
from engine.flows.hls4ml.reports.source import json_number, read_lines


@dataclass(frozen=True, slots=True)
class Entry:
    """An object of such a file, or of one inside it, and the line it stands in."""

    path: Path
    line: int
    values: dict[str, Any]

    def get(self, key: str) -> Any:
        """A value as it is; None if there is none."""
        return self.values.get(key)

    def text(self, key: str) -> str:
        """A text. Raises ReportError."""
        value = self.values.get(key)
        if not isinstance(value, str):
            raise self.error(key, "a text is expected")
        return value

    def number(self, key: str) -> float | None:
        """A number, None where it is left open or missing. Raises ReportError."""
        return self.as_number(key, self.values[key]) if key in self.values else None

    def as_number(self, key: str, value: Any) -> float | None:
        """A value of the entry as a number; `key` names its place. Raises ReportError."""
        try:
            return json_number(value)
        except ValueError as error:
            raise self.error(key, str(error)) from error

    def items(self, key: str) -> list[Any]:
        """A list; empty if there is none. Raises ReportError."""
        value = self.values.get(key, [])
        if not isinstance(value, list):
            raise self.error(key, "a list is expected")
        return value

    def child(self, key: str) -> "Entry":
        """An object inside this one. Raises ReportError."""
        return self._entry(key, self.values.get(key))

    def children(self, key: str) -> list["Entry"]:
        """The objects of a list. Raises ReportError."""
        return [self._entry(key, value) for value in self.items(key)]

    def error(self, key: str, reason: str) -> ReportError:
        """The error for one of the entry's values."""
        return ReportError(self.path, f"line {self.line}, {key}", reason)

    def _entry(self, key: str, value: Any) -> "Entry":
        if not isinstance(value, dict):
            raise self.error(key, "an object is expected")
        return Entry(self.path, self.line, value)


def read_entries(path: Path) -> list[Entry]:
    """The objects of a file; blank lines are passed over. Raises ReportError."""
    return [_entry(path, index, line) for index, line in enumerate(read_lines(path), start=1) if line.strip()]


def _entry(path: Path, index: int, line: str) -> Entry:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise ReportError(path, f"line {index}", "it is not JSON") from error
    if not isinstance(value, dict):
        raise ReportError(path, f"line {index}", "an object is expected")
    return Entry(path, index, value)
