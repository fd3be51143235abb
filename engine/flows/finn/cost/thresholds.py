"""Thresholding as a unit of its own: a value becomes how many thresholds of its channel it has reached.

Source: FINN, `rtl/thresholding_rtl.py`: a binary search whose stage n compares with one of 2ⁿ thresholds a channel.
FINN counts the memories only; the comparison of each stage, a look-up table for each two bits, is the studio's.
"""

from math import ceil

from engine.flows.finn.cost.memory import block_rams, table_luts

_BLOCK_WORDS = 1_024
"""Words of a stage from which its memory goes into blocks."""


def cycles(channels: int, pixels: int, pe: int) -> int:
    """Clock cycles of one inference."""
    return channels // pe * pixels


def luts(channels: int, pe: int, bits_in: int, bits_out: int) -> int:
    """Look-up tables of comparisons, and of the memories that are not in blocks."""
    compared = pe * bits_out * ceil(bits_in / 2)
    held = sum(table_luts(words, bits_in) for words in _stages(channels, pe, bits_out) if words < _BLOCK_WORDS)
    return compared + pe * held


def blocks(channels: int, pe: int, bits_in: int, bits_out: int) -> int:
    """RAMB18 of the stages with most thresholds."""
    deep = (words for words in _stages(channels, pe, bits_out) if words >= _BLOCK_WORDS)
    return pe * sum(block_rams(words, bits_in) for words in deep)


def _stages(channels: int, pe: int, bits_out: int) -> list[int]:
    """Words of the memory of each stage."""
    return [channels // pe << stage for stage in range(bits_out)]
