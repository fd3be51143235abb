"""How a streamed window is gathered: in a line buffer, or encoded, in a FIFO for each of its values."""

from math import prod

from engine.estimate import Quantity, exactly
from engine.flows.hls4ml.choices import CONV_IMPLEMENTATION
from engine.flows.hls4ml.cost.arithmetic import fifo_bram18
from engine.flows.hls4ml.cost.piece import Job

_SHIFTED = 32
"""Words that a FIFO inside a layer keeps in shift registers, however wide they are."""
_FEW = 4
"""Words up to which it needs next to no control."""


def is_encoded(job: Job) -> bool:
    """Whether hls4ml's older implementation is asked for."""
    return job.unit.choice.word(CONV_IMPLEMENTATION, "linebuffer") == "encoded"


def window_bram18(job: Job, bits: int, values: int, size: tuple[int, ...]) -> Quantity:
    """RAMB18 of an encoded window's FIFOs, as deep as a row of results: exact on five layers of two designs.

    hls4ml 1.3 makes them as deep as all rows of a window together; no report of that was seen.
    """
    if not is_encoded(job) or prod(size) <= 1:
        return exactly(0)
    row = job.unit.node.shape[-2]
    depths = (row, row * size[0] if len(size) == 2 else row)
    value, most = (values * (fifo_bram18(bits, depth) if depth > _SHIFTED else 0) for depth in depths)
    why = f"{values:,} FIFOs of {row:,} × {bits:,} bits hold the window." if most else ""
    return Quantity(value, value, most, why)


def window_logic(job: Job, values: int) -> tuple[Quantity, Quantity]:
    """Look-up tables and flip-flops of an encoded window's FIFOs: 28 and 5 for one of 3 words of 16 bits, 88 and 82 for
    one of 23, in the reports of one design."""
    bits = job.source.width
    lut, ff = (12.0 + bits, 5.0) if job.unit.node.shape[-2] <= _FEW else (5.5 * bits, 5.1 * bits)
    luts = job.site.lut({"FIFOs of windows": lut * values}, 0.4, 0.6)
    return luts, job.site.ff({"FIFOs of windows": ff * values}, 0.4, 0.6)
