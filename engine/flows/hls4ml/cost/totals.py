"""From layers to the whole design: how latency and interval add up, and what the top level takes."""

from collections.abc import Sequence
from operator import attrgetter

from engine.estimate import ZERO, Cost, LayerCost, Quantity, total
from engine.flows.hls4ml.cost.piece import Piece
from engine.flows.hls4ml.cost.site import Site
from engine.flows.hls4ml.hardware import Hardware, Unit
from engine.flows.hls4ml.rules import Strategy

Judged = dict[str, Piece]
"""By name of the built layer, FIFOs included."""


def layer_costs(hardware: Hardware, judged: Judged) -> tuple[LayerCost, ...]:
    """Cost by the user's layers: inserted layers count to the one they serve."""
    owned: dict[str, list[Cost]] = {}
    for name, unit in hardware.units.items():
        owned.setdefault(unit.node.layer.name, []).append(judged[name].cost)
    return tuple([LayerCost(name, costs[0] if len(costs) == 1 else _together(costs)) for name, costs in owned.items()])


def _together(costs: list[Cost]) -> Cost:
    """Resources add; the slowest part sets the interval; latencies are one after the other."""
    slowest = max(costs, key=lambda cost: cost.interval.value)
    resources = {name: _sum([getattr(cost, name) for cost in costs]) for name in ("lut", "ff", "dsp", "bram18", "uram")}
    latency = slowest.latency if slowest.interval.value > 1 else _sum([cost.latency for cost in costs])
    return Cost(**resources, latency=latency, interval=slowest.interval)


def _sum(parts: list[Quantity]) -> Quantity:
    main = max(parts, key=attrgetter("value"))
    return total(parts, main.reason)


def design_cost(hardware: Hardware, judged: Judged, site: Site) -> Cost:
    """The whole design after C synthesis."""
    costs = [piece.cost for piece in judged.values()]
    pipelined = not site.stream and is_pipelined(hardware)
    return Cost(
        lut=total([cost.lut for cost in costs], "Sum of all layers."),
        ff=total([cost.ff for cost in costs], "Sum of all layers."),
        dsp=total([cost.dsp for cost in costs], "Sum of all layers."),
        bram18=total([cost.bram18 for cost in costs], "Sum of all layers."),
        uram=ZERO,
        latency=_pipeline_latency(hardware, judged, site) if pipelined else _flow_latency(hardware, judged, site),
        interval=_interval(hardware, judged, pipelined),
    )


def is_pipelined(hardware: Hardware) -> bool:
    """hls4ml's choice of style: one pipeline, unless a layer works in steps or was asked to be Resource."""
    for unit in hardware.units.values():
        if unit.partitions > 1 or unit.choice.strategy == Strategy.RESOURCE:
            return False
    return True


def _interval(hardware: Hardware, judged: Judged, pipelined: bool) -> Quantity:
    """The slowest layer; one cycle more where layers run side by side, and the reuse factor of unrolled kernels."""
    if not judged:
        return ZERO
    name = max(judged, key=lambda each: judged[each].cost.interval.value)
    slowest = judged[name].cost.interval
    why = f"Set by {hardware.units[name].node.layer.name}."
    if not pipelined:
        extra = 1 if slowest.value > 1 else 0
        return Quantity(slowest.value + extra, slowest.low, slowest.high + 3, why)
    least = unrolled_interval(list(hardware.units.values()))
    return Quantity(max(slowest.value, least, 1), max(slowest.low, 1), max(slowest.high, least, 1), why)


def unrolled_interval(units: Sequence[Unit]) -> int:
    """With an unrolled kernel hls4ml sets the pipeline's interval to the largest reuse factor of all layers."""
    folded = [each for unit in units for each in unit.folded]
    if not any(each.strategy is Strategy.UNROLLED for each in folded):
        return 1
    return max(each.reuse_factor for each in folded)


def _pipeline_latency(hardware: Hardware, judged: Judged, site: Site) -> Quantity:
    """Latencies along the longest path, and the registers between layers."""
    value = _longest(hardware, {name: piece.cost.latency.value for name, piece in judged.items()})
    low = _longest(hardware, {name: piece.cost.latency.low for name, piece in judged.items()})
    high = _longest(hardware, {name: piece.cost.latency.high for name, piece in judged.items()})
    built = [unit for unit in hardware.units.values() if unit.node.kind not in ("Input", "Reshape")]
    products = sum(1 for unit in built if unit.folded)
    between = len(built) + products - 1 if site.vitis and site.series7 else products + 1
    extra = max(between, 0)
    why = "Layers one after the other, and registers between them."
    return Quantity(value + extra, max(low, 0.7 * (value + extra)), max(high, value) + extra, why)


def _flow_latency(hardware: Hardware, judged: Judged, site: Site) -> Quantity:
    """Layers overlap: the slowest one in full, the others until their first word is out.

    This is the latency that C synthesis reports; a run of a convolutional network takes another one.
    """
    if not judged:
        return ZERO
    slowest = max(judged, key=lambda name: judged[name].cost.latency.value)
    along = judged[slowest].cost.latency
    fills = {name: piece.fill for name, piece in judged.items()}
    fills[slowest] = along.value
    value = _longest(hardware, fills)
    why = (
        f"{hardware.units[slowest].node.layer.name} in full, the others until their first word; as C synthesis counts."
    )
    most = value - along.value + along.high
    return Quantity(value, min(along.low, value), max(1.15 * most, value + (220 if site.stream else 20)), why)


def _longest(hardware: Hardware, cycles: dict[str, float]) -> float:
    """Longest path through the built layers, in cycles."""
    until: dict[str, float] = {}
    for name, unit in hardware.units.items():
        until[name] = cycles[name] + max([until[source] for source in unit.node.inputs], default=0.0)
    return max(until.values(), default=0.0)
