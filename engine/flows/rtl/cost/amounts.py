"""What is certain of a module's cells: multipliers and blocks of memory follow from widths and depths.

Widths of a multiplier: AMD UG479 and UG579, Lattice FPGA-TN-02205 and FPGA-TN-02007, Gowin UG287.
"""

from dataclasses import dataclass
from math import ceil

from engine.flows.rtl.cost.reading import Memory, Reading
from engine.flows.rtl.synthesis.technology import Technology


@dataclass(frozen=True, slots=True)
class _Multiplier:
    """Widths of signed factors that one takes, and from how many bits of the result on Yosys uses it."""

    wide: int
    narrow: int
    least: int
    half: int = 0
    """Widths of factors up to which a product takes half of one."""


_MULTIPLIERS = {
    Technology.XC7: _Multiplier(25, 18, 9),
    Technology.XCUP: _Multiplier(27, 18, 9),
    Technology.ECP5: _Multiplier(18, 18, 4),
    Technology.GOWIN: _Multiplier(18, 18, 8, half=9),
    Technology.ICE40: _Multiplier(16, 16, 11),
}
_TABLE_WORDS = {Technology.XC7: 64, Technology.XCUP: 64}
"""Words that one look-up table holds, where it is not 16."""
_BLOCK_BITS = {Technology.ICE40: 4096}
"""Bits of a block of memory without parity, where it is not 16,384."""
_WIDEST = {Technology.ICE40: 16}
"""Bits of its widest words, where it is not 36."""


def dsp(reading: Reading, technology: Technology) -> int:
    """Multipliers: one for each product whose factors fit, several for wider ones, half a one for small ones."""
    unit, halves = _MULTIPLIERS[technology], 0
    for pair, number in reading.products.items():
        if in_multiplier(pair, technology):
            each = 2 * _pieces(max(pair), unit.wide) * _pieces(min(pair), unit.narrow)
            halves += number * (1 if max(pair) <= unit.half else each)
    return ceil(halves / 2)


def in_multiplier(widths: tuple[int, int], technology: Technology) -> bool:
    """Whether Yosys puts a product of two factors into multipliers."""
    return sum(widths) >= _MULTIPLIERS[technology].least


def _pieces(width: int, most: int) -> int:
    """Factors that a wide one is taken apart into; all but the first lose their sign bit."""
    return 1 if width <= most else 1 + ceil((width - most) / (most - 1))


def blocks(memory: Memory, technology: Technology) -> int:
    """Blocks that a memory takes where it lies in some: the fewest of all ways to put words and bits side by side."""
    bits, widest = _BLOCK_BITS.get(technology, 16_384), _WIDEST.get(technology, 36)
    widths = [width for width in (36, 18, 16, 9, 8, 4, 2, 1) if width <= widest]
    return min(ceil(memory.bits / width) * ceil(memory.words / (bits // (width - width // 9))) for width in widths)


def in_blocks(memory: Memory, technology: Technology) -> bool:
    """Whether Yosys puts a memory into blocks: those that ask for it, and large ones."""
    if not memory.fixed and technology is Technology.ICE40:
        # Its tables are no memory.
        return True
    return memory.block or (memory.words >= _LEAST_WORDS and memory.words * memory.bits >= _LEAST_BITS)


_LEAST_WORDS, _LEAST_BITS = 256, 4096


def tables(memory: Memory, technology: Technology) -> int:
    """Look-up tables that hold a memory which is not in blocks; bits of few constants are often alike, or all the same.

    Two words need none: each bit is constant, or the address.
    """
    patterns = 0 if memory.words <= 2 else 2 ** min(memory.words, 40) - 2
    bits = min(memory.bits, patterns) if memory.fixed else memory.bits
    return bits * ceil(memory.words / _TABLE_WORDS.get(technology, 16))
