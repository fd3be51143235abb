"""`<top>_csynth.rpt`: totals and modules of C synthesis, as Vivado HLS (2018 on) and Vitis HLS write them."""

import re
from pathlib import Path

from engine.estimate import Tier
from engine.flows.hls4ml.reports.csynth_xml import NEEDED, RESOURCE_NAMES
from engine.flows.hls4ml.reports.errors import ReportError
from engine.flows.hls4ml.reports.report import INTERVAL, LATENCY, Module, Report, ordered
from engine.flows.hls4ml.reports.source import read_lines
from engine.flows.hls4ml.reports.tables import Row, Table, read_tables

_TOOL = re.compile(r"== (Vivado HLS|Vitis HLS) Report for '([^']{1,200})'")
_VERSION = re.compile(r"\* Version:\s*(\d{4}\.\d)")
_PART = re.compile(r"\* Target device:\s*(\S{1,100})")
_LATENCY = re.compile(r"Latency( \(cycles\))? max")
_FIFO = re.compile(r"(layer\d+_[a-z]+\d*?)(_.*)?_U", re.ASCII)
_SPEED, _AREA = "Performance Estimates", "Utilization Estimates"

_Tables = dict[tuple[str, str, str], Table]
"""By section, group and title; the first of each."""


def read_csynth_text(path: Path) -> Report:
    """The whole report. FIFOs of one stream are one module, named as the stream. Raises ReportError."""
    lines = read_lines(path)
    tables = _tables(path, lines)
    sums = _sums(path, tables)
    timing = _first(path, tables, (_SPEED, "Timing", "Summary"))
    cycles = _first(path, tables, (_SPEED, "Latency", "Summary"))
    return Report(
        tier=Tier.C_SYNTHESIS,
        tool=_search(path, lines, _TOOL, "the title"),
        version=_search(path, lines, _VERSION, "the version"),
        part=_search(path, lines, _PART, "the target device"),
        totals=ordered(_resources(sums["Total"]) | ({} if cycles is None else _cycles(cycles))),
        available=ordered(_resources(sums["Available"])) if "Available" in sums else (),
        clock_target=None if timing is None else timing.number("Target", "ns"),
        clock_estimate=None if timing is None else timing.number("Estimated", "ns"),
        modules=(*_modules(tables), *_streams(tables)),
    )


def _tables(path: Path, lines: list[str]) -> _Tables:
    found: _Tables = {}
    for table in read_tables(path, lines):
        section, group, title = table.headings
        # Older tools put the unit behind: `Latency (clock cycles)`.
        found.setdefault((section, group.partition(" (")[0], title), table)
    return found


def _sums(path: Path, tables: _Tables) -> dict[str, Row]:
    """The rows of the table of areas, by their first cell; `Total` is one of them."""
    table = tables.get((_AREA, "", "Summary"))
    rows = {} if table is None else {row.cells.get("Name", ""): row for row in table.rows()}
    if "Total" not in rows:
        raise ReportError(path, _AREA, "no row 'Total' under 'Summary'")
    missing = [name for name in NEEDED if name not in _resources(rows["Total"])]
    if missing:
        raise ReportError(path, f"line {rows['Total'].line}", f"no figure for {', '.join(missing)}")
    return rows


def _first(path: Path, tables: _Tables, key: tuple[str, str, str]) -> Row | None:
    table = tables.get(key)
    row = None if table is None else next(table.rows(), None)
    if table is not None and row is None:
        raise ReportError(path, " / ".join(key), "the table is empty")
    return row


def _resources(row: Row) -> dict[str, float]:
    read = {name: row.number(column) for column, name in RESOURCE_NAMES.items() if column in row.cells}
    return {name: value for name, value in read.items() if value is not None}


def _cycles(row: Row) -> dict[str, float]:
    """Worst latency and interval, in cycles; columns of absolute times are left aside."""
    latency = next((column for column in row.cells if _LATENCY.fullmatch(column)), "")
    read = {LATENCY: row.number(latency), INTERVAL: row.number("Interval max")}
    return {name: value for name, value in read.items() if value is not None}


def _modules(tables: _Tables) -> list[Module]:
    """Instances of the top function: area and speed stand in two tables."""
    figures: dict[tuple[str, str], dict[str, float]] = {}
    for section, read in ((_AREA, _resources), (_SPEED, _cycles)):
        table = tables.get((section, "Detail", "Instance"))
        for row in () if table is None else table.rows():
            instance, module = row.cells.get("Instance", ""), row.cells.get("Module", "")
            if module:
                figures.setdefault((instance, module), {}).update(read(row))
    return [Module(module, instance, ordered(found)) for (instance, module), found in figures.items()]


def _streams(tables: _Tables) -> list[Module]:
    """FIFOs, one module for all channels of a stream, e.g. `layer2_out`; others under their own names."""
    table = tables.get((_AREA, "Detail", "FIFO"))
    found: dict[str, dict[str, float]] = {}
    for row in () if table is None else table.rows():
        name = row.cells.get("Name", "")
        if name and name != "Total":
            stream = match[1] if (match := _FIFO.fullmatch(name)) else name
            sums = found.setdefault(stream, {})
            for resource, value in _resources(row).items():
                sums[resource] = sums.get(resource, 0.0) + value
    return [Module(name, "", ordered(sums)) for name, sums in found.items()]


def _search(path: Path, lines: list[str], pattern: re.Pattern[str], what: str) -> str:
    for line in lines[:40]:
        if found := pattern.search(line):
            return found[1]
    raise ReportError(path, "line 1", f"{what} of a C-synthesis report is missing")
