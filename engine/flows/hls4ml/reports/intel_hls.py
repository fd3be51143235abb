"""Reports of the Intel HLS compiler, `<top>-fpga.prj/reports/lib/*.js`: variables of JavaScript, each a JSON value.

No genuine report of hls4ml's is at hand: names and order of figures are those that hls4ml 1.3 reads
(`report/quartus_report.py`), the shape of `areaJSON` that of public reports of the same compiler's OpenCL side.
Units as in `intel`. Latency and interval are those of the simulation, where the design was simulated.
"""

import json
from pathlib import Path
from typing import Any

from engine.estimate import Tier
from engine.flows.hls4ml.reports.errors import ReportError
from engine.flows.hls4ml.reports.intel import fitted
from engine.flows.hls4ml.reports.ndjson import Entry
from engine.flows.hls4ml.reports.report import INTERVAL, LATENCY, Report, ordered
from engine.flows.hls4ml.reports.source import json_number, read_bytes

AREA, SIMULATION, FIT = "report_data.js", "verification_data.js", "quartus_data.js"
_COLUMNS = {"ALUTs": "LUT", "FFs": "FF", "RAMs": "RAM", "DSPs": "DSP", "MLABs": "MLAB"}
_CALLS = {LATENCY: 1, INTERVAL: 2}
"""Places in a simulated function's figures, each `smallest,largest,average`."""


def read_intel_hls(folder: Path) -> Report:
    """The compiler's estimate, from the folder of its JavaScript files. Raises ReportError."""
    path = folder / AREA
    area = _variable(path, "areaJSON")
    if area is None:
        raise ReportError(path, "areaJSON", "the variable is missing")
    used = _resources(area, "total")
    if not used:
        raise ReportError(path, "areaJSON", "no figures under 'total'")
    return Report(
        tier=Tier.C_SYNTHESIS,
        tool="Intel HLS",
        version="",
        part="",
        totals=ordered(used | _cycles(folder / SIMULATION)),
        available=ordered(_resources(area, "max_resources")),
    )


def read_intel_hls_fit(folder: Path) -> Report | None:
    """What Quartus fitted; None where it was not run. Raises ReportError."""
    found = _variable(folder / FIT, "quartusJSON")
    return None if found is None else fitted(found)


def _resources(area: Entry, key: str) -> dict[str, float]:
    values = area.items(key)
    titles = [str(title).strip() for title in area.items("columns") if title]
    # Some versions name four columns and give five figures, in hls4ml's order.
    titles = titles if len(titles) == len(values) else list(_COLUMNS)
    read = {_COLUMNS.get(title, ""): area.as_number(key, value) for title, value in zip(titles, values, strict=False)}
    return {name: value for name, value in read.items() if name and value is not None}


def _cycles(path: Path) -> dict[str, float]:
    found = _variable(path, "verifJSON") if path.is_file() else None
    functions = [] if found is None else found.children("functions")
    data = functions[0].items("data") if functions else []
    cycles = {}
    for name, place in _CALLS.items():
        parts = str(data[place]).split(",") if place < len(data) else []
        value = _number(path, parts[1]) if len(parts) == 3 else None
        if value is not None:
            cycles[name] = value
    return cycles


def _number(path: Path, text: str) -> float | None:
    try:
        return json_number(text)
    except ValueError as error:
        raise ReportError(path, "verifJSON", str(error)) from error


def _variable(path: Path, name: str) -> Entry | None:
    """The value of a variable; None if there is none of that name. Other variables need not be JSON."""
    text = read_bytes(path).decode("utf-8", errors="replace")
    head, found, rest = text.partition(f"var {name}=")
    if not found:
        return None
    line = head.count("\n") + 1
    try:
        value: Any = json.JSONDecoder().raw_decode(rest.lstrip())[0]
    except (ValueError, RecursionError) as error:
        raise ReportError(path, f"line {line}, {name}", "it is not JSON") from error
    if not isinstance(value, dict):
        raise ReportError(path, f"line {line}, {name}", "an object is expected")
    return Entry(path, line, value)
