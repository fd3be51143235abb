"""Multilayer offload: one matrix unit of FINN's that takes the layers in turn, with everything around it shared too.

FINN-R (arXiv 1809.04570) has it beside dataflow. Its cost formulas are not at hand, so these are the studio's own, of
FINN's parts: time adds up over the layers, hardware is the largest that any layer asks for. Words that a layer does not
fill are padded. Features wait on chip, in two buffers of the largest layer.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product
from math import ceil

from engine.estimate import Cost, about, exactly
from engine.flows.finn.cost import matrix, thresholds, window
from engine.flows.finn.cost.matrix import WIDEST_WORD, Build, Folding, Matrix, Memory, Multipliers, Ram
from engine.flows.finn.cost.memory import block_rams, table_luts
from engine.flows.finn.cost.window import Window
from engine.flows.finn.doubt import FF_DOUBT, FF_REASON, LUT_DOUBT, ram_doubt
from engine.flows.finn.turns import compute_cycles, padded, turns_of, weight_words
from engine.flows.finn.unit import MATRICES, Kind, Unit
from engine.flows.shared_engine import SharedEngine

PORT_BITS = 64
"""Bits of weights that come from outside each cycle: one port to the memory, as a Zynq has (AMD UG585, AXI_HP)."""

_LARGEST = 256
"""PE and SIMD tried, in powers of two."""
_LUT = "FINN's formulas for the largest that any layer asks of the one unit."
_RAM = "Weights, thresholds, the largest sliding window, and two buffers of features."


def shared_engines(units: Sequence[Unit]) -> Iterator[SharedEngine]:
    """The network on one unit of every size, its products in tables or DSPs, its weights on chip or loaded."""
    shared = _Shared(tuple(units))
    if not shared.matrices:
        return
    for pe, simd in product(_powers(shared.largest.outputs), _powers(shared.largest.inputs)):
        if simd * max(shared.largest.input_bits, pe * shared.largest.weight_bits) > WIDEST_WORD:
            continue
        for multipliers, kept in product(Multipliers, (True, False)):
            yield _engine(shared, Folding(pe, simd), multipliers, kept)


@dataclass(frozen=True)
class _Shared:
    """The units of a network, and the largest of what they ask for."""

    units: tuple[Unit, ...]

    @cached_property
    def matrices(self) -> tuple[Matrix, ...]:
        """All that is multiplied, in order."""
        return tuple(unit.matrix for unit in self.units if unit.matrix is not None)

    @cached_property
    def windows(self) -> tuple[Window, ...]:
        """All sliding windows."""
        return tuple(unit.window for unit in self.units if unit.kind is Kind.WINDOW and unit.window is not None)

    @cached_property
    def largest(self) -> Matrix:
        """As many inputs and outputs as any layer has, and bits for all."""
        return Matrix(
            max(each.inputs for each in self.matrices),
            max(each.outputs for each in self.matrices),
            1,
            max(each.weight_bits for each in self.matrices),
            max(each.input_bits for each in self.matrices),
            any(each.input_signed for each in self.matrices),
            sum_bits=max(each.accumulator_bits for each in self.matrices),
        )

    @cached_property
    def waiting(self) -> tuple[Unit, ...]:
        """Units whose results wait for another turn, the last one's too."""
        turns, read = turns_of(self.units), {name for unit in self.units for name in unit.inputs}
        later = {name for unit in self.units for name in unit.inputs if turns[name] != turns[unit.name]}
        return tuple(unit for unit in self.units if unit.name in later or unit.name not in read)

    @cached_property
    def fused_bits(self) -> int:
        """Of the widest activation that is compared within a matrix unit."""
        return max((unit.threshold_bits for unit in self.units if unit.matrix is not None), default=0)

    @cached_property
    def searched_bits(self) -> int:
        """Of the widest one that is searched behind it."""
        return max((unit.threshold_bits for unit in self.units if unit.matrix is None), default=0)


def _engine(shared: _Shared, folding: Folding, multipliers: Multipliers, kept: bool) -> SharedEngine:
    words = [weight_words(each, folding) for each in shared.matrices]
    held = sum(words) if kept else max(words)
    loading = 0 if kept else sum(ceil(each.weights * each.weight_bits / PORT_BITS) for each in shared.matrices)
    cycles = exactly(compute_cycles(shared.units, folding) + loading, "One layer after the other.")
    luts, blocks = _luts(shared, folding, multipliers, kept), _blocks(shared, folding, held, kept)
    dsps = matrix.dsps(shared.largest, folding, _build(shared, multipliers))
    cost = Cost(
        about(luts, *LUT_DOUBT, _LUT),
        about(luts, *FF_DOUBT, FF_REASON),
        exactly(dsps),
        about(blocks, *ram_doubt(shared.units), _RAM),
        latency=cycles,
        interval=cycles,
    )
    where = "weights on chip" if kept else "weights loaded"
    made = "LUT" if multipliers is Multipliers.LUT else "DSP"
    return SharedEngine(f"PE {folding.pe} × SIMD {folding.simd} in {made}, {where}", cost, loading)


def _build(shared: _Shared, multipliers: Multipliers) -> Build:
    """As a unit of its own would be; its weights are counted apart."""
    small = {shared.largest.weight_bits, shared.largest.input_bits} <= set(matrix.RTL_BITS)
    rtl = multipliers is Multipliers.DSP and small and not shared.fused_bits
    return Build(Memory.EXTERNAL, multipliers=multipliers, threshold_bits=shared.fused_bits, rtl=rtl)


def _luts(shared: _Shared, folding: Folding, multipliers: Multipliers, kept: bool) -> int:
    largest, pe, sums = shared.largest, folding.pe, shared.largest.accumulator_bits
    channels = _threshold_channels(shared, folding, kept)
    # One row: the thresholds' memory is counted below, for all layers that share it.
    found = matrix.luts(replace(largest, outputs=pe), folding, _build(shared, multipliers)).total
    found += max((window.luts(padded(each, folding), folding.simd, Ram.AUTO) for each in shared.windows), default=0)
    if shared.fused_bits:
        found += table_luts(channels // pe, pe * sums * ((1 << shared.fused_bits) - 1))
    if shared.searched_bits:
        found += thresholds.luts(channels, pe, sums, shared.searched_bits)
    others = {unit.kind for unit in shared.units} - {*MATRICES, Kind.INPUT, Kind.WINDOW, Kind.THRESHOLDING}
    return found + len(others) * pe * largest.input_bits


def _blocks(shared: _Shared, folding: Folding, weights: int, kept: bool) -> int:
    largest = shared.largest
    found = block_rams(weights, folding.pe * folding.simd * largest.weight_bits)
    found += max((window.blocks(padded(each, folding), folding.simd, Ram.AUTO) for each in shared.windows), default=0)
    channels = _threshold_channels(shared, folding, kept)
    found += thresholds.blocks(channels, folding.pe, largest.accumulator_bits, shared.searched_bits)
    return found + 2 * max(_feature_blocks(unit, folding) for unit in shared.waiting)


def _feature_blocks(unit: Unit, folding: Folding) -> int:
    """RAMB18 of all that a unit gives, in words as wide as the engine takes."""
    return block_rams(unit.pixels * ceil(unit.shape[-1] / folding.simd), folding.simd * unit.values.bits)


def _threshold_channels(shared: _Shared, folding: Folding, kept: bool) -> int:
    """Channels whose thresholds wait: of all layers, or of the largest."""
    rows = [ceil(unit.shape[-1] / folding.pe) * folding.pe for unit in shared.units if unit.threshold_bits]
    return (sum(rows) if kept else max(rows)) if rows else 0


def _powers(most: int) -> list[int]:
    """Powers of two up to the first that is enough."""
    found = [1]
    while found[-1] < min(most, _LARGEST):
        found.append(found[-1] * 2)
    return found
