"""What the job hands back: figures per layer and in total, when each layer's words move, and a sentence."""

from collections.abc import Sequence
from typing import Any

from engine.design import Design
from engine.environment import without_compiler
from engine.environment.open_tools import YOSYS
from engine.estimate import Tier
from engine.flows.hls4ml.reports.report import INTERVAL, LATENCY, Figures, Module, Report, report_to_json
from engine.flows.rtl.block import Block
from engine.flows.rtl.build import Hardware
from engine.flows.rtl.job.mapping import Mapped
from engine.flows.rtl.job.misfit import KINDS
from engine.flows.rtl.proof import Proof
from engine.flows.rtl.synthesis import Cells
from engine.flows.rtl.timeline import Timeline


def mapped_report(design: Design, hardware: Hardware, found: Mapped, foretold: Timeline) -> Report:
    """What Yosys counted of the modules that have been mapped; totals are their sum, and cycles the whole design's."""
    board = design.target.board
    modules = [
        Module(block.module, figures=_figures(found.cells[block.module]), layer=next(iter(block.layers), ""))
        for block in hardware.blocks
        if block.module in found.cells
    ]
    totals = {name: float(sum(cells.resource(kind) for cells in found.cells.values())) for name, kind in KINDS.items()}
    totals |= {LATENCY: float(foretold.latency), INTERVAL: float(foretold.interval)}
    available = tuple((name, float(count)) for name, kind in KINDS.items() if (count := board.count(kind)) is not None)
    return Report(
        Tier.LOGIC_SYNTHESIS,
        YOSYS.title,
        ".".join(YOSYS.version.split(".")[:2]),
        board.part,
        tuple(totals.items()),
        available,
        clock_target=design.target.clock_ns,
        modules=tuple(modules),
    )


def outcome(
    design: Design,
    hardware: Hardware,
    reports: Sequence[Report],
    foretold: Timeline,
    proof: Proof | None,
    placed: str = "",
) -> dict[str, Any]:
    """The result as a JSON value; totals and layers are those of the first report, `names` what its board calls them.

    `proof` is None where no compiler could make a simulation. `timeline` has the cycles of each module's words.
    `placed` is what came of place and route, in a sentence.
    """
    first = reports[0]
    return {
        "summary": _summary(design, first, proof, placed or "The clock is not timed."),
        "tool": first.tool_and_version,
        "tier": int(first.tier),
        "totals": dict(first.totals),
        "names": {name: design.target.board.word(kind) for name, kind in KINDS.items()},
        "layers": first.layers(),
        "clock_target": first.clock_target,
        "clock_estimate": first.clock_estimate,
        "reports": [report_to_json(report) for report in reports],
        "notes": [],
        "project": hardware.name,
        "warnings": [],
        "proof": None if proof is None else {"frames": proof.frames, "values": proof.values, "exact": proof.exact},
        "timeline": timeline_to_json(hardware, foretold),
    }


def timeline_to_json(hardware: Hardware, foretold: Timeline) -> dict[str, Any]:
    """For each module: its layers, the cycles in which the first word it reads and its own first and last word are
    there, and how many it gives."""
    rows = [
        {
            "module": block.module,
            "layers": list(block.layers),
            "begins": _begins(block, foretold),
            "first": foretold.words[block.name].first,
            "last": foretold.words[block.name].last,
            "words": block.gives.words,
            "cycles": block.cycles,
        }
        for block in hardware.blocks
    ]
    return {"latency": foretold.latency, "interval": foretold.interval, "modules": rows}


def _begins(block: Block, foretold: Timeline) -> int:
    """The cycle in which the first word that a module reads is there; inputs of the design bring theirs in cycle 0."""
    return min((foretold.words[name].first for name in block.sources if name in foretold.words), default=0)


def _figures(cells: Cells) -> Figures:
    return tuple((name, float(cells.resource(kind))) for name, kind in KINDS.items())


def _summary(design: Design, report: Report, proof: Proof | None, clock_said: str) -> str:
    figures, clock = dict(report.totals), design.target.clock_ns
    word = design.target.board.word
    shown = [(name, kind) for name, kind in KINDS.items() if figures[name] or name in ("LUT", "DSP")]
    counted = [f"{figures[name]:,g} {word(kind)}" for name, kind in shown]
    cycles = f"latency {figures[LATENCY]:,g} cycles ({figures[LATENCY] * clock / 1000:,.3g} µs)"
    whole = ", ".join([*counted, cycles, f"interval {figures[INTERVAL]:,g} cycles"])
    proved = (
        f"Simulated: {proof.values:,} values of {proof.frames} frames, every bit as hls4ml computes it."
        if proof
        else f"Not simulated: no C++ compiler was found. {without_compiler()}"
    )
    return f"{report.tier.label} ({report.tool_and_version}): {whole}. {clock_said} {proved}"
