"""From an estimate to what the budget shows. Pure functions; nothing here paints."""

from collections.abc import Mapping
from dataclasses import replace
from operator import attrgetter
from types import MappingProxyType

from engine.advice import Finding, limit
from engine.advice.words import resource_name
from engine.design import Requirement
from engine.estimate import RESOURCES, Estimate
from widgets.budget.accuracy_view import AccuracyView
from widgets.budget.edits_view import EditPoint, EditsView
from widgets.budget.verdicts import verdict_on
from widgets.budget.view import BudgetRow, BudgetView, Figure, Simulated, Tile
from widgets.budget.where_view import Stack, WhereView, short_names

LABELS = {name: resource_name(name) for name in RESOURCES}
"""What people read for each of RESOURCES."""
NOT_SIMULATED: Mapping[Figure, Simulated] = MappingProxyType({})
_FIELDS = {name: attrgetter(name.lower()) for name in RESOURCES}


def budget_view(
    estimate: Estimate,
    before: Estimate | None,
    requirement: Requirement,
    safe_share: float,
    finding: Finding | None = None,
    edits_old: int = 0,
    simulated: Mapping[Figure, Simulated] = NOT_SIMULATED,
    accuracy: AccuracyView | None = None,
) -> BudgetView:
    """The budget of an estimate.

    `before` is the estimate before the current edit (None: no edit yet), `finding` what mends the overrun: its fix
    gets a button where there is room for one; `simulated` are the figures of speed of a simulated run, `accuracy` what
    the hardware's answers are worth.
    """
    ghosts = before if before is not None and not before.refusal and before.layers else None
    rows = tuple(_row(estimate, ghosts, name) for name in RESOURCES)
    if estimate.refusal:
        return BudgetView(rows, safe_share, estimate.tier, refusal=estimate.refusal)
    if not estimate.layers or _builds_nothing(estimate):
        return BudgetView(rows, safe_share, estimate.tier, edits_old, empty=True)
    tiles = tuple(replace(tile, simulated=simulated.get(tile.kind)) for tile in _tiles(estimate, ghosts, requirement))
    verdict = verdict_on(estimate, rows, tiles, safe_share, finding)
    return BudgetView(
        rows, safe_share, estimate.tier, edits_old, tiles, verdict, source=estimate.label, accuracy=accuracy
    )


def _builds_nothing(estimate: Estimate) -> bool:
    """Whether the network is nothing but its inputs."""
    total = estimate.total
    return not total.latency.value and not any(total.resource(name).value for name in RESOURCES)


def where_view(estimate: Estimate, safe_share: float) -> WhereView:
    """What each layer takes, in the order of the estimate's layers."""
    names = tuple(layer.name for layer in estimate.layers)
    costs = [layer.cost for layer in estimate.layers]
    board = estimate.target.board
    stacks = tuple(
        Stack(name, resource_name(name, board), limit(board, name), tuple([field(cost).value for cost in costs]))
        for name, field in _FIELDS.items()
    )
    return WhereView(names, short_names(names), stacks, safe_share)


def edit_point(label: str, estimate: Estimate) -> EditPoint:
    """One step of the sitting; a design without numbers leaves a gap."""
    return EditPoint(label, tuple(None if estimate.refusal else _share(estimate, name) for name in RESOURCES))


def edits_view(points: tuple[EditPoint, ...], current: int) -> EditsView:
    """Steps made by `edit_point`."""
    return EditsView(points, current, tuple(LABELS.items()))


def _share(estimate: Estimate, name: str) -> float | None:
    available = limit(estimate.target.board, name)
    return estimate.total.resource(name).value / available if available else None


def _row(estimate: Estimate, before: Estimate | None, name: str) -> BudgetRow:
    ghost = before.total.resource(name).value if before is not None else None
    board = estimate.target.board
    return BudgetRow(name, resource_name(name, board), estimate.total.resource(name), limit(board, name), ghost)


def _tiles(estimate: Estimate, before: Estimate | None, requirement: Requirement) -> tuple[Tile, ...]:
    slowest = estimate.slowest
    latency = interval = rate = None
    if before is not None:
        latency, interval, rate = before.latency_us.value, before.total.interval.value, before.rate.value
    return (
        Tile("latency", estimate.latency_us, latency, requirement.max_latency_us),
        Tile("interval", estimate.total.interval, interval, cause=slowest),
        Tile("rate", estimate.rate, rate, requirement.min_rate, slowest),
    )
