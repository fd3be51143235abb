"""Read-only memories."""

from collections.abc import Sequence

from engine.flows.rtl.verilog.number import pattern

_BLOCK_BITS, _BLOCK_DEPTH = 2048, 64
"""From how many bits, and words, on a ROM is worth a block RAM; smaller ones are made of LUTs."""


def rom(name: str, words: Sequence[int], bits: int, count: int = 0) -> str:
    """A memory with its contents; of `count` words, where not all of them are given."""
    depth = max(len(words), count)
    large = depth * bits > _BLOCK_BITS and depth >= _BLOCK_DEPTH
    contents = "\n".join(f"  {name}[{place}] = {pattern(word, bits)};" for place, word in enumerate(words))
    style = '(* rom_style = "block" *) ' if large else ""
    return f"{style}reg [{bits - 1}:0] {name} [0:{depth - 1}];\ninitial begin\n{contents}\nend"


def packed(values: Sequence[int], bits: int) -> int:
    """Whole numbers side by side, each in `bits` bits of two's complement, the first in the lowest."""
    mask = (1 << bits) - 1
    return sum((value & mask) << (place * bits) for place, value in enumerate(values))
