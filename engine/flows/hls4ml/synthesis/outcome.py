"""What a synthesis job hands back: figures per layer and in total, the reports one by one, and a sentence."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from engine.design import Design
from engine.estimate import RESOURCES
from engine.flows.hls4ml.failures import Explanation
from engine.flows.hls4ml.reports import Report, report_to_json
from engine.flows.hls4ml.reports.report import INTERVAL, LATENCY

_PLACES = {
    "catapult": "{project}_prj",
    "quartus": "{project}-fpga.prj/reports",
    "oneapi": "build",
    "libero": "hls_output/reports",
}
"""Where each tool leaves its reports in the project's folder."""


def outcome(
    design: Design, reports: Sequence[Report], tool: str, notes: Sequence[Explanation], project: str = ""
) -> dict[str, Any]:
    """The result as a JSON value. Totals and layers are those of the first report; `reports` holds all of them.

    So no figure of one tier stands under the name of another.
    """
    first = reports[0] if reports else None
    return {
        "summary": summary(design, reports, tool, project),
        "tool": first.tool_and_version if first and first.version else tool,
        "tier": int(first.tier) if first else 0,
        "totals": dict(first.totals) if first else {},
        "layers": first.layers() if first else {},
        "clock_target": first.clock_target if first else None,
        "clock_estimate": first.clock_estimate if first else None,
        "reports": [report_to_json(report) for report in reports],
        "notes": [asdict(note) for note in notes],
    }


def summary(design: Design, reports: Sequence[Report], tool: str, project: str) -> str:
    """One sentence a report."""
    if not reports:
        place = _PLACES.get(design.target.flow, "").format(project=project)
        return f"{tool} went through, but left no report that the studio can read. See project/{place} in its folder."
    return " ".join(_sentence(design, report, tool) for report in reports)


def _sentence(design: Design, report: Report, tool: str) -> str:
    figures = dict(report.totals)
    # A tool that counts them says so even where there are none.
    shown = [name for name in RESOURCES if figures.get(name) or (name in ("LUT", "DSP") and name in figures)]
    resources = [f"{figures[name]:,g} {name}" for name in shown]
    speed = []
    if LATENCY in figures:
        clock = report.clock_target or design.target.clock_ns
        speed.append(f"latency {figures[LATENCY]:,g} cycles ({figures[LATENCY] * clock / 1000:,.3g} µs)")
    if INTERVAL in figures:
        speed.append(f"interval {figures[INTERVAL]:,g} cycles")
    by = report.tool_and_version if report.version else tool
    return f"{report.tier.label} ({by}): {', '.join([*resources, *speed])}."
