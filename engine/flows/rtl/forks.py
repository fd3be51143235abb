"""A word that several blocks read stays until the last of them has taken it: none of them runs ahead of the others."""

from collections.abc import Sequence

import numpy as np

from engine.flows.rtl.block import Block, Times
from engine.flows.rtl.joint import joined, steps
from engine.flows.rtl.verilog.pipeline import taken
from engine.flows.rtl.word import Stream

Reader = tuple[Block, int]
"""Who reads a stream, and at which of its ports."""


def held_back(times: Times, stream: Stream, others: Sequence[Reader]) -> Times:
    """When a reader sees the words of a stream, each of which the others must have taken before the next one comes."""
    seen = times
    for other, port in others:
        before = np.concatenate([times[:1], _gone(times, stream, other, port)[:-1] + 1])
        seen = np.maximum(seen, before)
    return seen


def _gone(times: Times, stream: Stream, reader: Block, port: int) -> Times:
    """When a reader has taken each word; those that are gathered into one of its words are taken as they come.

    Where branches meet, words wait in FIFOs: they are taken one a cycle.
    """
    wanted = reader.reads[port]
    arrivals = joined(times, stream.lanes, wanted.lanes)
    takes = taken([arrivals]) if len(reader.reads) > 1 else reader.takes([taken([arrivals])])[0]
    way = steps(stream.lanes, wanted.lanes, stream.type.width)
    together = next((step.count for step in way if step.module == "gather"), 1)
    gone = times.copy()
    last = np.arange(together - 1, len(times), together)
    gone[last] = takes[(last + 1) * stream.lanes // wanted.lanes - 1]
    return np.asarray(gone)
