"""A word that several blocks read stays until the last of them has taken it: none of them runs ahead of the others."""

from collections.abc import Sequence

import numpy as np

from engine.flows.rtl.block import Block, Times
from engine.flows.rtl.joint import joined, steps
from engine.flows.rtl.verilog.pipeline import taken
from engine.flows.rtl.word import Stream


def held_back(times: Times, stream: Stream, others: Sequence[Block]) -> Times:
    """When a reader sees the words of a stream, which each of the other readers must have taken before the next comes.

    Where branches meet, words wait in FIFOs: those readers hold nobody back.
    """
    seen = times
    for other in others:
        if len(other.reads) == 1:
            before = np.concatenate([times[:1], _gone(times, stream, other)[:-1] + 1])
            seen = np.maximum(seen, before)
    return seen


def _gone(times: Times, stream: Stream, reader: Block) -> Times:
    """When a reader has taken each word; those that are gathered into one of its words are taken as they come."""
    wanted = reader.reads[0]
    arrivals = joined(times, stream.lanes, wanted.lanes)
    takes = taken([arrivals]) if reader.meets is None else reader.meets([arrivals])[0]
    way = steps(stream.lanes, wanted.lanes, stream.type.width)
    together = next((step.count for step in way if step.module == "gather"), 1)
    gone = times.copy()
    last = np.arange(together - 1, len(times), together)
    gone[last] = takes[(last + 1) * stream.lanes // wanted.lanes - 1]
    return np.asarray(gone)
