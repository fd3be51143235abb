"""Modules for an estimate: as they are built, but for what is in the ROMs of weights, and for constant matrices, whose
shared adders take seconds to find."""

from dataclasses import dataclass, field, fields, replace

from engine.emulate.exact.products import Sum
from engine.flows.rtl.adders.outline import digits
from engine.flows.rtl.block import Block
from engine.flows.rtl.blocks.accumulation import Accumulation, accumulation
from engine.flows.rtl.build import block
from engine.flows.rtl.cost.reading import ADDERS, REGISTERS, Reading, read
from engine.flows.rtl.site import Site

_SHARED = 0.52
"""Adders for each digit of the weights beyond the first of an output: measured on the jet tagger's four matrices, 0.50
to 0.61; their bits and registers for each bit of the inputs are too."""
_ADDER_BITS, _REGISTER_BITS = 1.38, 0.45
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
    """With what its adders will take: its own text has but one a level."""
    count = max(_SHARED * float(digits(sums.weights).sum() - sums.weights.shape[1]), 0.0)
    reading = Reading()
    reading.amounts[ADDERS] = round(count * _ADDER_BITS * sums.x.bits)
    reading.amounts[REGISTERS] = round(count * _REGISTER_BITS * sums.x.bits)
    own = {each.name: getattr(made, each.name) for each in fields(made)}
    return Sketch(**own, reading=read(made.verilog) + reading)
