"""From layers to the whole design, as `cost/totals.py` and `cost/stretch.py` have it, for many settings at once.

Arrays have one element a setting, or one for all where nothing varies. Where several are largest one counts as there:
a path of equal length must be the same one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add

import numpy as np
from numpy.typing import NDArray

from engine.flows.hls4ml.cost.corrections import Factors
from engine.flows.hls4ml.cost.site import Site
from engine.flows.hls4ml.cost.totals import RECURRENT, WIRES, registers_before
from engine.flows.hls4ml.sweep.tables import ABOVE, BELOW, FILL, INTERVAL, LATENCY, VALUE, Array, Table

_STRETCHED = ("LUT", "FF", "DSP", "BRAM18", "", "latency", "interval")
"""What widths are learned of, by row: no UltraRAM is ever used."""


@dataclass(frozen=True, slots=True, eq=False)
class Looked:
    """A built layer's costs in each setting, and the variants they are of."""

    table: Table
    variant: NDArray[np.intp]
    costs: Array


def total_cost(looked: Sequence[Looked], settings: int, site: Site, *, pipelined: bool) -> Array:
    """Values, lows and highs of all quantities: shape (3, quantities, settings)."""
    found = np.zeros((3, len(_STRETCHED), settings))
    found[:, :4] = _resources(looked)
    found[:, 5] = _pipeline_latency(looked, site) if pipelined else _flow_latency(looked, site)
    in_turn = pipelined and any(each.table.variants.node.kind in RECURRENT for each in looked)
    found[:, 6] = found[:, 5] + 1 if in_turn else _interval(looked, pipelined)
    for row, target in enumerate(_STRETCHED):
        _stretch(found[:, row], site.corrections.widths, target)
    return found


def _resources(looked: Sequence[Looked]) -> Array:
    """Sums over the user's layers; half of each deviation counts as correlated, half as independent."""
    layers: dict[int, Array] = {}
    for each in looked:
        costs = each.costs[: ABOVE.stop]
        layers[each.table.owner] = layers[each.table.owner] + costs if each.table.owner in layers else costs
    sums = reduce(add, layers.values())
    squares = reduce(add, (layer[BELOW.start :] ** 2 for layer in layers.values()))
    spread = (sums[BELOW.start :] + np.sqrt(squares)) / 2
    value = sums[VALUE]
    return np.array([value, value - spread[: len(value)], value + spread[len(value) :]])


def _interval(looked: Sequence[Looked], pipelined: bool) -> Array:
    slowest = _first_largest([each.costs[INTERVAL] for each in looked])
    value, low, high = slowest
    if not pipelined:
        value = value + _several(looked)
        return _together(np.maximum(value, 1), np.maximum(low, 1), high + 3)
    least = _unrolled_interval(looked)
    return _together(np.maximum(value, least), np.maximum(low, 1), np.maximum(high, np.maximum(least, 1)))


def _unrolled_interval(looked: Sequence[Looked]) -> Array:
    unrolled = reduce(np.logical_or, (each.table.unrolled[each.variant] for each in looked))
    largest = reduce(np.maximum, (each.table.reuse_factor[each.variant] for each in looked))
    return np.where(unrolled, largest, 1.0)


def _pipeline_latency(looked: Sequence[Looked], site: Site) -> Array:
    """Along the longest path: cycles with their ends, and the registers between its layers."""
    until: list[Array] = []
    for each in looked:
        inputs = [until[place] for place in each.table.variants.inputs]
        behind = _first_largest(inputs) if inputs else np.zeros((_PATH, 1))
        registers, last = _step(each, behind[-1], site)
        steps = [*each.costs[LATENCY], registers]
        until.append(_together(*map(add, behind[:-1], steps), last))
    value, low, high, registers, _ = _first_largest(until[::-1])
    between = np.maximum(registers - 1, 0) if _several(looked) else np.zeros(1)
    value = value + between
    return _together(value, np.minimum(value, np.maximum(low, 0.7 * value)), high + between)


_PATH = 5
"""Rows that a path adds up: cycles with their ends, registers, and the cycles of its last layer."""


def _step(looked: Looked, before: Array, site: Site) -> tuple[Array, Array]:
    """Registers before a layer, and the cycles of the last layer with any logic."""
    table = looked.table
    if table.variants.node.kind in WIRES:
        return np.zeros(1), before
    cycles = looked.costs[LATENCY][0]
    return registers_before(site, table.multiplies, table.reuse_factor[looked.variant], cycles, before), cycles


def _flow_latency(looked: Sequence[Looked], site: Site) -> Array:
    """The slowest layer in full, the others until their first word is out."""
    own = [np.broadcast_to(float(place), each.costs.shape[1]) for place, each in enumerate(looked)]
    latencies = [np.vstack([each.costs[LATENCY], place]) for each, place in zip(looked, own, strict=True)]
    full, full_low, full_high, slowest = _first_largest(latencies[::-1])
    until: list[Array] = []
    for place, each in enumerate(looked):
        fill = np.where(slowest == place, full, each.costs[FILL])[np.newaxis]
        until.append(_behind(fill, [until[source] for source in each.table.variants.inputs]))
    (value,) = _first_largest(until)
    most = value - full + full_high
    high = np.maximum(1.15 * most, value + (220 if site.stream else 20))
    return _together(value, np.minimum(full_low, value), high)


def _behind(own: Array, inputs: Sequence[Array]) -> Array:
    return own + _first_largest(inputs) if inputs else own


def _first_largest(rows: Sequence[Array]) -> Array:
    """Of several arrays, setting by setting, the first one whose first row is largest."""
    found = rows[0]
    for each in rows[1:]:
        found = np.where(each[0] > found[0], each, found)
    return found


def _several(looked: Sequence[Looked]) -> bool:
    return sum(each.table.variants.node.kind not in WIRES for each in looked) > 1


def _together(*rows: Array) -> Array:
    return np.array(np.broadcast_arrays(*rows))


def _stretch(rows: Array, widths: Factors, target: str) -> None:
    """The ends of one quantity, in place."""
    stretch = widths.get(target, 1.0)
    if stretch == 1:
        return
    value, low, high = rows
    ratio = np.log((np.maximum(low, 0) + 1) / (value + 1))
    least = np.clip((value + 1) * np.exp(stretch * ratio) - 1, 0, value)
    doubtful = low != high
    rows[1] = np.where(doubtful, least, low)
    rows[2] = np.where(doubtful, value + stretch * (high - value), high)
