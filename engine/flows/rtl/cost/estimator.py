"""What a design takes before Yosys has mapped it: module by module, each read once."""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.design import Design
from engine.estimate import ZERO, Cost, Estimate, LayerCost, Level, Quantity, Tier, about, exactly, total
from engine.flows.rtl.block import Block
from engine.flows.rtl.build import Hardware
from engine.flows.rtl.cost.amounts import blocks, dsp, in_blocks
from engine.flows.rtl.cost.between import between
from engine.flows.rtl.cost.formulas import Formula, formulas, kind, terms
from engine.flows.rtl.cost.reading import Reading, read
from engine.flows.rtl.cost.sketch import Sketch
from engine.flows.rtl.synthesis.technology import Technology, technology_of
from engine.flows.rtl.timeline import Timeline, timeline
from engine.network import Network

_KEPT, _LATENCIES, _JOINTS = 2_000, 100, 100
"""Modules, latencies of each, and joints of designs that are kept."""
Learned = Mapping[str, Mapping[str, Formula]]
_DSP = "One multiplier for each product at once whose factors fit into it: n_in × n_out / reuse factor."
_RAM = "Memories of constants and inputs, as many blocks as their words and widths take; bits never used drop out."
_RAM_DOUBT = (0.4, 0.2)
_CYCLES = "Follows from how the layers hand on their words; simulation counts the same."
_ABOUT = "Follows from how the layers hand on their words; the adders of reuse factor 1 are found when it is built."


@dataclass(frozen=True, slots=True)
class _Part:
    """A module with what it takes, but for its cycles; and as the cost of its layer by the cycles of its latency."""

    block: Block
    cost: Cost
    timed: dict[int, LayerCost] = field(default_factory=dict)

    def layer(self, foretold: Timeline) -> LayerCost:
        """With its cycles. A module counts to the layer that it is made for."""
        latency = _latency_of(self.block, foretold)
        known = self.timed.get(latency)
        if known is None:
            if len(self.timed) > _LATENCIES:
                self.timed.clear()
            name = next(iter(self.block.layers), self.block.name)
            known = self.timed[latency] = LayerCost(name, _with_cycles(self.cost, self.block, latency))
        return known


class Estimator:
    """Estimates designs; modules that an edit left alone are not read again."""

    def __init__(self) -> None:
        self._parts: OrderedDict[tuple[Technology, int], _Part] = OrderedDict()
        self._between: dict[tuple[Technology, int], tuple[Reading, Cost]] = {}

    def estimate(self, design: Design, hardware: Hardware) -> Estimate:
        """Cost per layer and in total."""
        technology = technology_of(design.target.board.family)
        found = formulas(technology) if technology else {}
        if technology is None or not found:
            why = f"What Yosys makes of modules for {design.target.board.family.label} has not been learned yet."
            return Estimate(design.target, Tier.ESTIMATE, (), Cost(), why, Level.LOGIC_SYNTHESIS)
        foretold = timeline(hardware)
        modules = [self._part(block, technology, found).layer(foretold) for block in hardware.blocks]
        layers = _by_layer(modules, design.network)
        joining = self._joining(between(hardware, foretold), technology, found)
        whole = self._total(layers, joining, hardware, foretold)
        return Estimate(
            design.target, Tier.ESTIMATE, layers, whole, level=Level.LOGIC_SYNTHESIS, cycles_of="simulation"
        )

    def _part(self, block: Block, technology: Technology, found: Learned) -> _Part:
        # A part holds its block, so that its id is not given to another one.
        key = (technology, id(block))
        known = self._parts.get(key)
        if known is None:
            if len(self._parts) > _KEPT:
                self._parts.popitem(last=False)
            reading = block.reading if isinstance(block, Sketch) else read(block.verilog)
            known = self._parts[key] = _Part(block, _cost(reading, technology, found))
        return known

    def _joining(self, reading: Reading, technology: Technology, found: Learned) -> Cost:
        """What joins the layers; an edit seldom changes it."""
        key = (technology, id(reading))
        known = self._between.get(key)
        if known is None:
            if len(self._between) > _JOINTS:
                self._between.clear()
            # Holding the reading keeps its id from being given to another one.
            known = self._between[key] = (reading, _cost(reading, technology, found))
        return known[1]

    def _total(self, layers: tuple[LayerCost, ...], between: Cost, hardware: Hardware, foretold: Timeline) -> Cost:
        costs = [*(layer.cost for layer in layers), between]
        return Cost(
            total([each.lut for each in costs], "Sum over the layers, and what joins them."),
            total([each.ff for each in costs], "Sum over the layers, and what joins them."),
            exactly(sum(each.dsp.value for each in costs), _DSP),
            total([each.bram18 for each in costs], _RAM),
            ZERO,
            _latency(foretold.latency, [block for block in hardware.blocks if isinstance(block, Sketch)]),
            exactly(foretold.interval, _sets_it(hardware, foretold.interval)),
        )


def _sets_it(hardware: Hardware, interval: int) -> str:
    """Why frames do not follow each other faster."""
    slowest = next((block for block in hardware.blocks if block.cycles == interval), None)
    limit = slowest.limit if slowest else ""
    return " ".join(filter(None, ["The slowest layer sets it.", limit, _CYCLES]))


def _latency(cycles: int, sketches: list[Block]) -> Quantity:
    """A sketched module may need a register more or less than foretold."""
    if not sketches:
        return exactly(cycles, _CYCLES)
    doubt = len(sketches)
    return Quantity(cycles, max(cycles - doubt, 1), cycles + doubt, _ABOUT)


def _cost(reading: Reading, technology: Technology, found: Learned) -> Cost:
    parts = terms(reading, technology)
    ram = sum(blocks(memory, technology) for memory in reading.memories if in_blocks(memory, technology))
    lut, ff = (found[name][kind(reading, technology)].of(parts, name) for name in ("LUT", "FF"))
    return Cost(
        lut,
        ff,
        exactly(dsp(reading, technology), _DSP),
        about(ram, *_RAM_DOUBT, _RAM),
    )


def _latency_of(block: Block, foretold: Timeline) -> int:
    """Cycles from the first word in to the last one out."""
    words = foretold.words
    starts = [words[source].first for source in block.sources if source in words]
    return max(words[block.name].last - min(starts, default=0), 1)


def _with_cycles(cost: Cost, block: Block, latency: int) -> Cost:
    """Interval: what a frame keeps the module busy."""
    shown = _latency(latency, [block] if isinstance(block, Sketch) else [])
    interval = exactly(block.cycles, f"{block.limit} {_CYCLES}".strip())
    return Cost(cost.lut, cost.ff, cost.dsp, cost.bram18, ZERO, shown, interval)


def _by_layer(modules: list[LayerCost], network: Network) -> tuple[LayerCost, ...]:
    """Modules of one layer together, in the order of the network."""
    found: dict[str, LayerCost] = {}
    for each in modules:
        known = found.get(each.name)
        found[each.name] = each if known is None else LayerCost(each.name, _together(known.cost, each.cost))
    return tuple([found[name] for name in network.order if name in found])


def _together(one: Cost, other: Cost) -> Cost:
    """Two modules of one layer."""
    return Cost(
        total([one.lut, other.lut]),
        total([one.ff, other.ff]),
        total([one.dsp, other.dsp]),
        total([one.bram18, other.bram18]),
        ZERO,
        exactly(one.latency.value + other.latency.value, _CYCLES),
        exactly(max(one.interval.value, other.interval.value), _CYCLES),
    )
