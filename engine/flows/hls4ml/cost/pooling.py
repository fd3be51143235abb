"""Pooling over windows and over whole pictures."""

from math import ceil, log2, prod

from engine.estimate import ZERO, Cost, Quantity
from engine.flows.hls4ml.cost.piece import Job, Piece
from engine.flows.hls4ml.cost.window import window_bram18


def pooling(job: Job) -> Piece:
    """Comparisons or sums of each window."""
    window = prod(getattr(job.unit.node.layer.op, "pool", (2, 2)))
    return _streamed(job, window) if job.site.stream else _parallel(job, job.lanes, window)


def global_pooling(job: Job) -> Piece:
    """A running maximum or sum for each channel; in parallel a tree for each."""
    window = prod(job.unit.node.input_shapes[0][:-1])
    if not job.site.stream:
        return _parallel(job, job.channels, window)
    bits, channels, words = job.source.width, job.unit.node.shape[-1], job.tokens_in
    why = f"{channels} running results over {words:,} words."
    busy = Quantity(words + 3, words, words + 8 + _division(job, window), why)
    lut = job.site.lut({"pooling": channels * 4.0 * bits, "dividers": channels * _divider(job, window)}, 0.5, 0.8, why)
    return Piece(
        Cost(lut, job.site.ff({"pooling": 2.0 * bits * channels}, 0.5, 0.8, why), ZERO, ZERO, ZERO, busy, busy), 5
    )


def _streamed(job: Job, window: int) -> Piece:
    """400 LUT and 125 + 2.2 a bit for each channel of a 2 × 2 window: 2 × 2 at 4, 8, 16 and 32 bits, and pairs."""
    channels, bits = job.unit.node.shape[-1], job.source.width
    *pixels, _channels = job.unit.node.input_shapes[0]
    pool = getattr(job.unit.node.layer.op, "pool", (2, 2))
    rows = (pool[0] - 1) * ceil(pixels[-1] / 32) * bits * channels if len(pool) == 2 else 0
    words = prod(pixels)
    why = f"{channels} windows of {window} side by side, {words:,} words through."
    terms = {"pooling": 400 + channels * (125 + 2.2 * bits) * (0.2 + 0.2 * window), "line buffers": float(rows)}
    terms["dividers"] = channels * _divider(job, window)
    lut = job.site.lut(terms, 0.45, 1.0, why)
    ff = job.site.ff({"pooling": 200 + 2.5 * channels * bits * window}, 0.6, 0.8, why)
    # Some 2 × 2 windows are read at half speed; what decides it was not found.
    busy = Quantity(words + 5, words, 2 * words + 6 + _division(job, window), why)
    blocks = window_bram18(job, bits, window * channels, pool)
    return Piece(Cost(lut, ff, ZERO, blocks, ZERO, busy, busy), 5)


def _parallel(job: Job, results: int, window: int) -> Piece:
    """All windows at once, or as many as the reuse factor leaves. A division took two cycles in the one report."""
    reuse, bits = job.reuse_factor, job.source.width
    maximum = getattr(job.unit.node.layer.op, "mode", "max") == "max"
    units = ceil(results / reuse)
    each = (window - 1) * bits * (2.2 if maximum else 1.4) + _divider(job, window)
    why = f"{results:,} windows of {window}" + (f", {units:,} at once." if reuse > 1 else " at once.")
    depth = max(0, round(log2(max(window, 2)) * (2.8 if job.site.series7 else 0.85) / job.site.clock_ns))
    depth += 2 if _divides(job, window) else 0
    most = depth + 3 + _division(job, window) + (reuse if reuse > 1 else 0)
    lut = job.site.lut({"pooling": units * each}, 0.5, 0.8, why)
    ff = job.site.ff({"pooling": units * (depth + 0.5) * bits * window / 2}, 1.0, 1.5, why)
    latency = Quantity(depth + (reuse - 1), min(depth, 0), most, why)
    return Piece(Cost(lut, ff, ZERO, ZERO, ZERO, latency, Quantity(reuse, 1, reuse, why)), depth)


def _divides(job: Job, window: int) -> bool:
    """Means of windows that are no power of two need a divider."""
    mean = getattr(job.unit.node.layer.op, "mode", "max") == "average"
    return mean and window & (window - 1) != 0


def _divider(job: Job, window: int) -> float:
    return 1.0 * job.unit.types["accum"].width ** 2 if _divides(job, window) else 0.0


def _division(job: Job, window: int) -> int:
    return job.unit.types["accum"].width + 4 if _divides(job, window) else 0
