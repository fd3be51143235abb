"""FINN's folding configuration: a JSON object with one entry for each node, by its unique name.

As FINN's `ApplyConfig` reads and `extract_model_config_to_json` writes it. Node names are numbered by operation; those
of FINN's earlier versions are read too.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from engine.design import MULTIPLIERS, PE, SIMD, Design, Value, set_on_layers
from engine.flows.finn.choices import DEPTHWISE_PE, MEMORY, RAM, WINDOW_RAM, WINDOW_SIMD, WORDS
from engine.flows.finn.folded import Folded, legal
from engine.flows.finn.planner import Planner
from engine.flows.finn.unit import MATRICES, Kind, Unit

_LARGEST = 4_000_000
_NAME = re.compile(r"(?P<op>[A-Za-z_0-9]+?)(?:_Batch)?(?:_(?P<variant>hls|rtl))?_(?P<number>\d+)$")
_EARLIER = {
    "StreamingFCLayer": Kind.MVAU,
    "MatrixVectorActivation": Kind.MVAU,
    "Vector_Vector_Activate": Kind.VVAU,
    "VectorVectorActivation": Kind.VVAU,
    "ConvolutionInputGenerator1D": Kind.WINDOW,
}
_RTL = (Kind.WINDOW, Kind.PADDING, Kind.THRESHOLDING)
"""Units that FINN writes in Verilog unless asked otherwise."""
_MEMORIES = {"const": "embedded"}


class FoldingFileError(ValueError):
    """A text that is no folding; the message says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Applied:
    """A design folded as a file says, and what of the file means nothing for it."""

    design: Design
    notes: tuple[str, ...]


def folding_json(design: Design) -> str:
    """The folding of a design as FINN reads it."""
    counts: dict[str, int] = {}
    found: dict[str, Any] = {"Defaults": {}}
    for each in Planner().build(design).folded.values():
        settings = dict(_written(each))
        if each.unit.kind is Kind.INPUT or not settings:
            continue
        name = f"{each.unit.kind.value}_{_variant(each)}"
        found[f"{name}_{counts.get(name, 0)}"] = settings
        counts[name] = counts.get(name, 0) + 1
    return json.dumps(found, indent=2) + "\n"


def apply_folding(design: Design, text: str) -> Applied:
    """Fold a design as a file says: settings that it names are set, others stay. Raises FoldingFileError."""
    units = [unit for unit in Planner().build(design).plan.units if unit.kind is not Kind.INPUT]
    notes: list[str] = []
    for name, unit, entry in _matched(_entries(text), units, notes):
        for key, value in _read(name, unit, entry, notes):
            design = set_on_layers(design, (unit.layer,), key, value)
    return Applied(design, tuple(notes))


def _variant(each: Folded) -> str:
    return "rtl" if each.build.rtl or each.unit.kind in _RTL else "hls"


def _written(each: Folded) -> Iterator[tuple[str, Any]]:
    unit = each.unit
    if unit.kind in MATRICES:
        yield from (("PE", each.folding.pe), ("SIMD", each.folding.simd))
        yield from (("mem_mode", f"internal_{each.build.memory}".replace("internal_external", "external")),)
        yield from (("ram_style", each.build.ram.value), ("resType", each.build.multipliers.value))
    elif unit.kind in (Kind.WINDOW, Kind.PADDING):
        yield "SIMD", each.folding.simd
        if unit.kind is Kind.WINDOW:
            yield "ram_style", each.build.ram.value
    elif unit.kind not in (Kind.MAX_POOL, Kind.CONCAT):
        yield "PE", each.folding.pe


def _entries(text: str) -> dict[str, dict[str, Any]]:
    if len(text) > _LARGEST:
        raise FoldingFileError(f"It has {len(text):,} characters; a folding has no more than {_LARGEST:,}.")
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise FoldingFileError(f"It is not JSON: {error}.") from error
    if not isinstance(found, dict) or not all(isinstance(each, dict) for each in found.values()):
        raise FoldingFileError("It is no folding of FINN's, which has an object of settings for each node.")
    return found


def _matched(
    entries: dict[str, dict[str, Any]], units: list[Unit], notes: list[str]
) -> Iterator[tuple[str, Unit, dict[str, Any]]]:
    """Each entry with its unit: the n-th of its operation, in the order of the file, which is that of the graph."""
    left = {kind: [unit for unit in units if unit.kind is kind] for kind in Kind}
    for name, entry in entries.items():
        if name == "Defaults":
            notes += ["Defaults are not applied: each node's own settings are."] if entry else []
            continue
        kind = _kind(name)
        if kind is None or not left[kind]:
            notes.append(f"{name}: the design has no such unit.")
            continue
        yield name, left[kind].pop(0), entry


def _kind(name: str) -> Kind | None:
    match = _NAME.match(name)
    if match is None:
        return None
    op = match["op"]
    return _EARLIER.get(op) or next((kind for kind in Kind if kind.value == op and kind is not Kind.INPUT), None)


def _read(name: str, unit: Unit, entry: dict[str, Any], notes: list[str]) -> Iterator[tuple[str, Value]]:
    for key, value in entry.items():
        setting = _setting(unit, key)
        if setting is None:
            continue
        if isinstance(value, str):
            word = _MEMORIES.get(value, value.removeprefix("internal_"))
            if word in WORDS.get(setting, ()):
                yield setting, word
            elif word != "auto":
                notes.append(f"{name}: {key} '{value[:40]}' means nothing here.")
        elif isinstance(value, int) and not isinstance(value, bool) and value in legal(unit, setting):
            yield setting, value
        else:
            notes.append(f"{name}: {key} {str(value)[:40]} is not one of its divisors.")


def _setting(unit: Unit, key: str) -> str | None:
    """The studio's key of one of FINN's; None for what it does not set."""
    if unit.kind in MATRICES:
        half = bool(legal(unit, DEPTHWISE_PE))
        own = {"PE": DEPTHWISE_PE if half else PE, "ram_style": RAM, "mem_mode": MEMORY, "resType": MULTIPLIERS}
        return SIMD if key == "SIMD" and not half else own.get(key)
    if unit.kind is Kind.WINDOW:
        own = {"ram_style": WINDOW_RAM}
        return WINDOW_SIMD if key == "SIMD" and legal(unit, WINDOW_SIMD) else own.get(key)
    return PE if key == "PE" and legal(unit, PE) else None
