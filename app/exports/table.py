"""The per-layer table as CSV, for spreadsheets and scripts."""

import csv
import io
from collections.abc import Iterator

from app.exports.facts import TYPES, LayerFacts, layer_facts
from engine.design import Design
from engine.estimate import RESOURCES, Cost, Estimate, Quantity
from engine.flows.flow import Flow
from engine.network import Shape
from engine.network.counts import network_counts

_FACTS = ("layer", "kind", "input_shape", "output_shape", "parameters", "macs")
_SETTINGS = (*(f"{role}_type" for role in TYPES), "reuse_factor", "strategy")
_QUANTITIES = (*RESOURCES, "latency_cycles", "interval_cycles")
COLUMNS = (
    *_FACTS,
    *_SETTINGS,
    *(f"{name}{suffix}" for name in _QUANTITIES for suffix in ("", "_low", "_high")),
    "tier",
)
"""Header of the table; `_low` and `_high` bound the 90 % interval."""

WHOLE = "whole design"
"""Kind of the last row, whose layer is empty: totals are not sums where doubts or overlaps meet."""


def table_csv(design: Design, estimate: Estimate, flow: Flow) -> str:
    """A header, a row for each layer in network order, and a row for the whole design.

    Numbers are ungrouped with a decimal point; resources in pieces, latency and interval in clock cycles. A cell is
    empty where the layer has no such value.
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for facts in layer_facts(design, estimate, flow):
        writer.writerow([*_texts(facts), *_cost(facts.cost), estimate.tier.label])
    counts = network_counts(design.network)
    about: list[str | int] = ["", WHOLE, "", "", counts.parameters, counts.macs, *("" for _ in _SETTINGS)]
    writer.writerow([*about, *_cost(None if estimate.refusal else estimate.total), estimate.tier.label])
    return out.getvalue()


def _texts(facts: LayerFacts) -> list[str | int]:
    inputs = " + ".join(_shape(shape) for shape in facts.inputs or ())
    types = ["" if each is None else str(each) for each in facts.types]
    reuse: str | int = "" if facts.reuse_factor is None else facts.reuse_factor
    sizes = (facts.parameters, facts.macs)
    return [_inert(facts.name), facts.kind, inputs, _shape(facts.output), *sizes, *types, reuse, facts.strategy]


def _cost(cost: Cost | None) -> Iterator[str]:
    if cost is None:
        yield from [""] * (3 * len(_QUANTITIES))
        return
    for quantity in (*(cost.resource(name) for name in RESOURCES), cost.latency, cost.interval):
        yield from _numbers(quantity)


def _numbers(quantity: Quantity) -> Iterator[str]:
    for value in (quantity.value, quantity.low, quantity.high):
        yield f"{value:.0f}"


def _shape(shape: Shape | None) -> str:
    """With a plain x: not every program takes the file for UTF-8."""
    return "" if shape is None else "x".join(str(extent) for extent in shape)


def _inert(name: str) -> str:
    """A layer's name comes from a model file, and spreadsheets would run one that begins like a formula."""
    return f"'{name}" if name.startswith(("=", "+", "-", "@", "\t", "\r")) else name
