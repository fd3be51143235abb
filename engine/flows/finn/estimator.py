"""What a folded design takes, layer by layer and in total, each number with its reason."""

from collections.abc import Iterable, Mapping

from engine.design import Design
from engine.estimate import ZERO, Cost, Estimate, LayerCost, Level, Quantity, Terms, Tier, about, exactly, total
from engine.flows.finn.doubt import (
    FF_DOUBT,
    FF_REASON,
    LEARNED,
    LUT_DOUBT,
    RAM_REASON,
    VERILOG_REASON,
    Doubt,
    ram_doubt,
)
from engine.flows.finn.folded import Folded
from engine.flows.finn.latency import ends
from engine.flows.finn.parts import Part, dsp_reason, part, reason
from engine.flows.finn.unit import Kind
from engine.flows.finn.wires import Wire

_LUT = (
    "FINN's formula (FINN-R), with thresholds, pools, FIFOs and width converters, which it leaves out or counts low. "
    f"{LEARNED}"
)
_SUM = "Sum over the layers."
_LATENCY = "Units overlap: each begins with its first words. FINN's own bound, all cycles added up, is the upper end."


def estimate(design: Design, folded: Mapping[str, Folded], wires: Iterable[Wire]) -> Estimate:
    """Cost per layer and in total."""
    units: dict[str, list[Folded]] = {}
    for each in folded.values():
        if each.unit.kind is not Kind.INPUT:
            units.setdefault(each.unit.layer, []).append(each)
    streams: dict[str, list[Wire]] = {}
    for wire in wires:
        streams.setdefault(folded[wire.reader].unit.layer, []).append(wire)
    layers = tuple(
        LayerCost(name, _layer(units[name], streams.get(name, []))) for name in design.network.order if name in units
    )
    whole = _total(layers, folded)
    return Estimate(design.target, Tier.ESTIMATE, layers, whole, level=Level.LOGIC_SYNTHESIS, cycles_of="simulation")


def _layer(units: list[Folded], streams: list[Wire]) -> Cost:
    parts = [part(each) for each in units]
    slowest = max(zip(parts, units, strict=True), key=lambda pair: pair[0].cycles)
    products = next((each for each in units if each.unit.matrix is not None), None)
    luts = sum(each.lut for each in parts) + sum(wire.luts for wire in streams)
    flops, guessed = luts - sum(each.unregistered for each in parts), sum(each.guessed for each in parts)
    blocks = sum(each.bram18 for each in parts) + sum(wire.bram18 for wire in streams)
    cycles = exactly(slowest[0].cycles, f"{slowest[1].unit.kind}: {reason(slowest[1])}")
    return Cost(
        _partly_guessed(luts, guessed, LUT_DOUBT, _LUT, _terms(parts, streams)),
        _partly_guessed(flops, guessed, FF_DOUBT, FF_REASON),
        exactly(sum(each.dsp for each in parts), dsp_reason(products) if products else ""),
        about(blocks, *ram_doubt(each.unit for each in units), RAM_REASON),
        exactly(sum(each.uram for each in parts)),
        cycles,
        cycles,
    )


def _partly_guessed(value: float, guessed: float, doubt: Doubt, why: str, terms: Terms = ()) -> Quantity:
    """What is guessed may be nothing at all."""
    known, whole = about(value - guessed, *doubt), about(value, *doubt)
    return Quantity(value, known.low, whole.high, f"{why} {VERILOG_REASON}" if guessed else why, terms)


def _terms(parts: list[Part], streams: list[Wire]) -> Terms:
    between = ("FIFOs and width converters", float(sum(wire.luts for wire in streams)))
    return (*(term for each in parts for term in each.lut_terms), between)


def _total(layers: tuple[LayerCost, ...], folded: Mapping[str, Folded]) -> Cost:
    costs = [layer.cost for layer in layers]
    summed = total([each.lut for each in costs], f"{_SUM} {_LUT}")
    terms = tuple(term for each in costs for term in each.lut.terms)
    return Cost(
        Quantity(summed.value, summed.low, summed.high, summed.reason, terms),
        total([each.ff for each in costs], FF_REASON),
        exactly(sum(each.dsp.value for each in costs), _SUM),
        total([each.bram18 for each in costs], RAM_REASON),
        exactly(sum(each.uram.value for each in costs), _SUM) if costs else ZERO,
        _latency(folded),
        _interval(layers),
    )


def _latency(folded: Mapping[str, Folded]) -> Quantity:
    cycles = {name: part(each).cycles for name, each in folded.items()}
    bound, slowest = sum(cycles.values()), max(cycles.values(), default=0)
    end = ends([each.unit for each in folded.values()], cycles)
    value = min(max(end, slowest), bound)
    return Quantity(value, slowest, bound, _LATENCY)


def _interval(layers: tuple[LayerCost, ...]) -> Quantity:
    slowest = max(layers, key=lambda layer: layer.cost.interval.value, default=None)
    if slowest is None:
        return ZERO
    return exactly(slowest.cost.interval.value, f"{slowest.name} is the slowest: {slowest.cost.interval.reason}")
