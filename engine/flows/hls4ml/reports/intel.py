"""Reports of Intel's compilers, `reports/resources/json/*.ndjson`: their estimate, and the Quartus fit after it.

Adaptive look-up tables (ALUT) count as LUT; RAM are M20K blocks, MLAB the small memories: neither is a RAMB18.
Products that share a DSP are listed apart, as fractions: the packing factor says how many fill one.
"""

from pathlib import Path
from typing import Any

from engine.estimate import Tier
from engine.flows.hls4ml.reports.errors import ReportError
from engine.flows.hls4ml.reports.mangled import kernel_name
from engine.flows.hls4ml.reports.ndjson import Entry, read_entries
from engine.flows.hls4ml.reports.report import INTERVAL, LATENCY, Module, Report, ordered

_FRACTION = "Frac. DSPs"
_COLUMNS = {"ALUTs": "LUT", "FFs": "FF", "DSPs": "DSP", "RAMs": "RAM", "MLABs": "MLAB", _FRACTION: "DSP"}
_FIT = {"alm": "ALM", "alut": "LUT", "reg": "FF", "dsp": "DSP", "ram": "RAM", "mlab": "MLAB"}
_TABLE, _KERNELS = "estimatedResources", "performanceSummary"
_SUMS = ("Kernel Subtotal", "Total", "Available")

_Columns = list[tuple[str, float]]
"""Resource and share of one piece by column; '' for columns that do not count."""
_Key = tuple[str, int]
"""A kernel: its name, and which of those of that name it is."""


def read_oneapi(folder: Path) -> Report:
    """The compiler's estimate; `folder` holds summary.ndjson and, for speed, loop_attr.ndjson. Raises ReportError.

    A module's latency is that of its longest block; the design's own is not in the report.
    """
    path = folder / "summary.ndjson"
    summary = read_entries(path)
    columns = _columns(path, summary)
    table = [each for each in summary if each.get("parent") == _TABLE]
    sums = {each.text("name"): each for each in table if each.text("name") in _SUMS}
    if "Total" not in sums:
        raise ReportError(path, _TABLE, "no row 'Total'")
    speeds, clock = _speeds(folder / "loop_attr.ndjson")
    intervals = [speed[INTERVAL] for speed in speeds.values() if INTERVAL in speed]
    slowest = {INTERVAL: max(intervals)} if intervals else {}
    return Report(
        tier=Tier.C_SYNTHESIS,
        tool="Intel oneAPI",
        version="",
        part="",
        totals=ordered(_resources(sums["Total"], columns) | slowest),
        available=ordered(_resources(sums["Available"], columns)) if "Available" in sums else (),
        clock_estimate=clock,
        modules=_kernels(summary, table, columns, speeds),
    )


def read_fit(path: Path) -> Report | None:
    """What Quartus fitted, from quartus.ndjson; None where it was not run. Raises ReportError."""
    merged: dict[str, Any] = {}
    for entry in read_entries(path):
        merged |= entry.values
    return fitted(Entry(path, 1, merged))


def fitted(root: Entry) -> Report | None:
    """The fit out of Quartus' summaries, which all of Intel's compilers write alike; None where it was not run."""
    if "quartusFitResourceUsageSummary" not in root.values:
        return None
    nodes = root.child("quartusFitResourceUsageSummary").children("nodes")
    # Older reports do not say which row is the whole system: it is the last.
    last = nodes[-1] if nodes and not any(node.get("type") == "system" for node in nodes) else None
    rows = [(node.text("name"), node.get("type") == "system" or node is last, _fitted(node)) for node in nodes]
    whole = next((figures for _, is_whole, figures in rows if is_whole), {})
    if not whole:
        return None
    modules = tuple(Module(name, "", ordered(figures)) for name, is_whole, figures in rows if not is_whole)
    clock = _fit_clock(root)
    return Report(Tier.PLACED_AND_ROUTED, "Quartus", "", "", ordered(whole), clock_estimate=clock, modules=modules)


def _columns(path: Path, summary: list[Entry]) -> _Columns:
    head = next((each for each in summary if each.get("summary_type") == _TABLE), None)
    if head is None:
        raise ReportError(path, _TABLE, "the table of estimated resources is missing")
    packing = max(head.number("dsp_packing_factor") or 1.0, 1.0)
    titles = [str(title).strip() for title in head.items("columns")[1:]]
    return [(_COLUMNS.get(title, ""), 1 / packing if title == _FRACTION else 1.0) for title in titles]


def _resources(row: Entry, columns: _Columns) -> dict[str, float]:
    data = row.items("data")
    if len(data) != len(columns):
        raise row.error("data", f"{len(data)} figures, {len(columns)} expected")
    found: dict[str, float] = {}
    for (name, share), value in zip(columns, data, strict=True):
        figure = row.as_number("data", value) if name else None
        if figure is not None:
            found[name] = found.get(name, 0.0) + figure * share
    return found


def _kernels(
    summary: list[Entry], table: list[Entry], columns: _Columns, speeds: dict[_Key, dict[str, float]]
) -> tuple[Module, ...]:
    """Kernels, and what the tool counts beside them. Equal names are told apart by their order."""
    compiled = _numbered([each for each in summary if each.get("parent") == _KERNELS])
    modules = []
    for key, row in _numbered([each for each in table if each.text("name") not in _SUMS]).items():
        symbol = str(compiled[key].get("compiler_name") or "") if key in compiled else ""
        figures = _resources(row, columns) | speeds.get(key, {})
        modules.append(Module(kernel_name(symbol) or key[0], key[0], ordered(figures)))
    return tuple(modules)


def _numbered(entries: list[Entry]) -> dict[_Key, Entry]:
    found: dict[_Key, Entry] = {}
    seen: dict[str, int] = {}
    for entry in entries:
        name = entry.text("name")
        seen[name] = seen.get(name, -1) + 1
        found[name, seen[name]] = entry
    return found


def _speeds(path: Path) -> tuple[dict[_Key, dict[str, float]], float | None]:
    """Latency and interval of each kernel, and the clock period in ns that the slowest block reaches."""
    if not path.is_file():
        return {}, None
    entries = read_entries(path)
    blocks = {id: each for each in entries if "lt" in each.values and isinstance(id := each.get("id"), int)}
    kernels = _numbered([each for each in entries if each.get("type") == "kernel"])
    speeds = {
        key: _speed([blocks[id] for id in kernel.items("children") if isinstance(id, int) and id in blocks])
        for key, kernel in kernels.items()
    }
    reached = [rate for each in blocks.values() if (rate := each.number("af")) is not None]
    return speeds, _period(min(reached)) if reached else None


def _speed(blocks: list[Entry]) -> dict[str, float]:
    read = {LATENCY: [each.number("lt") for each in blocks], INTERVAL: [each.number("ii") for each in blocks]}
    known = {name: [value for value in values if value is not None] for name, values in read.items()}
    return {name: max(values) for name, values in known.items() if values}


def _fitted(node: Entry) -> dict[str, float]:
    read = {name: node.number(key) for key, name in _FIT.items()}
    return {name: value for name, value in read.items() if value is not None}


def _fit_clock(root: Entry) -> float | None:
    if "quartusFitClockSummary" not in root.values:
        return None
    nodes = root.child("quartusFitClockSummary").children("nodes")
    named = "clock fmax" if nodes and "clock fmax" in nodes[0].values else "clock"
    rate = nodes[0].number(named) if nodes else None
    return None if rate is None else _period(rate)


def _period(rate: float) -> float | None:
    """Clock period in ns of a rate in MHz; None for rates that no clock has."""
    return 1000 / rate if rate >= 0.001 else None
