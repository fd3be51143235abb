"""What hls4ml says on its way: it prints, it warns, and it replaces settings with no more than a line of output."""

import contextlib
import io
import re
import sys
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TextIO


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing worth knowing: the layer it is about ('' if none) and what happened, in plain words."""

    layer: str
    text: str


_FACTOR = re.compile(
    r'Invalid (Reuse|Parallelization)Factor=(\S+) in layer "([^"]+)"\s*\.?\s*Using \w+=(\S+) instead', re.IGNORECASE
)
_FACTORS = {"reuse": "reuse factor", "parallelization": "parallelisation factor"}
_STRATEGY = re.compile(r'(Unrolled resource strategy cannot be combined with [^"]+?) in layer "([^"]+)"')
_LAYER = re.compile(r'(?:layer|in) "([^"]+)"')
_IDLE = re.compile(r"^(Writing HLS project|Done|Recompiling .* with tracing)\s*$")


class _Tee(io.TextIOBase):
    """Writes to the log and keeps a copy."""

    def __init__(self, log: TextIO) -> None:
        self._log = log
        self.copy = io.StringIO()

    def write(self, text: str) -> int:
        self.copy.write(text)
        return self._log.write(text)

    def flush(self) -> None:
        self._log.flush()


@contextlib.contextmanager
def overheard(names: dict[str, str]) -> Iterator[list[Remark]]:
    """Collect remarks while hls4ml works; `names` maps its layer names to the user's. Prints go on to the log."""
    remarks: list[Remark] = []
    tee = _Tee(sys.stderr)
    with warnings.catch_warnings(record=True) as caught, contextlib.redirect_stdout(tee):
        warnings.simplefilter("always")
        yield remarks
    said = [line.strip() for line in tee.copy.getvalue().splitlines()]
    warned = [_text(each) for each in caught]
    for line in warned:
        sys.stderr.write(f"{line}\n")
    remarks.extend(dict.fromkeys(remark(line, names) for line in (*said, *warned) if line and not _IDLE.match(line)))


def remark(line: str, names: dict[str, str]) -> Remark:
    """One line of hls4ml's in plain words; what is not known stays as it is."""
    if found := _FACTOR.search(line):
        which, asked, layer, used = found.groups()
        text = f"The {_FACTORS[which.lower()]} {asked} is not possible here; hls4ml builds {used.rstrip('.')}."
        return Remark(names.get(layer, layer), text)
    if found := _STRATEGY.search(line):
        reason, layer = found.groups()
        return Remark(names.get(layer, layer), f"{reason}; hls4ml builds Resource.")
    found = _LAYER.search(line)
    layer = names.get(found[1], found[1]) if found else ""
    return Remark(layer, re.sub(r"^WARNING:\s*", "", line))


def _text(warning: Any) -> str:
    return " ".join(str(warning.message).split())
