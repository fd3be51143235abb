"""What the vendors' tools say when they give up, and what they mention in passing, in plain words with a way out."""

import json
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from engine.design import Design, set_on_layers
from engine.flows.hls4ml.failure_table import FAILURES, REMARKS, Change, Known
from engine.flows.hls4ml.reports.layers import LayerIndex

_ERROR = re.compile(r"^\s*(ERROR|CRITICAL WARNING|Error|error|fatal error)\b|: (fatal )?error: ")
# hls4ml tries an option that newer tools do not know, and catches the error.
_HARMLESS = re.compile(r"config_array_partition|-maximum_size|Unknown option '4096'")
_LONGEST_LINE = 300
_FILE = "failure.json"


@dataclass(frozen=True, slots=True)
class Fix:
    """An edit that helps: set `key` to `value` on a layer, or, with layer '', on the target of the design."""

    key: str
    value: str | float
    layer: str
    label: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """One thing recognised in a log: its id, what happened, what helps, edits that can be offered, and the line."""

    id: str
    what: str
    remedy: str
    fixes: tuple[Fix, ...]
    line: str

    def __str__(self) -> str:
        return f"{self.what} {self.remedy}".rstrip()


def explain(lines: Iterable[str], layers: LayerIndex | None = None) -> Explanation | None:
    """The reason of a failed run, from the end of its log; None if nothing in it is known.

    The most telling one wins: the table has the causes first, and what merely follows from them last.
    """
    kept = [line for line in lines if not _HARMLESS.search(line)]
    for known in FAILURES:
        for line in kept:
            if found := known.pattern.search(line):
                return _explanation(known, found, line, layers or LayerIndex())
    return None


def remarks(lines: Iterable[str], layers: LayerIndex | None = None) -> tuple[Explanation, ...]:
    """What is worth knowing of a run that went through, each thing once a layer."""
    found: dict[tuple[str, str], Explanation] = {}
    for line in lines:
        for known in REMARKS:
            if match := known.pattern.search(line):
                each = _explanation(known, match, line, layers or LayerIndex())
                found.setdefault((each.id, each.what), each)
    return tuple(found.values())


def applied(fix: Fix, design: Design) -> Design:
    """The design with the edit made. Raises the errors of such an edit, e.g. for a layer that has gone."""
    if fix.layer:
        design.network[fix.layer]
        return set_on_layers(design, (fix.layer,), fix.key, fix.value)
    changes: dict[str, Any] = {fix.key: fix.value}
    return replace(design, target=replace(design.target, **changes))


def save(explanation: Explanation, folder: Path) -> None:
    """Leave the explanation in a job's folder, for the window to offer its fixes."""
    (folder / _FILE).write_text(json.dumps(asdict(explanation), indent=1), encoding="utf-8")


def load(folder: Path) -> Explanation | None:
    """What `save` left in a job's folder; None if there is nothing, or nothing sound."""
    try:
        value = json.loads((folder / _FILE).read_text(encoding="utf-8"))
        fixes = tuple(Fix(**fix) for fix in value.pop("fixes"))
        return Explanation(**value, fixes=fixes)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None


def is_error(line: str) -> bool:
    """Whether a tool marks a line as an error that counts."""
    return bool(_ERROR.search(line)) and not _HARMLESS.search(line)


def first_error(lines: Iterable[str]) -> str:
    """The first line that a tool marks as an error, shortened; '' if there is none."""
    return next((line.strip() for line in lines if is_error(line)), "")[:_LONGEST_LINE]


def _explanation(known: Known, found: re.Match[str], line: str, layers: LayerIndex) -> Explanation:
    words = {name: (text or "").strip() for name, text in found.groupdict().items()}
    layer = layers.layer(words.get("function", "")) if "function" in words else ""
    words["layer"] = f"the layer '{layer}'" if layer else "one of the layers"
    fixes = tuple(fix for change in known.changes if (fix := _fix(change, words, layer)))
    return Explanation(known.id, known.what.format(**words), known.remedy.format(**words), fixes, line.strip())


def _fix(change: Change, words: dict[str, str], layer: str) -> Fix | None:
    """The edit, its value worked out from the line where the change says how; None where the layer is not known."""
    if change.on_layer and not layer:
        return None
    value = change.value(words) if callable(change.value) else change.value
    if value is None:
        return None
    return Fix(change.key, value, layer if change.on_layer else "", change.label.format(value=value))
