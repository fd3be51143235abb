"""What single pieces of arithmetic and memory take: multipliers, read-only memories, FIFOs, casts."""

from functools import lru_cache
from math import ceil

from engine.estimate import Quantity, Terms
from engine.flows.hls4ml.cost.site import DSP, Site
from engine.precision import FixedType, Overflow, Rounding

LARGEST_LUT_PRODUCT = 80
"""Bits of one factor times bits of the other up to which the tool multiplies in look-up tables.

Seen on public reports: 16 × 2, 16 × 4, 8 × 8 and 10 × 8 bits take no DSP, 16 × 6 and up take one.
"""
_SMALLEST_DSP_FACTOR = 5


def takes_dsp(first: int, second: int, site: Site) -> bool:
    """Whether a product of two variables of these widths goes into DSP slices."""
    if site.multipliers:
        return site.multipliers == DSP
    return first * second > LARGEST_LUT_PRODUCT and min(first, second) >= _SMALLEST_DSP_FACTOR


def dsps(first: int, second: int, site: Site) -> int:
    """DSP slices of one product: its factors cut to the slice's 25 or 27 × 18 signed bits; 0 in look-up tables."""
    if not takes_dsp(first, second, site):
        return 0
    return _slices(first, second, 25 if site.series7 else 27)


@lru_cache(maxsize=4096)
def _slices(first: int, second: int, long: int) -> int:
    return min(_tiles(first, long) * _tiles(second, 18), _tiles(first, 18) * _tiles(second, long))


def _tiles(bits: int, port: int) -> int:
    return max(1, ceil((bits - 1) / (port - 1)))


def product_luts(first: int, second: int) -> float:
    """Look-up tables of one product that takes no DSP: 0.93 for each pair of bits (Vitis HLS, forced)."""
    return 0.93 * first * second


def comparison_luts(bits: int, site: Site) -> float:
    """Look-up tables that C synthesis books for comparing a value with a constant."""
    if site.vitis:
        return bits + 7
    return next((luts for most, luts in ((8, 11), (16, 13), (32, 20), (64, 29)) if bits <= most), bits / 2)


def rom_bram18(width: int, depth: int) -> int:
    """RAMB18 of a read-only memory of `depth` words: right in 96 % of 661 reports, within one in 99.7 %.

    Small ones, and a remainder of two bits, stay in look-up tables.
    """
    if width * depth <= 1024:
        return 0
    if depth <= 512:
        return _columns(width, 36)
    if depth <= 1024:
        return _columns(width, 18)
    if depth <= 2048:
        return ceil(width / 9) if width < 72 else _columns(width, 18) + rom_bram18(width, depth - 1024)
    return _deep(width, depth)


def _columns(width: int, wide: int) -> int:
    return width // wide + (width % wide > 2)


def fifo_bram18(width: int, depth: int) -> int:
    """RAMB18 of a FIFO (Vivado HLS): none up to 512 bits, then by the widths that a block has at each depth."""
    if width * depth <= 512:
        return 0
    if depth <= 1024:
        return ceil(width / 18)
    return ceil(width / 9) if depth <= 2048 else _deep(width, depth)


def stream_bram18(width: int, depth: int) -> int:
    """RAMB18 of a FIFO between layers: two words are kept in shift registers, however wide they are."""
    return fifo_bram18(width, depth) if depth > 2 else 0


def _deep(width: int, depth: int) -> int:
    """Blocks past 2,048 words: 4,096 × 4, 8,192 × 2, 16,384 × 1, and rows of those."""
    bits = 4 if depth <= 4096 else 2 if depth <= 8192 else 1
    return ceil(width / bits) * ceil(depth / 16384)


def cast_luts(source: FixedType, target: FixedType) -> float:
    """Look-up tables that rounding and saturating one value take: an adder and a comparison; dropping bits is free.

    Eight more where halves go to the even number: 9 layers of 2 owners.
    """
    rounds = target.rounding is not Rounding.TRN and source.fraction > target.fraction
    saturates = target.overflow is not Overflow.WRAP and (
        source.integer > target.integer or (source.signed and not target.signed)
    )
    even = 8 if target.rounding is Rounding.RND_CONV else 0
    return (target.width + 12 + even) * rounds + (source.width + 12) * saturates


def joined(*parts: Quantity, reason: str = "") -> Quantity:
    """Sum of quantities of one layer, whose errors go together."""
    value: float = 0
    low: float = 0
    high: float = 0
    terms: Terms = ()
    for part in parts:
        value, low, high = value + part.value, low + part.low, high + part.high
        terms += part.terms
        reason = reason or part.reason
    return Quantity(value, low, high, reason, terms)
