"""Findings about the board's limits and the requirement."""

from collections.abc import Iterator
from math import inf

from engine.advice.finding import Finding, Fix, Severity
from engine.advice.requirement import breaks
from engine.advice.streams import fifo_blocks, needed_depths
from engine.advice.words import grouped, per_second, resource_name, time_text
from engine.boards import Board, Resource
from engine.dataflow import Simulation
from engine.design import PE, Design
from engine.estimate import RESOURCES, Estimate, Level
from engine.flows.flow import Flow
from engine.flows.reuse import cheapest_reuse
from engine.network import TensorStore


def limit(board: Board, resource: str) -> int | None:
    """How much of a resource the board has; None where it is not known or has no meaning there."""
    return board.count(_BOARD_NAMES[resource])


_BOARD_NAMES = {
    "LUT": Resource.LUT,
    "FF": Resource.FF,
    "DSP": Resource.DSP,
    "BRAM18": Resource.BRAM,
    "URAM": Resource.URAM,
}


def fullest(estimate: Estimate) -> str:
    """The resource that fills most of the board, or is furthest beyond it."""
    board = estimate.target.board
    return max(RESOURCES, key=lambda name: estimate.total.resource(name).value / (limit(board, name) or inf))


def limit_findings(
    design: Design,
    estimate: Estimate,
    flow: Flow,
    tensors: TensorStore | None,
    safe_share: float,
    simulation: Simulation | None = None,
) -> Iterator[Finding]:
    """One finding for each resource past the board or past the safe share (a fraction of it)."""
    if estimate.refusal:
        yield Finding(Severity.OVER, "No numbers for this board and flow", estimate.refusal)
        return
    for resource in RESOURCES:
        available = limit(design.target.board, resource)
        used = estimate.total.resource(resource).value
        if available is None or used <= available * safe_share:
            continue
        if used > available:
            excess = used - available
            deep = _deep_fifos(design, simulation, flow, excess) if simulation and resource == "BRAM18" else None
            yield deep or _over(design, estimate, flow, tensors, resource, excess)
        else:
            share = f"{used / available:.0%}".replace("%", " %")
            yield Finding(
                Severity.RISK,
                f"{resource_name(resource, design.target.board)} is at {share} of the board",
                f"Placement gets hard past {safe_share:.0%}.".replace("%", " %"),
                (_largest(estimate, resource),),
                resource=resource,
            )


def requirement_findings(design: Design, estimate: Estimate) -> Iterator[Finding]:
    """Latency above and rate below what was asked for."""
    wanted = design.requirement
    if estimate.refusal:
        return
    if wanted.max_latency_us is not None and estimate.latency_us.value > wanted.max_latency_us:
        excess = estimate.latency_us.value - wanted.max_latency_us
        yield Finding(
            Severity.OVER,
            f"Latency is {time_text(excess)} over the requirement",
            f"{estimate.slowest} takes longest: more multipliers there make it faster.",
            (estimate.slowest,),
        )
    if wanted.min_rate is not None and estimate.rate.value < wanted.min_rate:
        yield Finding(
            Severity.OVER,
            f"Rate is {per_second(wanted.min_rate - estimate.rate.value)} under the requirement",
            f"{estimate.slowest} sets it: more multipliers there make it faster.",
            (estimate.slowest,),
        )


def _deep_fifos(design: Design, simulation: Simulation, flow: Flow, excess: float) -> Finding | None:
    """Block memory is over and FIFOs hold more than a run needs: what that frees; None where it is nothing."""
    built, needed = fifo_blocks(simulation, flow)
    if built <= needed or simulation.run.deadlock:
        return None
    detail = f"FIFOs are deeper than a run needs: the depths needed free {grouped(built - needed)}"
    title = _title(design.target.board, "BRAM18", excess)
    return Finding(Severity.OVER, title, detail, fix=needed_depths(simulation), resource="BRAM18")


_WORTH = 0.01
"""Of an excess: what frees less is no way out of it."""


def _title(board: Board, resource: str, excess: float) -> str:
    return f"{resource_name(resource, board)} is {grouped(excess)} over the board"


def _over(
    design: Design, estimate: Estimate, flow: Flow, tensors: TensorStore | None, resource: str, excess: float
) -> Finding:
    cause = _largest(estimate, resource)
    change = cheapest_reuse(design, estimate, flow, tensors, resource, cause, excess)
    title = _title(design.target.board, resource, excess)
    if change is None:
        left = _what_is_left(estimate, cause, resource)
        if cause and flow.resolve(design, cause, PE) is not None:
            left = f"{cause} uses most of it: Network, Fit to board… looks for a PE and SIMD that fit."
        return Finding(Severity.OVER, title, left, (cause,) if cause else (), resource=resource)
    saving = change.saving(estimate, resource)
    if saving < excess * _WORTH and estimate.of(cause).resource(resource).value < excess:
        left = (
            f"It is spread over the layers: {cause} alone frees {grouped(saving)}; Network, Fit to board… changes all."
        )
        return Finding(Severity.OVER, title, left, (cause,), resource=resource)
    same_rate = change.estimate.total.interval.value <= estimate.total.interval.value
    broken = breaks(design.requirement, estimate, change.estimate)
    price = f", but {broken}" if broken else ", same rate" if same_rate else ""
    detail = f"{cause}: reuse {grouped(change.new)} frees {grouped(saving)}{price}"
    fix = Fix(f"Set {grouped(change.new)}", f"Reuse factor of {cause} to {change.new}", change.apply)
    return Finding(Severity.OVER, title, detail, (cause,), fix, resource)


def _what_is_left(estimate: Estimate, cause: str, resource: str) -> str:
    """What is left to do where no reuse factor of the largest layer frees anything."""
    left = f"{cause} uses most of it: more reuse frees nothing, narrower types do."
    if resource == "LUT" and estimate.level is Level.C_SYNTHESIS:
        return f"{left} Logic synthesis takes fewer."
    return left


def _largest(estimate: Estimate, resource: str) -> str:
    largest = max(estimate.layers, key=lambda layer: layer.cost.resource(resource).value, default=None)
    return largest.name if largest else ""
