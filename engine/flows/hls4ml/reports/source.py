"""Reading report files: limited in size, numbers checked."""

import math
import re
from pathlib import Path

from engine.flows.hls4ml.reports.errors import ReportError

LARGEST = 64_000_000
"""Bytes; the reports of a design with 20,000 ports take about 10 million."""

_NUMBER = re.compile(r"\d{1,15}(\.\d{1,12})?", re.ASCII)
_OPEN = frozenset({"", "-", "?", "~", "undef", "N/A", "NA", "n/a", "TBD", "no"})
_MOST = 1e15


def read_bytes(path: Path, limit: int = LARGEST) -> bytes:
    """The whole file. Raises ReportError if it cannot be read or is larger than `limit` bytes."""
    try:
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except OSError as error:
        raise ReportError(path, "", f"cannot be read: {error.strerror}") from error
    if len(data) > limit:
        raise ReportError(path, "", f"is larger than {limit / 1e6:g} MB, which no report is")
    return data


def read_lines(path: Path) -> list[str]:
    """The lines of a text report; bytes that are no text are replaced. Raises ReportError."""
    return read_bytes(path).decode("utf-8", errors="replace").splitlines()


def number(text: str, unit: str = "") -> float | None:
    """A number as reports write it, with or without its unit; None where the tool left it open.

    Raises ValueError, in plain words, on anything else.
    """
    bare = text.strip().removesuffix(unit).strip()
    if bare in _OPEN:
        return None
    if not _NUMBER.fullmatch(bare):
        raise ValueError(f"{text.strip()[:40]!r} is not a number")
    return float(bare)


def json_number(value: object) -> float | None:
    """A number out of JSON, where tools write some as texts. Raises ValueError, in plain words."""
    if isinstance(value, str):
        return number(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(f"{str(value)[:40]!r} is not a number")
    if not math.isfinite(value) or not 0 <= value <= _MOST:
        raise ValueError(f"{value!r:.40} is out of range")
    return float(value)
