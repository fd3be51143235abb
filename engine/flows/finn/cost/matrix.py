"""The unit that multiplies: FINN's matrix-vector unit (MVAU) and its depthwise sister (VVAU).

Source: FINN, `matrixvectoractivation.py`, `hls/matrixvectoractivation_hls.py`, `rtl/matrixvectoractivation_rtl.py` and
`vectorvectoractivation.py`; the constants are measurements of FINN-R.
"""

from dataclasses import dataclass
from enum import StrEnum
from math import ceil, log2

from engine.flows.finn.cost.memory import BLOCK_BITS, block_rams, table_luts, ultra_rams

_CONTROL, _PLACED = 300, 1.1
_VERILOG_CONTROL = 75
"""Of the one published build with FINN's Verilog that is known here: 94 look-up tables at PE 1 and SIMD 1."""
_EMBEDDED_IN_LUTS = 128
"""Words of weights up to which HLS keeps an embedded memory in look-up tables."""
_DSP_BITS = 48
_FEW_WORDS, _TABLE_BITS = 4, 1_024
"""Words up to which HLS needs no memory for constants, and bits from which it takes a block."""
WIDEST_WORD = 8191
"""Bits of a word that HLS takes: FINN refuses wider ones."""
RTL_BITS = range(2, 9)
"""Widths that FINN's Verilog multiplies."""


class Memory(StrEnum):
    """Where weights come from; the values are FINN's words without `internal_`."""

    DECOUPLED = "decoupled"
    """A memory of its own, streamed into the unit."""
    EMBEDDED = "embedded"
    """Constants in the unit's own code."""
    EXTERNAL = "external"
    """Streamed in from outside the design."""


class Ram(StrEnum):
    """What a memory is made of; `auto` leaves it to the tool, and counts as blocks."""

    AUTO = "auto"
    BLOCK = "block"
    DISTRIBUTED = "distributed"
    ULTRA = "ultra"


class Multipliers(StrEnum):
    """What products are made of."""

    LUT = "lut"
    DSP = "dsp"


@dataclass(frozen=True, slots=True)
class Matrix:
    """Products of one pixel: `inputs` (FINN's MW) by `outputs` (MH), for each of `pixels` pixels.

    Depthwise, every output channel has `inputs` products of its own window and reads no other channel.
    """

    inputs: int
    outputs: int
    pixels: int
    weight_bits: int
    input_bits: int
    input_signed: bool
    depthwise: bool = False
    sum_bits: int = 0
    """Bits of the sums that the real weights make; 0: not known."""

    @property
    def weights(self) -> int:
        """How many there are."""
        return self.inputs * self.outputs

    @property
    def accumulator_bits(self) -> int:
        """Bits that hold every sum: those of the real weights, else by the data types alone.

        Source: the bound of arXiv 2301.13376 as FINN applies it; ⌈α + log2(1 + 2^−α) + 1⌉.
        """
        alpha = log2(self.inputs) + self.weight_bits + self.input_bits - 1 - self.input_signed
        bound = ceil(alpha + log2(1 + 2**-alpha) + 1)
        return min(bound, self.sum_bits) if self.sum_bits else bound


@dataclass(frozen=True, slots=True)
class Folding:
    """`pe` outputs at once, each with `simd` inputs at once; they divide the matrix's extents."""

    pe: int = 1
    simd: int = 1


@dataclass(frozen=True, slots=True)
class Build:
    """How a unit is made."""

    memory: Memory = Memory.DECOUPLED
    ram: Ram = Ram.AUTO
    multipliers: Multipliers = Multipliers.LUT
    threshold_bits: int = 0
    """Bits of the activation whose thresholds are compared within the unit; 0: none are."""
    rtl: bool = False
    """FINN's own Verilog, whose packed DSPs hold four products of small words, instead of HLS."""


def cycles(matrix: Matrix, folding: Folding) -> int:
    """Clock cycles of one inference: (MW / SIMD) · (MH / PE) for each pixel."""
    return (matrix.inputs // folding.simd) * (matrix.outputs // folding.pe) * matrix.pixels


def weight_words(matrix: Matrix, folding: Folding) -> int:
    """Words of the weights' memory: ω = MW · MH / (PE · SIMD)."""
    return matrix.weights // (folding.pe * folding.simd)


def word_bits(matrix: Matrix, folding: Folding) -> int:
    """Bits of one of them: PE · SIMD · W."""
    return folding.pe * folding.simd * matrix.weight_bits


def weight_blocks(matrix: Matrix, folding: Folding, build: Build) -> int:
    """RAMB18 of the weights."""
    words = weight_words(matrix, folding)
    in_blocks = {
        Memory.DECOUPLED: build.ram in (Ram.AUTO, Ram.BLOCK),
        Memory.EMBEDDED: words > _EMBEDDED_IN_LUTS,
        Memory.EXTERNAL: False,
    }[build.memory]
    return block_rams(words, word_bits(matrix, folding)) if in_blocks else 0


def weight_ultra(matrix: Matrix, folding: Folding, build: Build) -> int:
    """UltraRAMs of the weights."""
    if build.memory is not Memory.DECOUPLED or build.ram is not Ram.ULTRA:
        return 0
    return ultra_rams(weight_words(matrix, folding), word_bits(matrix, folding))


def block_efficiency(matrix: Matrix, folding: Folding, build: Build) -> float:
    """Share of the weights' blocks that holds weights; 1 where there are none."""
    blocks = weight_blocks(matrix, folding, build)
    return matrix.weights * matrix.weight_bits / (blocks * BLOCK_BITS) if blocks else 1.0


def memory_luts(matrix: Matrix, folding: Folding, build: Build) -> int:
    """Look-up tables that hold weights."""
    words = weight_words(matrix, folding)
    held = {
        Memory.DECOUPLED: build.ram is Ram.DISTRIBUTED,
        Memory.EMBEDDED: words <= _EMBEDDED_IN_LUTS,
        Memory.EXTERNAL: False,
    }[build.memory]
    return table_luts(words, word_bits(matrix, folding)) if held else 0


@dataclass(frozen=True, slots=True)
class Luts:
    """Look-up tables of a unit, by what they do; `total` rounds down as FINN does."""

    control: float
    products: float
    adders: float
    thresholds: float
    weights: float

    @property
    def total(self) -> int:
        """All together."""
        return int(self.control + self.products + self.adders + self.thresholds + self.weights)


def luts(matrix: Matrix, folding: Folding, build: Build) -> Luts:
    """⌊300 + 1.1 · PE · (products + adders + sum + thresholds) + memory⌋ of FINN-R, taken apart.

    FINN's estimate of its Verilog is none at all. It adds too, as HLS does; its control is small.
    """
    pe, simd = folding.pe, folding.simd
    both = matrix.weight_bits + matrix.input_bits
    held = memory_luts(matrix, folding, build)
    products = simd * (2 * ceil(both / 6) - 1) * both if build.multipliers is Multipliers.LUT else 0
    adders = both * (2 * simd - 1) + matrix.accumulator_bits
    compared = fused_thresholds(matrix.accumulator_bits, build.threshold_bits, matrix.outputs // pe)
    control = _VERILOG_CONTROL if build.rtl else _CONTROL
    return Luts(control, _PLACED * pe * products, _PLACED * pe * adders, pe * compared, held)


def fused_thresholds(sum_bits: int, bits: int, words: int) -> int:
    """Look-up tables of one PE that compares a sum with all 2^bits − 1 thresholds at once, each one of `words` values.

    A comparison takes a table for each two bits; so does a memory of each 32 words, but for a few words, which HLS
    makes part of the comparison. FINN counts none of it where it is left to the tool; these are the reports of
    `tests/benchmarks/finn`.
    """
    in_tables = words > _FEW_WORDS and not _in_blocks(sum_bits, words)
    return ((1 << bits) - 1) * ceil(sum_bits / 2) * (1 + (ceil(words / 32) if in_tables else 0))


def unregistered(matrix: Matrix, folding: Folding, build: Build) -> int:
    """Look-up tables of comparisons that HLS makes without a flip-flop: those of a few words."""
    few = matrix.outputs // folding.pe <= _FEW_WORDS
    return int(luts(matrix, folding, build).thresholds) if few else 0


def threshold_blocks(matrix: Matrix, folding: Folding, build: Build) -> int:
    """RAMB18 of thresholds compared within the unit: each threshold of each PE has a memory of its own."""
    words = matrix.outputs // folding.pe
    if not build.threshold_bits or not _in_blocks(matrix.accumulator_bits, words):
        return 0
    return folding.pe * ((1 << build.threshold_bits) - 1) * block_rams(words, matrix.accumulator_bits)


def _in_blocks(bits: int, words: int) -> bool:
    """Whether HLS puts a table of constants into a block."""
    return words * bits > _TABLE_BITS


def dsps(matrix: Matrix, folding: Folding, build: Build) -> int:
    """DSPs of the products: HLS takes one each, up to 48 bits; the Verilog packs four PEs into one.

    FINN's own figure for a depthwise unit leaves SIMD out, which dates from before it had any.
    """
    if build.multipliers is not Multipliers.DSP:
        return 0
    if build.rtl:
        return ceil(folding.pe / 4) * folding.simd
    return folding.pe * folding.simd * ceil((matrix.weight_bits + matrix.input_bits) / _DSP_BITS)
