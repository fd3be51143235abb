"""What memories take: blocks, ultra blocks, and look-up tables used as memory.

Source: FINN, `matrixvectoractivation.py` and `streamingfifo_rtl.py`, which share one table of RAMB18 shapes
(AMD UG573, table 1-10, simple dual port).
"""

from math import ceil

BLOCK_BITS = 36 * 512
"""Bits of a RAMB18 with its parity."""
_TABLE_WORDS = 64
_ULTRA_WORDS, _ULTRA_BITS = 4096, 72
_SHAPES = ((1, 16_384, 1), (2, 8_192, 2), (4, 4_096, 4), (9, 2_048, 9), (18, 1_024, 18))
"""Words up to so wide, how many of them one block holds, and how wide it then is."""


def block_rams(words: int, bits: int) -> int:
    """RAMB18 that so many words of so many bits take."""
    for widest, depth, width in _SHAPES:
        if bits <= widest or (widest == 18 and words > 512):
            return ceil(words / depth) * ceil(bits / width)
    return ceil(words / 512) * ceil(bits / 36)


def ultra_rams(words: int, bits: int) -> int:
    """UltraRAMs that they take."""
    return ceil(bits / _ULTRA_BITS) * ceil(words / _ULTRA_WORDS)


def table_luts(words: int, bits: int) -> int:
    """Look-up tables that they take, 64 words of one bit each."""
    return bits * ceil(words / _TABLE_WORDS)
