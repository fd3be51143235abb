"""What makes a design that is too slow quicker: edits of one layer each, ranked by what they gain."""

from collections.abc import Sequence

from engine.advice.finding import Fix
from engine.advice.limits import limit
from engine.advice.requirement import is_late, missed
from engine.advice.suggestions import LATENCY, RATE, Suggestion, allowed, folding_words
from engine.advice.words import grouped, resource_name
from engine.design import REUSE_FACTOR, Design
from engine.estimate import RESOURCES, Estimate
from engine.flows.flow import Flow
from engine.flows.folding import Aim, FoldingChange, quicker_foldings
from engine.network import TensorStore

_LAYERS_TRIED = 4
"""For a latency; for a rate only the slowest one can help."""


def quicker(
    design: Design,
    estimate: Estimate,
    flow: Flow,
    tensors: TensorStore | None,
    layers: Sequence[str] = (),
    count: int = 3,
) -> tuple[Suggestion, ...]:
    """For a design that misses its requirement: the `count` edits that gain most of what it misses, on these layers or
    on those that take longest. An edit that needs more than the board has stands behind all others.
    """
    most = _LAYERS_TRIED if is_late(design.requirement, estimate) else 1
    tried = layers or slowest_layers(design, estimate)[:most]
    changes = quicker_foldings(design, flow, tensors, tried, _aim(design, estimate))
    found = [_suggestion(change, design, estimate, flow) for change in changes]
    return tuple(sorted(found, key=lambda each: (bool(each.breaks), -each.saving))[:count])


def slowest_layers(design: Design, estimate: Estimate) -> list[str]:
    """Those that take most of what the requirement misses come first: latency, or interval."""
    late = is_late(design.requirement, estimate)
    cycles = {each.name: (each.cost.latency if late else each.cost.interval).value for each in estimate.layers}
    return sorted(cycles, key=lambda name: -cycles[name])


def _aim(design: Design, estimate: Estimate) -> Aim:
    wanted, clock, total = design.requirement, design.target.clock_ns, estimate.total
    if is_late(wanted, estimate):
        return Aim("latency", total.latency.value, (wanted.max_latency_us or 0) * 1000 / clock, allowed(estimate))
    return Aim("interval", total.interval.value, 1e9 / (clock * (wanted.min_rate or 1)), allowed(estimate))


def _suggestion(change: FoldingChange, design: Design, before: Estimate, flow: Flow) -> Suggestion:
    after, late = change.estimate, is_late(design.requirement, before)
    gained = before.latency_us.value - after.latency_us.value if late else after.rate.value - before.rate.value
    over, still = _over_the_board(before, after), missed(design.requirement, after)
    what, short, name = _words(change, design, flow)
    detail = over or (f"still {still}" if still else "quick enough")
    kind = LATENCY if late else RATE
    return Suggestion(change.layer, what, detail, kind, gained, Fix(short, name, change.apply), over)


def _words(change: FoldingChange, design: Design, flow: Flow) -> tuple[str, str, str]:
    """What is set, that in short for a button, and the name of the edit."""
    now, new = flow.resolve(design, change.layer, REUSE_FACTOR), change.settings.get(REUSE_FACTOR)
    if now is None or not isinstance(now.value, int) or not isinstance(new, int):
        return folding_words(change)
    short = f"Set {grouped(new)}"
    return f"reuse {grouped(now.value)} to {grouped(new)}", short, f"Reuse factor of {change.layer} to {new}"


def _over_the_board(before: Estimate, after: Estimate) -> str:
    """`too large: DSP at 106 %`, of the resource that goes furthest beyond the board; '' where none grows beyond it."""
    board, shares = after.target.board, dict[str, float]()
    for name, most in zip(RESOURCES, allowed(before), strict=True):
        if (used := after.total.resource(name).value) > most and limit(board, name) is not None:
            shares[name] = used / most
    if not shares:
        return ""
    worst = max(shares, key=lambda name: shares[name])
    share = after.total.resource(worst).value / (limit(board, worst) or 1)
    return f"too large: {resource_name(worst, board)} at {100 * share:,.0f} %"
