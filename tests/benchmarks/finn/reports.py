"""Estimates beside nine published builds: how far whole designs are off, and how many layers lie in their intervals."""

from statistics import median

from engine.flows.registry import flow
from tests.benchmarks._table import Row, at_least
from tests.benchmarks.finn.published import RESOURCES, design, reports

_ESTIMATED = RESOURCES[:3]


def run() -> list[Row]:
    """Rows of name, value, unit and limit."""
    whole: dict[str, list[float]] = {name: [] for name in _ESTIMATED}
    inside: dict[str, list[bool]] = {name: [] for name in _ESTIMATED}
    for name, layers in reports().items():
        estimate = flow("finn").estimate(design(name), None)
        for place, resource in enumerate(_ESTIMATED):
            said = sum(row[place] for row in layers.values())
            whole[resource].append(abs(estimate.total.resource(resource).value / said - 1) * 100)
            costs = [(estimate.of(layer).resource(resource), row[place]) for layer, row in layers.items()]
            inside[resource] += [cost.low <= amount <= cost.high for cost, amount in costs]
    rows: list[Row] = [(f"{name} of nine builds: median error", median(whole[name]), "%", None) for name in whole]
    for name, hits in inside.items():
        rows.append((f"{name}: layers inside their interval", 100 * sum(hits) / len(hits), "%", at_least(80)))
    return rows
