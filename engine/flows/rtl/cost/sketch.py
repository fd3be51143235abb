"""Modules for an estimate: as they are built, but for constant matrices, whose shared adders take seconds to find."""

from dataclasses import dataclass, field, fields, replace

import numpy as np
from numpy.typing import NDArray

from engine.emulate.exact.numbers import Exact
from engine.emulate.exact.products import Sum
from engine.flows.rtl.block import Block
from engine.flows.rtl.blocks.accumulation import Accumulation, accumulation
from engine.flows.rtl.build import block
from engine.flows.rtl.cost.reading import ADDERS, REGISTERS, Reading, read
from engine.flows.rtl.site import Site

_SHARED = 0.52
"""Adders for each digit of the weights beyond the first of an output: measured on the jet tagger's four matrices, 0.50
to 0.61; their bits and registers for each bit of the inputs are too."""
_ADDER_BITS, _REGISTER_BITS = 1.38, 0.45
_LONGEST = 256
"""Terms of a sketch at most: longer sums have a register more, and take longer to find."""
_SMALL = 64
"""Weights up to which the adders are found at once."""


@dataclass(frozen=True, slots=True, eq=False)
class Sketch(Block):
    """A module whose Verilog is not its own: `reading` is about what that will hold, and its words come about then."""

    reading: Reading = field(default_factory=Reading)


def sketched(site: Site) -> Block:
    """The module, or a sketch of it. Raises NotGeneratedError."""
    operation = site.stage.operation
    if not isinstance(operation, Sum) or site.stage.reuse_factors != (1,) or operation.counts:
        return block(site)
    sums = accumulation(site.stage.name, operation, site.source)
    if sums.rounding is not None or sums.weights.size <= _SMALL:
        return block(site)
    return _sketch(site, operation, sums)


def _sketch(site: Site, operation: Sum, sums: Accumulation) -> Sketch:
    """The module of a matrix as large, with one output alone that adds as many terms as the longest one does: ports
    and cycles are those of the module, and what its other adders take is put to what the text holds."""
    codes = np.abs(sums.weights.astype(np.int64))
    digits = _ones(codes ^ (3 * codes))
    terms = min(max(int(digits.sum(axis=0).max()), 1), _LONGEST, len(codes))
    alone = np.zeros(operation.weights.codes.shape, np.int64)
    alone[:terms, 0] = 1
    weights = Exact(alone, operation.weights.fraction, operation.weights.bits)
    head = replace(site.stage, operation=replace(operation, weights=weights))
    made = block(replace(site, unit=replace(site.unit, stages=(head, *site.unit.stages[1:]))))
    others = max(_SHARED * (float(digits.sum()) - codes.shape[1]) - terms, 0.0)
    reading = Reading()
    reading.amounts[ADDERS] = round(others * _ADDER_BITS * sums.x.bits)
    reading.amounts[REGISTERS] = round(others * _REGISTER_BITS * sums.x.bits)
    own = {each.name: getattr(made, each.name) for each in fields(made)}
    return Sketch(**own, reading=read(made.verilog) + reading)


def _ones(codes: NDArray[np.int64]) -> NDArray[np.int64]:
    """Bits that are one in each: of x xor 3x, the signed digits of x that are not zero."""
    found = np.zeros_like(codes)
    while codes.any():
        found += codes & 1
        codes = codes >> 1
    return found
