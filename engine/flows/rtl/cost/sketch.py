"""Modules for an estimate: as they are built, but for constant matrices, whose shared adders take seconds to find."""

from dataclasses import dataclass, field
from math import ceil, log2

import numpy as np
from numpy.typing import NDArray

from engine.emulate.exact.products import Sum
from engine.flows.rtl.block import Block, Times
from engine.flows.rtl.blocks.accumulation import Accumulation, accumulation
from engine.flows.rtl.build import block
from engine.flows.rtl.cost.reading import ADDERS, REGISTERS, SELECTORS, Reading
from engine.flows.rtl.site import Site
from engine.flows.rtl.word import Stream

_LEVELS = 3
"""Adders one behind the other between two registers, as `blocks.unrolled` has it."""
_SHARED = 0.52
"""Adders for each digit of the weights beyond the first of an output: measured on the jet tagger's four matrices, 0.50
to 0.61; their bits and registers for each bit of the inputs are too."""
_ADDER_BITS, _REGISTER_BITS = 1.38, 0.45
_SMALL = 64
"""Weights up to which the adders are found at once."""


@dataclass(frozen=True, slots=True, eq=False)
class Sketch(Block):
    """A module without its Verilog: `reading` is about what that will hold, and its words come about when they will."""

    reading: Reading = field(default_factory=Reading)


def sketched(site: Site) -> Block:
    """The module, or a sketch of it. Raises NotGeneratedError."""
    operation, shape = site.stage.operation, site.stage.input_shapes[0]
    if not isinstance(operation, Sum) or site.stage.reuse_factors != (1,) or len(shape) > 1:
        return block(site)
    sums = accumulation(site.stage.name, operation, site.source)
    if sums.rounding is not None or sums.weights.size <= _SMALL:
        return block(site)
    return _sketch(site, sums)


def _sketch(site: Site, sums: Accumulation) -> Sketch:
    n_in, n_out = sums.weights.shape
    codes = np.abs(sums.weights.astype(np.int64))
    digits = _ones(codes ^ (3 * codes))
    adders = _SHARED * max(float(digits.sum()) - n_out, 0.0)
    depth = ceil(log2(max(int(digits.sum(axis=0).max()), 2))) // _LEVELS
    results = n_out * site.result.width
    reading = Reading()
    reading.amounts[ADDERS] = round(adders * _ADDER_BITS * sums.x.bits)
    reading.amounts[REGISTERS] = round(adders * _REGISTER_BITS * sums.x.bits) + results
    reading.amounts[SELECTORS] = 2 * results

    def times(arrivals: list[Times]) -> Times:
        return arrivals[0] + depth + 1

    unit = site.unit
    streams = (Stream(1, n_in, site.source),), Stream(1, n_out, site.result)
    return Sketch(unit.name, site.module, unit.layers, unit.sources, *streams, "", (), times, 1, reading=reading)


def _ones(codes: NDArray[np.int64]) -> NDArray[np.int64]:
    """Bits that are one in each: of x xor 3x, the signed digits of x that are not zero."""
    found = np.zeros_like(codes)
    while codes.any():
        found += codes & 1
        codes = codes >> 1
    return found
