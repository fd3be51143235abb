"""Cycle counts of hls4ml's streamed kernels, and what a kernel's timing is made of.

C synthesis charges each pixel of a convolution either nothing but the window's shift (its least latency) or a product
(its most), so its reports hold both costs apart. Those of 2D convolutions with 8 bits (Vivado HLS 2019.1, 5 ns) give
3 cycles a pixel without, RF + 6 with a product; with 16 and 32 bits 3 to 5 and RF + 9 to 12; dense layers, which
shift no window, RF + 4 and RF + 8. That makes: read 1, window 2, multiply and add 3 in look-up tables or 7 in DSPs.
None of these networks is one that the simulator is tested on.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, log2

import numpy as np
from numpy.typing import NDArray

from engine.dataflow.schedule import Ticks
from engine.flows.hls4ml.hardware import Unit
from engine.flows.hls4ml.rules import Fold, Strategy, chained_cycles

READ = 1
WINDOW = 2
"""Cycles to shift a pixel through line buffer and window (`shift_line_buffer`, `kernel_shift_1d`)."""
_PRODUCT_IN_LUTS, _PRODUCT_IN_DSPS = 3, 7
_DSP_WIDTH = 9
"""Weights of as many bits are multiplied in DSPs: hls4ml's own rule for Vivado."""
UNPIPELINED = (Strategy.RESOURCE, Strategy.UNROLLED)
"""Strategies whose loop over pixels has no PIPELINE directive: a pixel ends before the next one starts."""


@dataclass(frozen=True, slots=True)
class Timing:
    """Ticks at which each input is read and the output written, for one inference."""

    reads: Sequence[Ticks]
    writes: Ticks
    in_flight: int = 0
    """Cycles from reading to writing of a pipelined loop; 0 where nothing is read before all before it is written."""


@dataclass(frozen=True, slots=True)
class Job:
    """A built layer with the words that one inference brings at each input and takes out."""

    unit: Unit
    words_in: tuple[int, ...]
    words_out: int
    vitis: bool


def product_depth(unit: Unit) -> int:
    """Cycles of multiply and add, beyond the reuse factor's."""
    return _PRODUCT_IN_DSPS if unit.types["weight"].width >= _DSP_WIDTH else _PRODUCT_IN_LUTS


def sum_depth(fold: Fold) -> int:
    """Cycles of the sums of an unrolled matrix product."""
    return max(tree_depth(fold.n_in), chained_cycles(fold))


def tree_depth(inputs: int) -> int:
    """Cycles of a tree of adders with registers at every second level."""
    return ceil(log2(max(inputs, 2)) / 2)


def ticks(count: int, each: int = 1, start: int = 0) -> Ticks:
    """Evenly spaced."""
    return start + each * np.arange(count, dtype=np.int64)


def pipelined(words: Sequence[int], each: int, depth: int, hits: NDArray[np.bool_] | None = None) -> Timing:
    """A loop that reads one word from every input each `each` cycles; iterations in `hits` write `depth` later."""
    reads = [ticks(count, each) for count in words]
    written = reads[0] if hits is None else reads[0][hits]
    return Timing(reads, written + depth, depth)


def one_by_one(hits: NDArray[np.bool_], hit: int, miss: int) -> Timing:
    """A loop whose iterations take `hit` cycles and write at their end, or `miss` cycles and write nothing."""
    ends = np.cumsum(np.where(hits, hit, miss))
    starts = np.concatenate([[0], ends[:-1]])
    return Timing([starts], ends[hits] - 1)


def gathered(words_in: Sequence[int], cycles: int, words_out: int) -> Timing:
    """Read all words of all inputs, one input after the other, compute for some cycles, write all words."""
    reads, at = [], 0
    for count in words_in:
        reads.append(ticks(count, 1, at))
        at += count
    return Timing(reads, ticks(words_out, 1, at - 1 + cycles))
