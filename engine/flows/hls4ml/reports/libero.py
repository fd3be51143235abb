"""`hls_output/reports/summary.results.rpt`: what SmartHLS says after Libero's synthesis, or its placing and routing.

The format is that of Microchip's public training material (SmartHLS 2022 to 2024). Four-input look-up tables count as
LUT, math blocks as DSP, each with the interface logic that memories and math blocks take. LSRAM (20 kbit) and uSRAM
(768 bit) are no RAMB18. Latency and interval are those of the co-simulation, where one was run.
"""

import re
from pathlib import Path

from engine.estimate import Tier
from engine.flows.hls4ml.reports.errors import ReportError
from engine.flows.hls4ml.reports.report import INTERVAL, LATENCY, Report, ordered
from engine.flows.hls4ml.reports.source import number, read_lines
from engine.flows.hls4ml.reports.tables import Row, read_tables

_DEVICE = re.compile(r"Device: (\S{1,100})")
_TITLE = "Summary Report for RTL Simulation and FPGA Synthesis"
_RESOURCES = {
    "Fabric + Interface 4LUT": "LUT",
    "Fabric + Interface DFF": "FF",
    "Math": "DSP",
    "LSRAM": "LSRAM",
    "uSRAM": "uSRAM",
}
_NEEDED = ("LUT", "FF", "DSP")
_CALLS = {LATENCY: "Call Latency (min/max/avg)", INTERVAL: "Call II (min/max/avg)"}


def read_libero(path: Path) -> Report | None:
    """Resources, clock and cycles; None where the hardware was not synthesised yet. Raises ReportError."""
    lines = read_lines(path)
    if not any(_TITLE in line for line in lines[:10]):
        raise ReportError(path, "line 1", "the title of a SmartHLS report is missing")
    rows = {table.columns[0]: list(table.rows()) for table in read_tables(path, lines) if table.columns}
    resources = rows.get("Resource Type", [])
    if not resources:
        return None
    clock = next(iter(rows.get("Clock Domain", [])), None)
    calls = next(iter(rows.get("Top-Level Name", [])), None)
    used = _figures(resources, "Used")
    missing = [name for name in _NEEDED if name not in used]
    if missing:
        raise ReportError(path, "Resource Usage", f"no figure for {', '.join(missing)}")
    return Report(
        # Its timing is measured after placing and routing only.
        tier=Tier.LOGIC_SYNTHESIS if clock is None else Tier.PLACED_AND_ROUTED,
        tool="SmartHLS",
        version="",
        part=next((found[1] for line in lines[:20] if (found := _DEVICE.fullmatch(line.strip()))), ""),
        totals=ordered(used | ({} if calls is None else _cycles(calls))),
        available=ordered(_figures(resources, "Total")),
        clock_target=None if clock is None else clock.number("Target Period", "ns"),
        clock_estimate=None if clock is None else clock.number("Period", "ns"),
    )


def _figures(rows: list[Row], column: str) -> dict[str, float]:
    found = {}
    for row in rows:
        name = _RESOURCES.get(row.cells["Resource Type"].rstrip("*").strip())
        # `388 + 336 = 724`: the design's own, that of interfaces, and their sum.
        value = None if name is None else _number(row, column, row.cells.get(column, "").rpartition("=")[2])
        if name is not None and value is not None:
            found[name] = value
    return found


def _cycles(row: Row) -> dict[str, float]:
    """The largest of `smallest / largest / average`."""
    found = {}
    for name, column in _CALLS.items():
        parts = row.cells.get(column, "").split("/")
        value = _number(row, column, parts[1]) if len(parts) == 3 else None
        if value is not None:
            found[name] = value
    return found


def _number(row: Row, column: str, text: str) -> float | None:
    try:
        return number(text.replace(",", ""))
    except ValueError as error:
        raise ReportError(row.path, f"line {row.line}, {column}", str(error)) from error
