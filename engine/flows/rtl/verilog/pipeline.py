"""Modules through which words walk in step, a register a cycle; all of them wait while the last word waits."""

from collections.abc import Mapping, Sequence

import numpy as np

from engine.flows.rtl.block import Times, Timing
from engine.flows.rtl.verilog.module import module
from engine.flows.rtl.word import Stream


def pipeline(
    name: str, about: Sequence[str], inputs: Mapping[str, Stream], output: Stream, depth: int, body: str
) -> str:
    """A module that takes a word of every input at once; `body` has `depth` registers, which move with `moves`."""
    valid = " & ".join(f"{prefix}_valid" for prefix in inputs)
    frame = [
        "wire moves = ~m_valid | m_ready;  // all wait while a result waits",
        f"wire takes = {valid};",
    ]
    for prefix in inputs:
        others = [f"{other}_valid" for other in inputs if other != prefix]
        frame.append(f"assign {prefix}_ready = {' & '.join(['moves', *others])};")
    shifted = "takes" if depth == 1 else f"{{busy[{depth - 2}:0], takes}}"
    frame += [
        f"reg [{depth - 1}:0] busy;  // which registers hold a word; the first is in bit 0",
        f"assign m_valid = busy[{depth - 1}];",
        "always @(posedge clk)",
        f"  if (rst) busy <= {depth}'d0;",
        f"  else if (moves) busy <= {shifted};",
    ]
    return module(name, about, inputs, output, "\n".join(frame) + f"\n\n{body}")


def taken(arrivals: Sequence[Times]) -> Times:
    """When words are taken, a word of each stream at once, at most one a cycle."""
    there = np.maximum.reduce([np.asarray(each) for each in arrivals])
    return one_by_one(there, np.ones(len(there), np.int64))


def one_by_one(arrivals: Times, cycles: Times) -> Times:
    """When each begins that comes at some time and takes some cycles, in which no other begins; from cycle 0 on."""
    before = np.cumsum(cycles) - cycles
    return np.asarray(np.maximum.accumulate(np.maximum(arrivals, 0) - before) + before)


def walked(depth: int) -> Timing:
    """The timing of a pipeline."""
    return lambda arrivals: taken(arrivals) + depth
