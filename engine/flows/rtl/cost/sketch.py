"""Modules for an estimate: as they are built, but for what is in the ROMs of weights, and for constant matrices, whose
shared adders take seconds to find."""

from dataclasses import dataclass, field, fields, replace
from math import log2

import numpy as np

from engine.emulate.exact.products import Sum
from engine.flows.rtl.adders.outline import digits
from engine.flows.rtl.block import Block
from engine.flows.rtl.blocks.accumulation import Accumulation, accumulation
from engine.flows.rtl.blocks.unrolled import LEVELS
from engine.flows.rtl.build import block
from engine.flows.rtl.cost.reading import CONSTANT_ADDERS, REGISTERS, Reading, read
from engine.flows.rtl.site import Site

_SMALL = 64
"""Weights up to which the adders are found at once."""


@dataclass(frozen=True, slots=True, eq=False)
class Sketch(Block):
    """A module whose Verilog is not its own: `reading` is about what that will hold, and its words come about then."""

    reading: Reading = field(default_factory=Reading)


def sketched(site: Site) -> Block:
    """The module as far as it matters, or a sketch of it. Raises NotGeneratedError."""
    matrix = _constant_matrix(site)
    if matrix is not None and matrix.weights.size <= _SMALL:
        return block(site)
    made = block(replace(site, outlined=True))
    return made if matrix is None else _sketch(made, matrix)


def _constant_matrix(site: Site) -> Accumulation | None:
    """What a module adds up with shared adders, if it does."""
    operation = site.stage.operation
    if not isinstance(operation, Sum) or site.stage.reuse_factors != (1,) or operation.counts:
        return None
    sums = accumulation(site.stage.name, operation, site.source)
    return sums if sums.rounding is None else None


def _sketch(made: Block, sums: Accumulation) -> Sketch:
    """With what its adders will take: its own text has but one a level.

    Measured on 160 drawn matrices of up to 700 weights, and the number of adders on larger ones too: bits of adders are
    off by 5 % in the median, registers by as much.
    """
    each = digits(sums.weights)
    spare = max(int(each.sum() - np.count_nonzero(each.sum(axis=0))), 0)
    levels = max(int(each.sum(axis=0).max()) - 1, 0).bit_length()
    count = spare * max(1.1 - 0.055 * log2(max(spare, 1)), 0.5)
    bits = count * (sums.x.bits + 0.11 * sums.weight.bits + 0.38 * levels)
    stages = max(levels - 1, 0) // LEVELS
    results = np.count_nonzero(each.sum(axis=0)) * sums.total.bits
    reading = Reading()
    reading.amounts[CONSTANT_ADDERS] = round(bits)
    reading.amounts[REGISTERS] = round(0.26 * bits + 0.31 * results * stages) if stages else 0
    own = {each.name: getattr(made, each.name) for each in fields(made)}
    return Sketch(**own, reading=read(made.verilog) + reading)
