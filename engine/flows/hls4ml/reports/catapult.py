"""`rtl.rpt` of a Catapult solution: cycles of the design and of each process.

No whole report is at hand: the table follows public excerpts of Catapult 2024 runs, some of them of hls4ml. Its area
scores are in a unit of the library's, neither LUTs nor anything that adds up to a part, and are left aside; resources
come from the Vivado run behind it (`vivado_concat_v/utilization_synth.rpt`).
"""

import re
from collections.abc import Iterator
from pathlib import Path

from engine.estimate import Tier
from engine.flows.hls4ml.reports.errors import ReportError
from engine.flows.hls4ml.reports.report import INTERVAL, LATENCY, Module, Report, ordered
from engine.flows.hls4ml.reports.source import number, read_lines

_HEADER = re.compile(r"\s*Process\s+Real Operation\(s\) count\s+Latency\s+Throughput\b.*")
_CLOCK = re.compile(r"\s*\S{1,100}\s+(?:rising|falling)\s+(\d{1,6}(?:\.\d{1,6})?)\s.*", re.ASCII)
_VERSION = re.compile(r"-- Version:\s+(\d[\w.]{0,20})")
_CYCLES = {LATENCY: "Latency", INTERVAL: "Throughput"}
_TOTAL = "Design Total:"
_OPEN = "-1"
"""What stands for a figure that the schedule leaves open."""


def read_catapult(path: Path) -> Report:
    """Latency and interval, in total and by process. Raises ReportError."""
    lines = read_lines(path)
    rows = list(_rows(path, lines))
    total = next((figures for name, figures in rows if name == _TOTAL), None)
    if total is None:
        raise ReportError(path, "Processes/Blocks in Design", f"no row '{_TOTAL}'")
    modules = tuple(Module(_function(name), name, ordered(figures)) for name, figures in rows if name != _TOTAL)
    return Report(
        tier=Tier.C_SYNTHESIS,
        tool="Catapult",
        version=next((found[1] for line in lines[:40] if (found := _VERSION.match(line))), ""),
        part="",
        totals=ordered(total),
        clock_target=next((float(found[1]) for line in lines if (found := _CLOCK.fullmatch(line))), None),
        modules=modules,
    )


def _rows(path: Path, lines: list[str]) -> Iterator[tuple[str, dict[str, float]]]:
    """Name and cycles of each row of the table of processes, up to the blank line below it."""
    start = next((index for index, line in enumerate(lines) if _HEADER.fullmatch(line)), None)
    if start is None:
        raise ReportError(path, "Processes/Blocks in Design", "the table is missing")
    # The rule below the header says where each column begins and ends.
    rule = lines[start + 1] if start + 1 < len(lines) else ""
    columns = {lines[start][each.start() : each.end()].strip(): each.span() for each in re.finditer("-+", rule)}
    if not {"Process", *_CYCLES.values()} <= set(columns):
        raise ReportError(path, f"line {start + 2}", "the columns of the table of processes cannot be told apart")
    for index, line in enumerate(lines[start + 2 :], start=start + 3):
        if not line.strip():
            return
        cells = {name: line[begin:end].strip() for name, (begin, end) in columns.items()}
        read = {name: _number(path, index, column, cells[column]) for name, column in _CYCLES.items()}
        yield cells["Process"], {name: value for name, value in read.items() if value is not None}


def _number(path: Path, line: int, column: str, text: str) -> float | None:
    if text == _OPEN:
        return None
    try:
        return number(text)
    except ValueError as error:
        raise ReportError(path, f"line {line}, {column}", str(error)) from error


def _function(process: str) -> str:
    """`/top/nnet::relu<a,b,relu_config3>/core` → `relu<a,b,relu_config3>`."""
    block = process.rpartition("/")[0] or process
    return block.partition("nnet::")[2] or block.rpartition("/")[2]
