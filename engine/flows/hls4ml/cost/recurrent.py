"""Recurrent layers: one cell, used for every step. One owner's reports; LUT was within 0.3 to 1.5 times only."""

from math import ceil, prod

from engine.estimate import ZERO, Cost, Quantity, exactly
from engine.flows.hls4ml.choices import TABLE_SIZE
from engine.flows.hls4ml.cost.arithmetic import dsps, joined, rom_bram18
from engine.flows.hls4ml.cost.kernel import kernel
from engine.flows.hls4ml.cost.piece import Job, Piece
from engine.flows.hls4ml.cost.products import Kernel, bits_of
from engine.network.kinds import GRU, LSTM, SimpleRNN

_AROUND = (14.0, 9.0)
"""Cycles a step besides its products, on 7 series and on UltraScale+ devices."""


def recurrent(job: Job) -> Piece:
    """The product with the input, that with the state, gates from tables, and three products for each unit."""
    op, types = job.unit.node.layer.op, job.unit.types
    assert isinstance(op, GRU | LSTM | SimpleRNN)
    gated = op.GATES > 1
    accum = types["accum"].width
    kernels = [
        kernel(folded, bits_of(data, types[role], types["accum"]), job.digits(place), job.site)
        for place, (folded, role, data) in enumerate(
            zip(job.unit.folded, ("weight", "recurrent_weight"), (job.source, job.result), strict=True)
        )
    ]
    tables, steps = op.GATES * op.units, job.unit.node.input_shapes[0]
    size = job.unit.choice.number(TABLE_SIZE, 1024)
    blocks = ceil(tables / 2) * rom_bram18(types["table"].width, size)
    products = 3 * op.units * dsps(accum, accum, job.site) if gated else 0
    why = f"Products with input and state, {tables:,} table look-ups; look-up tables hardly modelled."
    terms = {"gates": 150.0 * tables + 4 * op.units * accum}
    # Each step picks its values out of the whole sequence: about 6.5 a bit in five reports.
    terms["selectors of steps"] = 0.0 if job.site.stream else 6.5 * job.source.width * prod(steps)
    gates = job.site.lut(terms, 0.7, 0.5, why)
    states = job.site.ff({"gates": 2.0 * tables * accum}, 0.5, 0.8, why)
    lut = joined(*(each.lut for each in kernels), gates, reason=why)
    busy = _steps(job, kernels)
    cost = Cost(
        Quantity(lut.value, 0.3 * lut.value, max(lut.high, 1.6 * lut.value), why, lut.terms),
        joined(*(each.ff for each in kernels), states, reason=why),
        joined(*(each.dsp for each in kernels), exactly(products), reason=why),
        joined(*(each.bram18 for each in kernels), Quantity(blocks, blocks * 0.5, 2 * blocks)),
        ZERO,
        busy,
        busy,
    )
    return Piece(cost, busy.value)


def _steps(job: Job, kernels: list[Kernel]) -> Quantity:
    """Each step waits for its products, RF + 2 cycles or those of an adder tree, then for the gates: exact on four
    designs for UltraScale+, within a cycle a step on two for 7 series."""
    steps = job.unit.node.input_shapes[0][0]
    products = max(
        each.depth.value + (0 if folded.reuse_factor > 1 else 1 + (each.depth.value < 1))
        for each, folded in zip(kernels, job.unit.folded, strict=True)
    )
    around = _AROUND[0] if job.site.series7 else _AROUND[1]
    cycles = steps * (products + around) + 1
    why = f"{steps:,} steps × ({products:,.0f} cycles of products + {around:.0f})."
    return Quantity(cycles, steps * (products + 3), cycles + 8 * steps + 5, why)
