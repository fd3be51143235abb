"""From layers to the whole design: how latency and interval add up, and what the top level takes."""

from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import Any

from engine.estimate import ZERO, Cost, Quantity, total
from engine.flows.hls4ml.cost.arithmetic import joined
from engine.flows.hls4ml.cost.piece import Piece
from engine.flows.hls4ml.cost.schedule import delays_of
from engine.flows.hls4ml.cost.site import Site
from engine.flows.hls4ml.hardware import Hardware, Unit
from engine.flows.hls4ml.rules import Strategy

Judged = dict[str, Piece]
"""By name of the built layer, FIFOs included."""

Cycles = Any
"""A number, or an array with one for each of many settings."""

_RESOURCES = ("lut", "ff", "dsp", "bram18", "uram")


def together(costs: Sequence[Cost]) -> Cost:
    """Cost of one of the user's layers from the layers it is built as.

    Resources add, the slowest part sets the interval; latencies are one after the other where parts do not overlap.
    """
    if len(costs) == 1:
        return costs[0]
    slowest = max(costs, key=lambda cost: cost.interval.value)
    resources = {name: _sum([getattr(cost, name) for cost in costs]) for name in _RESOURCES}
    overlapping = slowest.interval.value > 1
    latency = slowest.latency if overlapping else _sum([cost.latency for cost in costs])
    return Cost(**resources, latency=latency, interval=slowest.interval)


def _sum(parts: list[Quantity]) -> Quantity:
    return joined(*parts, reason=max(parts, key=attrgetter("value")).reason)


def design_cost(hardware: Hardware, judged: Judged, costs: Sequence[Cost], site: Site, *, pipelined: bool) -> Cost:
    """The whole design, as one pipeline or as layers that run side by side."""
    why, learned = "Sum of all layers.", f"Sum of all layers. {site.corrections.basis}".strip()
    latency = _pipeline_latency(hardware, judged, site) if pipelined else _flow_latency(hardware, judged, site)
    return Cost(
        lut=total([cost.lut for cost in costs], learned),
        ff=total([cost.ff for cost in costs], learned),
        dsp=total([cost.dsp for cost in costs], why),
        bram18=total([cost.bram18 for cost in costs], why),
        uram=ZERO,
        latency=latency,
        interval=_in_turn(latency) if pipelined and _loops(hardware) else _interval(hardware, judged, pipelined),
    )


def is_pipelined(hardware: Hardware) -> bool:
    """hls4ml's choice of style: one pipeline, unless a layer works in steps or was asked to be Resource."""
    return True not in [in_steps(unit) for unit in hardware.units.values()]


def in_steps(unit: Unit) -> bool:
    """Whether a layer keeps the design from being one pipeline."""
    return unit.partitions > 1 or unit.choice.strategy == _RESOURCE


_RESOURCE = Strategy.RESOURCE.value


def _interval(hardware: Hardware, judged: Judged, pipelined: bool) -> Quantity:
    """The slowest layer; one cycle more where layers run side by side, and the reuse factor of unrolled kernels."""
    if not judged:
        return ZERO
    intervals = [piece.cost.interval.value for piece in judged.values()]
    name = list(judged)[intervals.index(max(intervals))]
    slowest, why = judged[name].cost.interval, f"Set by {hardware.units[name].node.layer.name}."
    if not pipelined:
        value = max(slowest.value + _several(hardware), 1)
        return Quantity(value, max(slowest.low, 1), slowest.high + 3, why)
    least = unrolled_interval(hardware.units.values())
    return Quantity(max(slowest.value, least), max(slowest.low, 1), max(slowest.high, least, 1), why)


def _loops(hardware: Hardware) -> bool:
    """Whether a layer has a loop over steps, which keeps the tool from starting anew before all is done."""
    return not RECURRENT.isdisjoint([node.kind for node in hardware.plan.nodes])


RECURRENT = frozenset({"LSTM", "GRU", "SimpleRNN"})


def _in_turn(latency: Quantity) -> Quantity:
    """One inference after the other: two reports."""
    why = "A recurrent layer in a pipeline: one inference after the other."
    return Quantity(latency.value + 1, latency.low + 1, latency.high + 1, why)


def _several(hardware: Hardware) -> bool:
    """Whether anything is handed on from layer to layer."""
    found = 0
    for node in hardware.plan.nodes:
        found += node.kind not in WIRES
        if found > 1:
            return True
    return False


WIRES = ("Input", "Reshape")
"""Built layers that are names for wires only."""


def unrolled_interval(units: Iterable[Unit]) -> int:
    """With an unrolled kernel hls4ml sets the pipeline's interval to the largest reuse factor of all layers."""
    folded = [each for unit in units for each in unit.folded]
    unrolled = Strategy.UNROLLED in [each.strategy for each in folded]
    return max([each.reuse_factor for each in folded]) if unrolled else 1


def _pipeline_latency(hardware: Hardware, judged: Judged, site: Site) -> Quantity:
    """Latencies along the longest path, and the registers between its layers."""
    names = hardware.plan.chain or _longest_path(
        hardware, {name: piece.cost.latency.value for name, piece in judged.items()}
    )
    value: float = 0
    low: float = 0
    high: float = 0
    before: float = 0
    registers = -1
    for name in names:
        latency, unit = judged[name].cost.latency, hardware.units[name]
        value, low, high = value + latency.value, low + latency.low, high + latency.high
        if unit.node.kind not in WIRES:
            reuse = unit.folded[0].reuse_factor if unit.folded else 1
            registers += registers_before(site, bool(unit.folded), reuse, latency.value, before)
            before = latency.value
    between = max(registers, 0) if _several(hardware) else 0
    value, high = value + between, high + between
    why = "Layers one after the other, and registers between them."
    return Quantity(value, min(value, max(low, 0.7 * value)), high, why)


def registers_before(site: Site, folded: bool, reuse_factor: Cycles, cycles: Cycles, before: Cycles) -> Cycles:
    """Cycles that a layer of a pipeline waits before it starts, by its own and by those of the layer before it.

    Each waits for a clock edge, except, with Vivado HLS, what takes no cycle itself behind a layer that ends at one,
    if the clock leaves time for it. With Vitis HLS products of reuse factor 1 wait for one more. Exact on 32 reports of
    five owners, within a cycle on three.
    """
    if site.vitis:
        return 1 + folded * (reuse_factor == 1)
    if folded or site.budget_ns / site.slowness < 2 * delays_of(site).adder:
        return 1
    return (cycles > 0) | (before == 0)


def _flow_latency(hardware: Hardware, judged: Judged, site: Site) -> Quantity:
    """Layers overlap: the slowest one in full, the others until their first word is out.

    This is the latency that C synthesis reports; a run of a convolutional network takes another one.
    """
    if not judged:
        return ZERO
    slowest = max(reversed(judged), key=lambda name: judged[name].cost.latency.value)
    full = judged[slowest].cost.latency
    fills = {name: piece.fill for name, piece in judged.items()}
    fills[slowest] = full.value
    value = sum([fills[name] for name in hardware.plan.chain or _longest_path(hardware, fills)])
    owner = hardware.units[slowest].node.layer.name
    why = f"{owner} in full, the others until their first word, as C synthesis counts."
    most = value - full.value + full.high
    return Quantity(value, min(full.low, value), max(1.15 * most, value + (220 if site.stream else 20)), why)


def _longest_path(hardware: Hardware, cycles: dict[str, float]) -> list[str]:
    """Names along the path through the built layers that takes most cycles; of equal ones to the last layer."""
    until: dict[str, float] = {}
    before: dict[str, str] = {}
    for name, unit in hardware.units.items():
        inputs = unit.node.inputs
        if inputs:
            before[name] = inputs[0] if len(inputs) == 1 else max(inputs, key=until.__getitem__)
            until[name] = cycles[name] + until[before[name]]
        else:
            until[name] = cycles[name]
    path = [max(reversed(until), key=until.__getitem__)] if until else []
    while path and path[-1] in before:
        path.append(before[path[-1]])
    return path
