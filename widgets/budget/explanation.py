"""Why a number is what it is, as a value."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from engine.advice import limit
from engine.estimate import RESOURCES, Cost, Estimate, Level, Quantity, Tier, energy, exactly
from widgets.budget.numbers import grouped, percent, span, unit_for, with_unit
from widgets.budget.present import NOT_SIMULATED
from widgets.budget.view import Figure, Simulated
from widgets.budget.words import TITLES, sentences

_MOST = 6


@dataclass(frozen=True, slots=True)
class Contributor:
    """A layer's part: `128`, as a fraction of the whole, with its own reason."""

    layer: str
    amount: str
    share: float
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Explanation:
    """A number with everything behind it. `key` is one of RESOURCES, or latency, interval or rate."""

    key: str
    title: str
    value: str
    against: str
    """What it is measured against: `of 220 · 117 %`; empty where there is nothing."""
    doubt: str
    reason: str
    tier: Tier
    edits_old: int
    heading: str
    contributors: tuple[Contributor, ...]
    others: str = ""
    """What the layers that are not listed add."""
    energy: str = ""
    """Beside a latency: the energy of an inference with all it follows from, or why there is none."""
    source: str = ""
    """Where the number comes from, in words; '' for the tier's name."""
    actions: tuple[tuple[str, str], ...] = ()
    """What leads on from here: ids with the words on their buttons."""


def explain(
    estimate: Estimate, key: str, label: str, edits_old: int = 0, simulated: Mapping[Figure, Simulated] = NOT_SIMULATED
) -> Explanation:
    """Explain one of RESOURCES, or `latency`, `interval` or `rate`, of an estimate with numbers."""
    if key in RESOURCES:
        return _resource(estimate, key, label, edits_old)
    found = _speed(estimate, key, edits_old)  # type: ignore[arg-type]
    run = simulated.get(key)  # type: ignore[call-overload]
    if key == "latency":
        found = replace(found, energy=_energy(estimate, run))
    return found if run is None else replace(found, reason=sentences(found.reason, run.reason))


def _energy(estimate: Estimate, run: Simulated | None) -> str:
    """Of the simulated run, where there is one of this design: it is the nearer to what a board does."""
    board = estimate.target.board
    if run is not None and run.value is not None and not run.stale:
        return energy(exactly(run.value), board).in_words("latency of the simulated run")
    return energy(estimate.latency_us, board).in_words(f"this latency, of {estimate.cycles_of},")


def _resource(estimate: Estimate, key: str, label: str, edits_old: int) -> Explanation:
    quantity, available = estimate.total.resource(key), limit(estimate.target.board, key)
    against = f"of {available:,}" if available is not None else "no figure for this board"
    if available:
        against += f" · {percent(quantity.value / available)}"
    doubt = "Exact: it follows from a rule."
    if not quantity.exact:
        doubt = f"90 % of real {_reports(estimate)} lie between {grouped(quantity.low)} and {grouped(quantity.high)}."
    parts = [(layer.name, layer.cost.resource(key)) for layer in estimate.layers]
    together = replace(quantity, terms=tuple(term for _, part in parts for term in part.terms))
    return Explanation(
        key,
        label,
        grouped(quantity.value),
        against,
        doubt,
        sentences(together.summands, quantity.reason),
        estimate.tier,
        edits_old,
        "Layers that use most",
        *_ranked(parts, quantity.value),
    )


def _speed(estimate: Estimate, key: Figure, edits_old: int) -> Explanation:
    quantity = {"latency": estimate.latency_us, "interval": estimate.total.interval, "rate": estimate.rate}[key]
    doubt = "Exact: it follows from a rule."
    if not quantity.exact:
        ends = span(key, quantity.low, quantity.high, unit_for(key, quantity.value)).replace(" to ", " and ")
        doubt = f"90 % of real {_reports(estimate)} lie between {ends}."
    parts = [(layer.name, _cycles(layer.cost, key)) for layer in estimate.layers]
    whole = estimate.total.latency.value if key == "latency" else estimate.total.interval.value
    return Explanation(
        key,
        TITLES[key],
        with_unit(key, quantity.value),
        _clocked(key, whole, estimate.target.clock_ns),
        doubt,
        sentences(quantity.reason),
        estimate.tier,
        edits_old,
        "Layers that take longest" if key == "latency" else "Slowest layers, in cycles",
        *_ranked(parts, whole),
    )


def _why(part: Quantity) -> str:
    return f"{part.reason} {part.summands}".strip()


def _reports(estimate: Estimate) -> str:
    return "reports" if estimate.level is Level.C_SYNTHESIS else f"reports of {estimate.level}"


def _clocked(key: Figure, cycles: float, clock_ns: float) -> str:
    clock = f"at {clock_ns:g} ns"
    if key == "interval":
        return clock
    return f"{'one every ' if key == 'rate' else ''}{grouped(cycles)} cycles {clock}"


def _cycles(cost: Cost, key: Figure) -> Quantity:
    return cost.latency if key == "latency" else cost.interval


def _ranked(parts: list[tuple[str, Quantity]], whole: float) -> tuple[tuple[Contributor, ...], str]:
    """The largest parts, and in words how many others there are."""
    ranked = sorted((part for part in parts if part[1].value > 0), key=lambda part: -part[1].value)
    listed = tuple(
        Contributor(name, grouped(part.value), part.value / whole if whole else 0.0, _why(part))
        for name, part in ranked[:_MOST]
    )
    rest = len(ranked) - len(listed)
    return listed, f"and {rest} more {'layer' if rest == 1 else 'layers'}" if rest else ""
