"""`codesign-studio estimate`: what a design costs, as a table or JSON."""

from argparse import ArgumentParser
from math import inf
from typing import Any

from app.cli.output import BAD_INPUT, complain, explained, say, say_json, table
from app.cli.overrides import add_design_options, opened_project
from app.cli.own_runs import taught_here
from engine.advice import Finding, Severity, limit, setting_findings, synthesis_findings
from engine.advice.words import resource_name, time_text
from engine.calibration import NO_RUNS
from engine.design import Design
from engine.estimate import RESOURCES, Cost, Energy, Estimate, Level, Quantity, Tier, energy
from engine.flows.registry import flow
from engine.network import TensorStore
from engine.project import Project, design_digest
from engine.search.schedules import Point, quickest, shared_points


@explained
def main(arguments: list[str]) -> int:
    """Estimate a design and print it."""
    parser = ArgumentParser("codesign-studio estimate", description="Estimate what a network costs on a board.")
    add_design_options(parser)
    words = {level.value.replace(" ", "-").lower(): level for level in Level}
    parser.add_argument(
        "--level", choices=tuple(words), default=next(iter(words)), help="the tool whose report is foretold"
    )
    parser.add_argument("--as-shipped", action="store_true", help="without what the user's own runs taught")
    parser.add_argument("--json", action="store_true", help="print JSON")
    options = parser.parse_args(arguments)
    own = NO_RUNS if options.as_shipped else taught_here()
    with opened_project(options) as (project, tensors):
        design = project.design
        estimate = flow(design.target.flow).at(words[options.level], own).estimate(design, tensors)
        if options.json:
            shared = None if estimate.refusal else _shared_engine(design, tensors)
            more = {"shared_engine": shared and point_to_json(shared), "reports": reports_to_json(project)}
            say_json(estimate_to_json(design, estimate) | more)
        elif estimate.refusal:
            complain(estimate.refusal)
        else:
            _print(design, estimate)
            _print_shared_engine(design, tensors)
            _print_reports(project)
        return BAD_INPUT if estimate.refusal else 0


def estimate_to_json(design: Design, estimate: Estimate) -> dict[str, Any]:
    """Board, clock, totals and layers; each quantity as value, low, high and tier."""
    tier = estimate.tier.label.lower()
    total = _cost_to_json(estimate.total, tier)
    total |= {"latency_us": _quantity(estimate.latency_us, tier), "rate": _quantity(estimate.rate, tier)}
    return {
        "design": design.name,
        "board": design.target.board.id,
        "part": design.target.board.part,
        "clock_ns": design.target.clock_ns,
        "flow": design.target.flow,
        "io_type": design.target.io_type,
        "level": estimate.level.value,
        "own_runs": estimate.own_runs,
        "refusal": estimate.refusal,
        "synthesis": [{"finding": each.title, "detail": each.detail} for each in _doubts(design)],
        "total": total,
        "energy": energy_to_json(energy(estimate.latency_us, design.target.board), estimate.cycles_of, tier),
        "layers": [{"name": each.name} | _cost_to_json(each.cost, tier) for each in estimate.layers],
    }


def energy_to_json(spent: Energy, latency: str, tier: str) -> dict[str, Any]:
    """Energy of an inference in µJ with the latency, the constant and the source it follows from; or why not."""
    if spent.microjoules is None or spent.power is None:
        return {"refusal": spent.refusal}
    return {
        "energy_uj": _quantity(spent.microjoules, tier),
        "latency_of": latency,
        "power_w": spent.power.value,
        "power_source": spent.power.source,
    }


def point_to_json(point: Point) -> dict[str, Any]:
    """One way to compute the network, in numbers."""
    found = {"rate": point.rate, "latency_us": point.latency_us, "fits": point.fits, **dict(point.amounts)}
    return {"engine": point.label, **found} if point.label else found


def reports_to_json(project: Project) -> list[dict[str, Any]]:
    """What reports in the file's ledger or folder said; `same_design`: of just this design, or of another version."""
    digest = design_digest(project.design)
    return [
        {
            "tier": Tier(run.tier).label.lower(),
            "tool": run.tool,
            "time": run.started,
            "same_design": run.design == digest,
            "total": dict(run.totals),
            "layers": [{"name": name} | dict(row) for name, row in run.layers],
        }
        for run in project.runs
        if run.totals
    ]


def _shared_engine(design: Design, tensors: TensorStore) -> Point | None:
    """The quickest single engine for all layers that fits the board, in flows that have one."""
    return quickest(shared_points(design, flow(design.target.flow), tensors))


def _print_shared_engine(design: Design, tensors: TensorStore) -> None:
    found = _shared_engine(design, tensors)
    if found is not None:
        taken = ", ".join(f"{found.cost(name):,.0f} {name}" for name in RESOURCES if found.cost(name))
        say(f"On one engine for all layers: {found.rate:,.0f}/s at most, {found.label}; {taken}.")


def _print_reports(project: Project) -> None:
    digest = design_digest(project.design)
    for run in project.runs:
        if run.totals:
            totals = ", ".join(f"{value:,g} {name}" for name, value in run.totals)
            other = "" if run.design == digest else ", of another version"
            say(f"Report: {Tier(run.tier).label} ({run.tool}{other}), {run.started[:10]}: {totals}")


def _cost_to_json(cost: Cost, tier: str) -> dict[str, Any]:
    quantities = {resource: cost.resource(resource) for resource in RESOURCES}
    quantities |= {"latency_cycles": cost.latency, "interval_cycles": cost.interval}
    return {name: _quantity(quantity, tier) for name, quantity in quantities.items()}


def _quantity(quantity: Quantity, tier: str) -> dict[str, Any]:
    return {"value": quantity.value, "low": quantity.low, "high": quantity.high, "tier": tier}


def _print(design: Design, estimate: Estimate) -> None:
    target = design.target
    say(f"{design.name} on {target.board.name} ({target.board.part}), {target.clock_ns:g} ns, {target.io_type}")
    calibrated = f", corrected by {estimate.own_runs}" if estimate.own_runs else ""
    say(f"{flow(target.flow).label}, {estimate.label[0].lower()}{estimate.label[1:]}{calibrated}\n")
    names = {name: resource_name(name, target.board) for name in RESOURCES}
    rows: list[tuple[str, ...]] = [("", *names.values(), "Latency", "Interval")]
    rows += [(each.name, *_cells(each.cost)) for each in estimate.layers]
    rows += [("Total", *_cells(estimate.total)), ("90 % interval", *_intervals(estimate.total))]
    rows += [("Board", *_limits(design), "", ""), ("Share", *_shares(design, estimate), "", "")]
    table(rows, right=range(1, len(rows[0])))
    say(f"\nLatency {time_text(estimate.latency_us.value)}, {estimate.rate.value:,.0f} inferences/s")
    say(energy(estimate.latency_us, target.board).in_words(f"latency of {estimate.cycles_of}"))
    over = [name for name in RESOURCES if (limit(target.board, name) or inf) < estimate.total.resource(name).value]
    say(f"Does not fit: {', '.join(names[name] for name in over)} over the board." if over else "Fits the board.")
    for doubt in _doubts(design):
        say(f"Synthesis: {doubt.title}. {doubt.detail}")


def _doubts(design: Design) -> list[Finding]:
    """What may keep the tool from finishing."""
    its_flow = flow(design.target.flow)
    found = [*setting_findings(design, its_flow), *synthesis_findings(design, its_flow)]
    return [each for each in found if each.severity > Severity.HINT]


def _quantities(cost: Cost) -> list[Quantity]:
    return [*(cost.resource(resource) for resource in RESOURCES), cost.latency, cost.interval]


def _cells(cost: Cost) -> list[str]:
    return [f"{quantity.value:,.0f}" for quantity in _quantities(cost)]


def _intervals(cost: Cost) -> list[str]:
    return ["exact" if q.exact else f"{q.low:,.0f}–{q.high:,.0f}" for q in _quantities(cost)]


def _limits(design: Design) -> list[str]:
    found = [limit(design.target.board, resource) for resource in RESOURCES]
    return ["?" if value is None else f"{value:,}" for value in found]


def _shares(design: Design, estimate: Estimate) -> list[str]:
    shares = []
    for resource in RESOURCES:
        available, used = limit(design.target.board, resource), estimate.total.resource(resource).value
        shares.append(f"{100 * used / available:.0f} %" if available else "–")
    return shares
