"""Layers that move values, and those that the converter inserts to do so."""

from math import ceil, prod

from engine.estimate import ZERO, Cost, Quantity, exactly
from engine.flows.hls4ml.cost.arithmetic import rom_bram18
from engine.flows.hls4ml.cost.piece import NOTHING, Job, Piece, piece


def nothing(job: Job) -> Piece:
    """Inputs and flattening are names for wires."""
    return NOTHING


def clone(job: Job) -> Piece:
    """Each word is written to every copy: with Vitis HLS 76 or 104 look-up tables and 7 to 22 flip-flops on 14 layers
    of 512 and 2,048 bits; with Vivado HLS not measured."""
    bits = job.lanes * job.result.width
    why = "A copy of the stream for each reader."
    luts, ffs = (100.0, 12.0) if job.site.vitis else (50 + 0.6 * bits, 30 + 0.6 * bits)
    lut, ff = _moved(job, luts, ffs, 0.6, 1.0, why)
    return piece(job, lut, ff, depth=2, shallow=1)


def padding(job: Job) -> Piece:
    """Wires in parallel; in a stream 235 + 30 LUT a channel with Vivado HLS, with Vitis HLS 170 or, in two dimensions,
    400 however many channels (32 layers)."""
    if not job.site.stream:
        return NOTHING
    channels, words = job.unit.node.shape[-1], job.tokens
    why = f"{words:,} words, zeros among them."
    busy = Quantity(words + 3, words, words + 6, why)
    own = 170.0 if len(job.unit.node.shape) == 2 else 400.0
    lut, ff = _moved(job, own if job.site.vitis else 235.0 + 30 * channels, 35, 0.4, 0.6, why)
    return Piece(Cost(lut, ff, ZERO, ZERO, ZERO, busy, busy), 3)


def repeat(job: Job) -> Piece:
    """Up-sampling keeps a row of the picture, in one dimension a word; so does the broadcast of a merge's input."""
    if not job.site.stream:
        return NOTHING
    *pixels, channels = job.unit.node.input_shapes[0]
    row = job.source.width * channels * (pixels[-1] if len(pixels) > 1 else 1)
    why = f"{row:,} bits kept, each word sent several times."
    lut, ff = _moved(job, 250 + 0.3 * row, 30 + row, 0.3, 0.4, why)
    return piece(job, lut, ff, depth=2, shallow=1)


def repack(job: Job) -> Piece:
    """Words of another width: value by value through a register; two layers of Vitis HLS, 96 and 448 bits."""
    words = max(job.tokens, job.tokens_in)
    bits = max(job.lanes, job.unit.lanes_in) * job.result.width
    why = "Words regrouped."
    busy = Quantity(words + 4, words, prod(job.unit.node.shape) + 10, why)
    lut, ff = _moved(job, 160 + 0.7 * bits, 15 + bits, 0.5, 1.0, why)
    return Piece(Cost(lut, ff, ZERO, ZERO, ZERO, busy, busy), 4)


def transpose(job: Job) -> Piece:
    """Wires in parallel; a stream is stored whole and read in the other order; not measured."""
    if not job.site.stream:
        return NOTHING
    bits, words = job.result.width * job.unit.lanes_in, job.tokens_in
    why = "The whole tensor is stored and read back; not measured."
    busy = Quantity(words + job.tokens + 4, max(words, job.tokens), 2 * job.values + 10, why)
    blocks = max(rom_bram18(bits, words), ceil(bits * words / 18432) if bits * words >= 1024 else 0)
    bram = Quantity(blocks, 0, 2 * blocks + 2, why) if blocks else exactly(0, why)
    lut, ff = _moved(job, 200 + bits, 100 + bits, 0.6, 1.5, why)
    return Piece(Cost(lut, ff, ZERO, bram, ZERO, busy, busy), words)


def _moved(job: Job, luts: float, ffs: float, below: float, above: float, why: str) -> tuple[Quantity, Quantity]:
    lut = job.site.lut({"words moved": luts}, below, above, why)
    return lut, job.site.ff({"words moved": ffs}, below, above, why)
