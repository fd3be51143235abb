"""Convolutions: ordinary, pointwise and depthwise, streamed over line buffers or in parallel."""

from math import ceil, log2, prod

from engine.estimate import ZERO, Cost, Quantity
from engine.flows.hls4ml.cost.arithmetic import cast_luts, joined
from engine.flows.hls4ml.cost.kernel import kernel
from engine.flows.hls4ml.cost.piece import Job, Piece
from engine.flows.hls4ml.cost.products import Kernel, bits_of
from engine.flows.hls4ml.cost.resource_kernel import uses_dsp
from engine.flows.hls4ml.cost.window import is_encoded, window_bram18, window_logic
from engine.flows.hls4ml.rules import Strategy

_LATENCY = (Strategy.LATENCY, Strategy.DISTRIBUTED)


def conv(job: Job) -> Piece:
    """One window product, reused for every pixel; in io_parallel as many at once as the design asks for."""
    types, folded = job.unit.types, job.folded
    bits = bits_of(job.source, types["weight"], types["accum"])
    copies = 1 if job.site.stream else job.tokens // job.unit.partitions
    # A loop over the products that lies within the one over the pixels keeps nothing: seen of encoded windows, and of
    # all whose products take the values in order.
    in_order = folded.reuse_factor == folded.fold.n_in
    rewinds = not (job.site.stream and (in_order or is_encoded(job)))
    found = kernel(folded, bits, job.digits(0), job.site, rewinds=rewinds)
    casts = job.site.lut({"rounding and limits": cast_luts(types["accum"], job.result) * folded.fold.n_out}, 0.4, 0.5)
    lut = joined(found.lut, casts)
    if job.site.stream:
        extra_lut, extra_ff = _line_buffer(job)
        busy = _pixel_by_pixel(job, found, uses_dsp(bits, job.site))
        depth = 10.0 if folded.strategy not in _LATENCY else 5.0 + found.depth.value
        lut, ff = joined(lut, extra_lut), joined(found.ff, extra_ff)
        window = window_bram18(job, job.source.width, folded.fold.n_in, kernel_size(job))
        bram18 = joined(found.bram18, window, reason=found.bram18.reason)
        return Piece(Cost(lut, ff, found.dsp, bram18, ZERO, busy, busy), depth)
    walk_lut, walk_ff = _walk(job, copies)
    lut, ff = joined(lut.scaled(copies), walk_lut), joined(found.ff.scaled(copies), walk_ff)
    latency, interval = _partition_by_partition(job, found)
    dsp = found.dsp.scaled(copies)
    return Piece(Cost(lut, ff, dsp, found.bram18, ZERO, latency, interval), latency.value)


def kernel_size(job: Job) -> tuple[int, ...]:
    """Of a convolution."""
    found: tuple[int, ...] = getattr(job.unit.node.layer.op, "kernel", ())
    return found


def _line_buffer(job: Job) -> tuple[Quantity, Quantity]:
    """A row of each channel is a shift register, for which Vivado HLS books 32 look-up tables and 64 flip-flops however
    wide and long it is (two layers of two designs), Vitis HLS one for 32 bits; the window lies in flip-flops."""
    kernel, values = kernel_size(job), job.unit.folded[0].fold.n_in
    if prod(kernel) <= 1:
        return ZERO, ZERO
    if is_encoded(job):
        return window_logic(job, values)
    *pixels, channels = job.unit.node.input_shapes[0]
    rows = (kernel[0] - 1 if len(kernel) == 2 else 0) * channels
    each = ceil(pixels[-1] / 32) * job.source.width if job.site.vitis else 32
    latency = job.unit.folded[0].strategy in _LATENCY
    window = values * job.source.width if latency else 0
    why = "Line buffer and window."
    lut = job.site.lut({"line buffers": float(rows * each + 60)}, 0.4, 0.6, why)
    held = float(window + 90 + (0 if job.site.vitis else 64 * rows))
    return lut, job.site.ff({"line buffers": held}, 0.3, 0.5, why)


def _pixel_by_pixel(job: Job, found: Kernel, in_dsp: bool) -> Quantity:
    """The tool charges each pixel that is read as one that is written: pixels × (RF + c).

    Resource: c = 9 + log2(inputs/RF)/2 with DSPs, 11 at 32 bits, and a run takes less. In look-up tables c = 6: three
    cycles for the pixel, as for one that is only stored, and RF + 3 until the products' sum is there (5 to 8 in 15
    layers of five designs, 6 in all of the first ones).
    Latency: about 3 cycles a pixel with Vivado HLS; Vitis HLS pipelines the loop.
    """
    pixels, folded = prod(job.unit.node.input_shapes[0][:-1]), job.unit.folded[0]
    reuse = folded.reuse_factor
    if folded.strategy in _LATENCY:
        each = reuse if job.site.vitis else reuse + 2
        why = f"{pixels:,} pixels × {each:,} cycles."
        most = pixels * (reuse + 3) + found.depth.high + 10
        return Quantity(pixels * each + found.depth.value + 3, pixels * reuse, most, why)
    around = 6.0
    if in_dsp:
        around = 9 + 0.5 * log2(max(folded.fold.n_in / reuse, 1)) + (2 if job.source.width >= 32 else 0)
    around += found.depth.value - reuse - 2 if reuse == 1 else 0
    why = f"{pixels:,} pixels × (reuse {reuse:,} + {around:.0f} cycles)."
    if job.tokens < pixels:
        run = job.tokens * (reuse + around) + 2 * (pixels - job.tokens)
        why += f" C synthesis charges each pixel read; {job.tokens:,} are written, so a run takes about {run:,.0f}."
    return Quantity(pixels * (reuse + around) + 1, pixels * (reuse + 3), pixels * (reuse + around + 4) + 1, why)


def _walk(job: Job, copies: int) -> tuple[Quantity, Quantity]:
    """What it takes to go over the pixels in steps: each input of a window chooses its pixel anew, and each result
    waits in two registers, one for the loop and one for the next layer.

    One report of Vivado HLS has 2,730 look-up tables more for every result, 37 of an older kernel have none: the
    interval does not reach that far.
    """
    steps, values = job.unit.partitions, job.lanes
    if steps == 1:
        return ZERO, ZERO
    value = 0.5 * steps * job.source.width * job.unit.folded[0].fold.n_in * copies
    lut = job.site.lut({"selectors of pixels": value}, 0.8, 1.0)
    ff = job.site.ff({"results of steps": 2.0 * values * job.result.width}, 0.4, 0.4)
    return lut, ff


def _partition_by_partition(job: Job, found: Kernel) -> tuple[Quantity, Quantity]:
    """Latency starts a step every RF cycles, Resource finishes each step first."""
    steps, folded = job.unit.partitions, job.unit.folded[0]
    why = f"{steps:,} steps of {job.tokens // steps:,} pixels."
    if folded.strategy in _LATENCY:
        each = folded.reuse_factor
        filled = (steps - 1) * each
        latency = Quantity(
            filled + found.depth.value + (steps > 1), filled + found.depth.low, filled + found.depth.high + 3, why
        )
        interval = Quantity(steps * each, min(steps, steps * each), steps * each + 1, why)
        return latency, interval if steps > 1 else found.interval
    cycles = steps * (folded.reuse_factor + 6) if steps > 1 else found.depth.value
    low = steps * (folded.reuse_factor + 1)
    latency = Quantity(cycles, min(low, cycles), max(steps * (folded.reuse_factor + 10), found.depth.high), why)
    return latency, latency if steps > 1 else found.interval
