"""Batch normalisation that stands alone, and thresholds that it melts into. No verified reports exist of either."""

from math import ceil

from engine.estimate import Quantity
from engine.flows.hls4ml.cost.arithmetic import cast_luts, dsps, product_luts
from engine.flows.hls4ml.cost.piece import Job, Piece, piece


def norm(job: Job) -> Piece:
    """A product with a constant and a sum for each value; a reuse factor shares the products."""
    scale, bits = job.unit.types["scale"], job.source.width
    digits = job.digits(0).times(job.lanes / job.unit.node.shape[-1])
    single = dsps(bits, scale.width, job.site)
    reuse = min(job.reuse_factor, job.lanes)
    products = min(digits.multipliers, ceil(job.lanes / reuse))
    small = 0.0 if single else product_luts(bits, scale.width) * products
    why = f"{job.lanes:,} products by constants; not measured."
    terms = {
        "adder trees": 1.1 * (bits + scale.width) * job.lanes,
        "adders in constants": 1.5 * bits * digits.adders,
        "products in look-up tables": small,
        "rounding and limits": cast_luts(job.source, job.result) * job.lanes,
        "stream control": 100.0 if job.site.stream else 0.0,
    }
    lut = job.site.lut(terms, 0.5, 0.8, why)
    # Streams of Vitis HLS hold the result alone: 45 layers, all with products by almost 1.
    held = bits if job.site.stream and job.site.vitis else bits + scale.width
    ff = job.site.ff({"words held": float(held * job.lanes)}, 0.9, 1.5, why)
    dsp = Quantity(products * single, 0.5 * products * single, job.lanes * single, why)
    return piece(job, lut, ff, dsp=dsp, depth=3 if job.site.stream else 1, shallow=0, step=reuse, why=why)


def thresholds(job: Job) -> Piece:
    """One or two comparisons with constants for each value."""
    why = f"{job.lanes:,} comparisons with thresholds; not measured."
    lut = job.site.lut({"comparisons": 0.7 * job.source.width * job.lanes}, 0.5, 1.0, why)
    ff = job.site.ff({"words held": 2.0 * job.lanes}, 1.0, 3.0, why)
    return piece(job, lut, ff, depth=1, shallow=0, why=why)
