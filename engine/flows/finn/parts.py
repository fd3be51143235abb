"""What one folded unit takes: pieces with their reasons, from the cost functions."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from math import prod

from engine.estimate import Terms
from engine.flows.finn.cost import matrix, simple, thresholds, window
from engine.flows.finn.cost.matrix import Multipliers
from engine.flows.finn.folded import Folded
from engine.flows.finn.unit import Kind


@dataclass(frozen=True, slots=True)
class Part:
    """Pieces and cycles of a unit; `lut_terms` are what its look-up tables add up to.

    Flip-flops are as many as look-up tables, but for `unregistered` ones. FINN says nothing of `guessed` ones.
    """

    cycles: int = 0
    lut: int = 0
    dsp: int = 0
    bram18: int = 0
    uram: int = 0
    lut_terms: Terms = ()
    unregistered: int = 0
    guessed: int = 0

    @property
    def ff(self) -> int:
        """Flip-flops."""
        return self.lut - self.unregistered


@lru_cache(maxsize=50_000)
def part(folded: Folded) -> Part:
    """What a unit takes. Equal units are worked out once."""
    return _PARTS[folded.unit.kind](folded)


def _matrix(folded: Folded) -> Part:
    shape, folding, build = folded.unit.matrix, folded.folding, folded.build
    assert shape is not None
    found = matrix.luts(shape, folding, build)
    terms = (
        ("control", found.control),
        ("products", found.products),
        ("adders", found.adders),
        ("thresholds", found.thresholds),
        ("weights in look-up tables", found.weights),
    )
    return Part(
        matrix.cycles(shape, folding),
        found.total,
        matrix.dsps(shape, folding, build),
        matrix.weight_blocks(shape, folding, build) + matrix.threshold_blocks(shape, folding, build),
        matrix.weight_ultra(shape, folding, build),
        terms,
        matrix.unregistered(shape, folding, build),
        found.total - int(found.weights) if build.rtl else 0,
    )


def _window(folded: Folded) -> Part:
    shape, simd, ram = folded.unit.window, folded.folding.simd, folded.build.ram
    assert shape is not None
    luts = window.luts(shape, simd, ram)
    return Part(
        window.cycles(shape, simd),
        luts,
        0,
        window.blocks(shape, simd, ram),
        window.ultra(shape, simd, ram),
        (("sliding window", luts),),
    )


def _thresholds(folded: Folded) -> Part:
    unit, pe = folded.unit, folded.folding.pe
    luts = thresholds.luts(unit.channels, pe, unit.taken.bits, unit.threshold_bits)
    blocks = thresholds.blocks(unit.channels, pe, unit.taken.bits, unit.threshold_bits)
    return Part(
        thresholds.cycles(unit.channels, unit.pixels, pe), luts, bram18=blocks, lut_terms=(("thresholds", luts),)
    )


def _wordwise(folded: Folded) -> Part:
    """Units that add or compare one word with another: a look-up table for each bit at once."""
    unit, pe = folded.unit, folded.folding.pe
    luts = pe * unit.values.bits * max(len(unit.inputs) - 1, 1)
    return Part(simple.word_cycles(unit.shape[-1], unit.pixels, pe), luts, lut_terms=(("adders", luts),))


def _moves(folded: Folded) -> Part:
    return Part(simple.word_cycles(folded.unit.channels, folded.unit.pixels, folded.folding.pe))


def _concatenates(folded: Folded) -> Part:
    return Part(folded.unit.pixels)


def _pads(folded: Folded) -> Part:
    """Padding is folded by SIMD where a convolution needs it, by words where it is a layer."""
    unit = folded.unit
    return Part(simple.padding_cycles(unit.shape[-1], unit.pixels, folded.lanes_out))


def _max_pool(folded: Folded) -> Part:
    unit, shape = folded.unit, folded.unit.window
    assert shape is not None
    luts = simple.max_pool_luts(unit.channels, unit.values.bits)
    cycles = simple.max_pool_cycles(shape.pixels_in, shape.kernel[0])
    return Part(cycles, luts, lut_terms=(("comparisons", luts),))


def _pool(folded: Folded) -> Part:
    unit, shape, pe = folded.unit, folded.unit.window, folded.folding.pe
    assert shape is not None
    luts = pe * unit.values.bits
    cycles = simple.pool_cycles(unit.channels, unit.pixels, prod(shape.kernel), pe)
    return Part(cycles, luts, lut_terms=(("comparisons or sums", luts),))


def _global_pool(folded: Folded) -> Part:
    unit, pe = folded.unit, folded.folding.pe
    luts = pe * unit.values.bits
    return Part(simple.global_pool_cycles(unit.channels, unit.pixels_in, pe), luts, lut_terms=(("sums", luts),))


def _label(folded: Folded) -> Part:
    unit, pe = folded.unit, folded.folding.pe
    luts = pe * unit.taken.bits
    return Part(simple.label_cycles(unit.channels, pe), luts, lut_terms=(("comparisons", luts),))


_PARTS: dict[Kind, Callable[[Folded], Part]] = {
    Kind.INPUT: lambda folded: Part(),
    Kind.MVAU: _matrix,
    Kind.VVAU: _matrix,
    Kind.WINDOW: _window,
    Kind.PADDING: _pads,
    Kind.THRESHOLDING: _thresholds,
    Kind.CHANNELWISE: _wordwise,
    Kind.MAX_POOL: _max_pool,
    Kind.POOL: _pool,
    Kind.GLOBAL_POOL: _global_pool,
    Kind.ADD: _wordwise,
    Kind.DUPLICATE: _moves,
    Kind.CONCAT: _concatenates,
    Kind.UPSAMPLE: _moves,
    Kind.LABEL: _label,
}


def reason(folded: Folded) -> str:
    """How a unit's cycles come about, in one sentence."""
    shape, folding = folded.unit.matrix, folded.folding
    if shape is None:
        return "Words that pass it, one a cycle."
    pixels = f" · {shape.pixels:,} pixels" if shape.pixels > 1 else ""
    return f"({shape.inputs:,} / SIMD {folding.simd:,}) · ({shape.outputs:,} / PE {folding.pe:,}){pixels}."


def dsp_reason(folded: Folded) -> str:
    """How its DSPs come about."""
    if folded.build.multipliers is not Multipliers.DSP:
        return "Products are made of look-up tables; the setting Multipliers puts them into DSPs."
    if folded.build.rtl:
        return f"FINN's Verilog: {folded.folding.pe:,} PE, four to a DSP, × SIMD {folded.folding.simd:,}."
    return f"PE {folded.folding.pe:,} × SIMD {folded.folding.simd:,}, one DSP each."
