"""What lies between units: FIFOs and width converters.

Source: FINN, `streamingfifo_rtl.py` and `streamingdatawidthconverter.py`.
"""

from math import ceil, lcm, log2

from engine.flows.finn.cost.memory import block_rams

SHIFTED = 256
"""Words up to which a FIFO is made of shift registers; deeper ones are AMD's, in blocks, a power of two deep."""


def fifo_luts(depth: int, bits: int) -> int:
    """Look-up tables of a FIFO: two counters, and the words where they are not in blocks."""
    addresses = 2 * ceil(log2(depth)) if depth > 1 else 0
    return addresses + (ceil(depth / 32) * ceil(bits / 2) if depth <= SHIFTED else 0)


def fifo_blocks(depth: int, bits: int) -> int:
    """RAMB18 of a FIFO."""
    return block_rams(2 ** ceil(log2(depth)), bits) if depth > SHIFTED else 0


def converter_luts(bits_in: int, bits_out: int) -> int:
    """Look-up tables of a converter between words of these widths; 0 where they are equal.

    It goes up to their least common multiple, then down; registers of its control sets count as look-up tables.
    """
    wide = lcm(bits_in, bits_out)
    found = 0
    if bits_in != wide:
        found += ceil(log2(wide / bits_in)) + wide
    if wide != bits_out:
        found += ceil(log2(wide / bits_out)) + bits_out
    return found
