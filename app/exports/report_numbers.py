"""The report's numbers of the whole design: the board's budget, and how fast it runs."""

from app.exports.bars import HEIGHT, MARK, WIDTH, bar_image, mark_image
from app.exports.html import NO_BREAK_SPACE, Column, Content, Markup, image, join, line_break, small, table, tag
from app.presenters.simulated import simulated_speed
from engine.advice import limit
from engine.advice.words import grouped
from engine.dataflow import Simulation
from engine.design import Design
from engine.estimate import RESOURCES, Energy, Estimate, Quantity, energy, energy_text, exactly
from widgets.budget.numbers import bound_text, percent, span, unit_for, with_unit

_BUDGET = (
    Column("Resource", width=84),
    Column("Share of the board", width=WIDTH + 8),
    Column("Used", numeric=True),
    Column("On the board", numeric=True),
    Column("Share", numeric=True),
    Column("90 % interval", numeric=True),
)


def budget_section(design: Design, estimate: Estimate, safe_share: float) -> Markup:
    """A row for each resource that the board has or the design uses."""
    if estimate.refusal:
        return join(tag("h2", "Budget"), tag("p", estimate.refusal))
    rows = []
    for name in RESOURCES:
        used, available = estimate.total.resource(name), limit(design.target.board, name)
        if available or used.value:
            rows.append(_budget_row(name, used, available, safe_share))
    note = f"Solid line: the board’s limit. Dashed line: the safe share, {percent(safe_share)}. Whisker: 90 % interval."
    return join(tag("h2", "Budget"), table(_BUDGET, rows), tag("p", note, "quiet"))


def _budget_row(name: str, used: Quantity, available: int | None, safe_share: float) -> list[Content]:
    label = join(image(mark_image(name), MARK, MARK, ""), NO_BREAK_SPACE, name)
    doubt = "exact" if used.exact else f"{grouped(used.low)} to {grouped(used.high)}"
    if available is None:
        return [label, "no figure for this board", grouped(used.value), "not known", "", doubt]
    share = used.value / available if available else float("inf")
    words = f"{name}: {percent(share)} of the board"
    bar = image(bar_image(name, used, available, safe_share), WIDTH, HEIGHT, words)
    css = "over" if share > 1 else "risk" if share > safe_share else "strong"
    over = join(line_break(), small(f"over by {grouped(max(used.value - available, 1))}")) if share > 1 else ""
    figure = Markup(tag("span", percent(share), css).html.strip())
    return [label, bar, grouped(used.value), grouped(available), join(figure, over), doubt]


_SPEED = (
    Column("Quantity", width=120),
    Column("Value", numeric=True),
    Column("90 % interval", numeric=True),
    Column("Wanted", numeric=True),
    Column("Note"),
)


def speed_section(design: Design, estimate: Estimate, simulation: Simulation | None) -> Markup:
    """Latency, interval and rate against the requirement, and those of a simulated run."""
    if estimate.refusal:
        return Markup("")
    wanted = design.requirement
    cycles = f"{grouped(estimate.total.latency.value)} cycles of {design.target.clock_ns:g} ns"
    cause = f"set by {estimate.slowest}" if estimate.slowest else ""
    rows: list[list[Content]] = [
        _speed_row("latency", estimate.latency_us, wanted.max_latency_us, cycles),
        _speed_row("interval", estimate.total.interval, None, cause),
        _speed_row("rate", estimate.rate, wanted.min_rate, "one inference every interval"),
        _energy_row("Energy", energy(estimate.latency_us, design.target.board), f"latency of {estimate.cycles_of}"),
    ]
    return join(tag("h2", "Speed"), table(_SPEED, rows + _simulated_rows(estimate, simulation)))


def _simulated_rows(estimate: Estimate, simulation: Simulation | None) -> list[list[Content]]:
    """A run word by word takes less than C synthesis says, which charges every pixel that is read."""
    if simulation is None:
        return []
    found = simulated_speed(simulation, estimate, stale=False)
    rows: list[list[Content]] = []
    for kind, figure in found.items():
        value = "hangs" if figure.value is None else with_unit(kind, figure.value)
        rows.append([f"{kind.capitalize()}, simulated", value, "", "", "a run, word by word"])
    latency = found["latency"].value
    if latency is not None and estimate.target.board.running_power is not None:
        spent = energy(exactly(latency), estimate.target.board)
        rows.append(_energy_row("Energy, simulated", spent, "latency of the simulated run"))
    return rows


def _energy_row(title: str, spent: Energy, latency: str) -> list[Content]:
    if spent.microjoules is None or spent.power is None:
        return [title, "not known", "", "", spent.refusal]
    note = f"{latency} × {spent.power.value:g} W ({spent.power.source})"
    return [title, energy_text(spent.microjoules.value), "", "", note]


def _speed_row(kind: str, quantity: Quantity, wanted: float | None, note: str) -> list[Content]:
    unit = unit_for(kind, quantity.value)
    doubt = "exact" if quantity.exact else span(kind, quantity.low, quantity.high, unit)
    value = with_unit(kind, quantity.value)
    missed = wanted is not None and (quantity.value < wanted if kind == "rate" else quantity.value > wanted)
    figure = Markup(tag("span", value, "over" if missed else "strong").html.strip())
    return [kind.capitalize(), figure, doubt, _wanted(kind, wanted), note]


def _wanted(kind: str, wanted: float | None) -> str:
    if wanted is None:
        return ""
    return f"{'at least' if kind == 'rate' else 'at most'} {bound_text(kind, wanted)}"
