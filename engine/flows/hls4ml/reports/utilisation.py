"""`vivado_synth.rpt`: what Vivado's `report_utilization` says after synthesis, placement or routing."""

import re
from pathlib import Path

from engine.estimate import Tier
from engine.flows.hls4ml.reports.errors import ReportError
from engine.flows.hls4ml.reports.report import Report, ordered
from engine.flows.hls4ml.reports.source import read_lines
from engine.flows.hls4ml.reports.tables import Row, read_tables

_VERSION = re.compile(r"\| Tool Version\s*: Vivado v\.(\d{4}\.\d)")
_PART = re.compile(r"\| Device\s*: (\S{1,100})")
_STATE = re.compile(r"\| Design State\s*: (.{1,60})")
# 7-series parts have slices, UltraScale CLBs; Versal calls a DSP slice by its full name. Tiles hold two RAMB18.
_SITES = {
    "Slice LUTs": ("LUT", 1),
    "CLB LUTs": ("LUT", 1),
    "Slice Registers": ("FF", 1),
    "CLB Registers": ("FF", 1),
    "Registers": ("FF", 1),
    "DSPs": ("DSP", 1),
    "DSP Slices": ("DSP", 1),
    "Block RAM Tile": ("BRAM18", 2),
    "URAM": ("URAM", 1),
}
_NEEDED = ("LUT", "FF", "DSP", "BRAM18")


def read_utilisation(path: Path) -> Report:
    """Resources after logic synthesis, or after placing and routing if the report says so. Raises ReportError."""
    lines = read_lines(path)
    rows = _sites(path, lines)
    used = _column(rows, "Used")
    missing = [name for name in _NEEDED if name not in used]
    if missing:
        raise ReportError(path, "Site Type", f"no figure for {', '.join(missing)}")
    part = _search(path, lines, _PART, "Device")
    return Report(
        tier=_tier(_search(path, lines, _STATE, "Design State")),
        tool="Vivado",
        version=_search(path, lines, _VERSION, "Tool Version"),
        part=part if part.startswith("x") else f"xc{part}",
        # Parts without UltraRAM have no row for it.
        totals=ordered({"URAM": 0.0} | used),
        available=ordered({"URAM": 0.0} | _column(rows, "Available")),
    )


def _sites(path: Path, lines: list[str]) -> dict[str, Row]:
    """The first row of each kind of site that counts."""
    found: dict[str, Row] = {}
    for table in read_tables(path, lines):
        if table.columns[:2] == ("Site Type", "Used"):
            for row in table.rows():
                site = row.cells["Site Type"].rstrip("*").strip()
                if site in _SITES:
                    found.setdefault(site, row)
    return found


def _column(rows: dict[str, Row], column: str) -> dict[str, float]:
    figures: dict[str, float] = {}
    for site, row in rows.items():
        name, factor = _SITES[site]
        value = row.number(column)
        if value is not None:
            figures.setdefault(name, value * factor)
    return figures


def _tier(state: str) -> Tier:
    words = state.lower()
    return Tier.PLACED_AND_ROUTED if "rout" in words or "placed" in words else Tier.LOGIC_SYNTHESIS


def _search(path: Path, lines: list[str], pattern: re.Pattern[str], what: str) -> str:
    for line in lines[:40]:
        if found := pattern.match(line):
            return found[1].strip()
    raise ReportError(path, what, "the line is missing at the head of the report")
