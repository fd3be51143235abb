"""Memories that are written and read."""

_BLOCK_BITS, _BLOCK_DEPTH = 4096, 64
"""From how many bits, and words, on a memory is worth a block RAM; smaller ones are made of LUTs."""


def memory(name: str, depth: int, bits: int) -> str:
    """A memory with one port to write and one to read; the read word belongs in a register."""
    large = depth * bits > _BLOCK_BITS and depth >= _BLOCK_DEPTH
    style = "block" if large else "distributed"
    return f'(* ram_style = "{style}" *) reg [{bits - 1}:0] {name} [0:{depth - 1}];'
