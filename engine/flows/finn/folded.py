"""Units with their folding: what was chosen, brought to what is legal, and the words that pass between units."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import gcd

from engine.design import MULTIPLIERS, PE, SIMD
from engine.flows.factors import divisors, nearest
from engine.flows.finn.choices import (
    DEPTHWISE_PE,
    MEMORY,
    RAM,
    WINDOW_RAM,
    WINDOW_SIMD,
    WORDS,
    Choices,
)
from engine.flows.finn.cost.matrix import RTL_BITS, Build, Folding, Memory, Multipliers, Ram
from engine.flows.finn.unit import DEPTHWISE, MATRICES, Kind, Plan, Unit
from engine.network import Layer, Network

_BY_WORD = (Kind.THRESHOLDING, Kind.POOL, Kind.GLOBAL_POOL, Kind.ADD, Kind.LABEL)
"""Units with a PE of their own: so many channels at once."""
_WHOLE = (Kind.INPUT, Kind.CONCAT, Kind.MAX_POOL)
"""Units that take all channels of a pixel at once."""


@dataclass(frozen=True, slots=True)
class Folded:
    """A unit with its folding; `lanes_in` and `lanes_out` are the values in a word of its streams."""

    unit: Unit
    folding: Folding
    build: Build
    lanes_in: int
    lanes_out: int

    @property
    def bits_in(self) -> int:
        """Bits of a word that goes in."""
        return self.lanes_in * self.unit.taken.bits

    @property
    def bits_out(self) -> int:
        """Bits of a word that comes out."""
        return self.lanes_out * self.unit.values.bits

    @property
    def words_out(self) -> int:
        """Words of an inference that come out."""
        return self.unit.pixels * self.unit.shape[-1] // self.lanes_out


def legal(unit: Unit, key: str) -> tuple[int, ...]:
    """What a setting may be on a unit, ascending; empty where it does not fold the unit."""
    if unit.matrix is not None:
        extents = {PE: unit.matrix.outputs, SIMD: unit.matrix.inputs}
        if unit.name.endswith(DEPTHWISE):
            extents = {DEPTHWISE_PE: unit.matrix.outputs}
        return divisors(extents[key]) if key in extents else ()
    if unit.kind is Kind.WINDOW and unit.window is not None:
        return divisors(unit.channels) if key == WINDOW_SIMD and not unit.window.apart else ()
    return divisors(unit.channels) if unit.kind in _BY_WORD and key == PE else ()


def fold(plan: Plan, network: Network, choices: Choices) -> dict[str, Folded]:
    """Every unit with its folding, in order."""
    return folded_after(plan.units, readers_of(plan), network, choices, {})


def readers_of(plan: Plan) -> dict[str, Unit]:
    """A unit that reads each one."""
    return {name: unit for unit in plan.units for name in unit.inputs}


def folded_after(
    units: Sequence[Unit], readers: dict[str, Unit], network: Network, choices: Choices, known: Mapping[str, Folded]
) -> dict[str, Folded]:
    """Some units with their folding; what they read is among them, or `known`."""
    found: dict[str, Folded] = {}
    for unit in units:
        source = unit.inputs[0] if unit.inputs else ""
        before = found.get(source) or known.get(source)
        # What is fed from outside takes one value at a time unless chosen.
        lanes = before.lanes_out if before is not None and before.unit.kind is not Kind.INPUT else 1
        found[unit.name] = _folded(unit, network[unit.layer], choices, readers, lanes)
    return found


def follows(unit: Unit) -> bool:
    """Whether a unit takes as many values at once as arrive, unless chosen: what folds the one in front folds it."""
    return unit.kind not in (*MATRICES, Kind.WINDOW, *_WHOLE)


def _folded(unit: Unit, layer: Layer, choices: Choices, readers: dict[str, Unit], lanes: int) -> Folded:
    if unit.kind in MATRICES:
        folding = matrix_folding(unit, layer, choices)
        lanes_in = folding.pe * folding.simd if unit.kind is Kind.VVAU else folding.simd
        return Folded(unit, folding, matrix_build(unit, layer, choices), lanes_in, folding.pe)
    if unit.kind is Kind.WINDOW or (unit.kind is Kind.PADDING and unit.name != layer.name):
        reader = readers[unit.name]
        fed = readers[reader.name] if reader.kind is Kind.WINDOW else reader
        simd = window_simd(unit, layer, choices, fed)
        ram = Ram(choices.word(layer, WINDOW_RAM) or WORDS[WINDOW_RAM][0])
        return Folded(unit, Folding(simd=simd), Build(ram=ram), simd, simd)
    pe = own_pe(unit, layer, choices, lanes)
    lanes_out = {Kind.LABEL: 1, Kind.CONCAT: unit.shape[-1]}.get(unit.kind, pe)
    return Folded(unit, Folding(pe=pe), Build(), pe, lanes_out)


def matrix_folding(unit: Unit, layer: Layer, choices: Choices) -> Folding:
    """PE and SIMD of a matrix unit: 1 unless chosen. Depthwise, SIMD waits until every channel is computed at once."""
    halved = unit.name.endswith(DEPTHWISE)
    key = DEPTHWISE_PE if halved else PE
    pe = nearest(legal(unit, key), _asked(choices, layer, key))
    if halved or (unit.kind is Kind.VVAU and pe < unit.shape[-1]):
        return Folding(pe)
    return Folding(pe, nearest(legal(unit, SIMD), _asked(choices, layer, SIMD)))


def matrix_build(unit: Unit, layer: Layer, choices: Choices) -> Build:
    """Memory, multipliers and thresholds of a matrix unit."""
    words = {key: choices.word(layer, key) or WORDS[key][0] for key in (MEMORY, RAM, MULTIPLIERS)}
    multipliers, matrix = Multipliers(words[MULTIPLIERS]), unit.matrix
    small = matrix is not None and {matrix.weight_bits, matrix.input_bits} <= set(RTL_BITS)
    rtl = multipliers is Multipliers.DSP and small and not unit.threshold_bits
    return Build(Memory(words[MEMORY]), Ram(words[RAM]), multipliers, unit.threshold_bits, rtl)


def window_simd(unit: Unit, layer: Layer, choices: Choices, fed: Unit) -> int:
    """Channels at once of a window: as chosen, else as many as the matrix behind takes at most, if they divide.

    What a depthwise unit or a pool reads is just its channels.
    """
    if fed.kind is Kind.VVAU:
        return matrix_folding(fed, layer, choices).pe
    if fed.kind is Kind.POOL:
        return nearest(divisors(unit.channels), _asked(choices, layer, PE))
    asked = choices.number(layer, WINDOW_SIMD)
    if asked is not None:
        return nearest(divisors(unit.channels), asked)
    return gcd(matrix_folding(fed, layer, choices).simd, unit.channels)


def own_pe(unit: Unit, layer: Layer, choices: Choices, lanes: int) -> int:
    """Channels at once of a unit that takes words: as chosen, else as many as arrive, if they divide."""
    if unit.kind in _WHOLE:
        return unit.channels
    asked = choices.number(layer, PE) if legal(unit, PE) else None
    return nearest(divisors(unit.channels), asked) if asked is not None else gcd(lanes, unit.channels)


def _asked(choices: Choices, layer: Layer, key: str) -> int:
    return choices.number(layer, key) or 1
