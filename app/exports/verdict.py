"""Whether a design fits its board and is fast enough, in one sentence."""

from engine.advice import limit
from engine.advice.words import grouped
from engine.design import Design, Requirement
from engine.estimate import RESOURCES, Estimate
from widgets.budget.numbers import bound_text, percent, with_unit


def verdict(design: Design, estimate: Estimate, safe_share: float) -> str:
    """One sentence; `safe_share` is a fraction of the board."""
    if not design.network.layers:
        return "There is nothing to judge yet: the network has no layers."
    if estimate.refusal:
        return f"There are no numbers. {estimate.refusal}"
    room = _room(design, estimate, safe_share)
    speed = _speed(design.requirement, estimate)
    return f"{room}{speed}."


def fits(design: Design, estimate: Estimate) -> bool:
    """Whether there are numbers and all of them keep to the board and the requirement."""
    slow = _misses(design.requirement, estimate)
    return not (estimate.refusal or slow or _excesses(design, estimate)) and bool(design.network.layers)


def _room(design: Design, estimate: Estimate, safe_share: float) -> str:
    board = design.target.board
    over = _excesses(design, estimate)
    if over:
        return f"It does not fit the {board.name}: {' and '.join(over)} over the board"
    shares = {
        name: estimate.total.resource(name).value / available for name in RESOURCES if (available := limit(board, name))
    }
    if not shares:
        return f"The {board.name} has no figures to compare with"
    fullest = max(shares, key=lambda name: shares[name])
    past = f", past the safe share of {percent(safe_share)}" if shares[fullest] > safe_share else ""
    return f"It fits the {board.name}: {fullest} is the fullest with {percent(shares[fullest])}{past}"


def _excesses(design: Design, estimate: Estimate) -> list[str]:
    """`DSP is 38`, for each resource that is over."""
    found = []
    for name in RESOURCES:
        available, used = limit(design.target.board, name), estimate.total.resource(name).value
        if available is not None and used > available:
            found.append(f"{name} is {grouped(max(used - available, 1))}")
    return found


def _speed(wanted: Requirement, estimate: Estimate) -> str:
    missed = _misses(wanted, estimate)
    if missed:
        return f"; it is too slow: {' and '.join(missed)}"
    asked = wanted.max_latency_us is not None or wanted.min_rate is not None
    return "; it is fast enough" if asked else ""


def _misses(wanted: Requirement, estimate: Estimate) -> list[str]:
    missed = []
    latency, rate = estimate.latency_us.value, estimate.rate.value
    if wanted.max_latency_us is not None and latency > wanted.max_latency_us:
        missed.append(_missed("latency", latency, wanted.max_latency_us))
    if wanted.min_rate is not None and rate < wanted.min_rate:
        missed.append(_missed("rate", rate, wanted.min_rate))
    return missed


def _missed(kind: str, value: float, bound: float) -> str:
    return f"a {kind} of {with_unit(kind, value)} where {bound_text(kind, bound)} is wanted"
