"""Memories that are written and read."""

from math import ceil

_BLOCK_BITS, _BLOCK_DEPTH = 4096, 64
"""From how many bits, and words, on a memory is worth a block RAM; smaller ones are made of LUTs."""


def memory(name: str, depth: int, bits: int) -> str:
    """A memory with one port to write and one to read; the read word belongs in a register."""
    style = "block" if _is_large(depth, bits) else "distributed"
    return f'(* ram_style = "{style}" *) reg [{bits - 1}:0] {name} [0:{depth - 1}];'


def cost(depth: int, bits: int) -> tuple[bool, int]:
    """What a memory takes: whether it is of block RAM, and how many blocks of 18 Kbit, or pieces of 64 LUTs' bits."""
    if not _is_large(depth, bits):
        return False, ceil(depth / 64) * bits
    return True, min(ceil(bits / (36 >> narrower)) * ceil(depth / (512 << narrower)) for narrower in range(5))


def _is_large(depth: int, bits: int) -> bool:
    return depth * bits > _BLOCK_BITS and depth >= _BLOCK_DEPTH
