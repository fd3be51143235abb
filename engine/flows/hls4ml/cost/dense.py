"""Dense layers."""

from engine.estimate import ZERO, Cost, Quantity
from engine.flows.hls4ml.cost.arithmetic import cast_luts, joined
from engine.flows.hls4ml.cost.kernel import kernel
from engine.flows.hls4ml.cost.piece import Job, Piece
from engine.flows.hls4ml.cost.products import bits_of
from engine.flows.hls4ml.cost.resource_kernel import uses_dsp
from engine.flows.hls4ml.rules import Strategy


def dense(job: Job) -> Piece:
    """The matrix product; streamed, the inputs are gathered before and the results sent as one word behind it."""
    types, folded = job.unit.types, job.folded
    bits = bits_of(job.source, types["weight"], types["accum"])
    found = kernel(folded, bits, job.digits(0), job.site)
    lut, cast = found.lut, cast_luts(types["accum"], job.result) * folded.fold.n_out
    if cast:
        lut = joined(lut, job.site.lut({"rounding and limits": cast}, 0.4, 0.5))
    if not job.site.stream:
        cost = Cost(lut, found.ff, found.dsp, found.bram18, ZERO, found.depth, found.interval)
        return Piece(cost, found.depth.value)
    words = float(folded.fold.n_in * bits.data) if folded.strategy is Strategy.LATENCY else 0.0
    gathered = job.site.ff({"words held": words}, 0.3, 0.3)
    busy = _streamed(job, found.depth, uses_dsp(bits, job.site))
    cost = Cost(lut, joined(found.ff, gathered), found.dsp, found.bram18, ZERO, busy, busy)
    return Piece(cost, busy.value - job.tokens_in)


def _streamed(job: Job, depth: Quantity, in_dsp: bool) -> Quantity:
    """Reading, the product, and 4 cycles around it, 3 more where multipliers are DSPs (Vivado HLS, 9 layers)."""
    reads = job.tokens_in if job.tokens_in > 1 else 0
    resource = job.unit.folded[0].strategy is not Strategy.LATENCY
    around = (2 + 3 * in_dsp) if resource else 2
    why = f"{reads:,} words in, then the product." if reads else "One word in, then the product."
    return Quantity(reads + depth.value + around, reads + depth.low + 1, reads + depth.high + around + 3, why)
