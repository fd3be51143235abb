"""A word that several blocks read stays until the last of them has taken it: none of them runs ahead of the others.

Where that would make the writer late, or the design slower, FIFOs in front of them let them (`rooms.room_beside`).
"""

from collections.abc import Sequence
from enum import Enum

import numpy as np

from engine.flows.rtl.block import Block, Times
from engine.flows.rtl.joint import joined, steps
from engine.flows.rtl.rooms import gone
from engine.flows.rtl.verilog.pipeline import taken
from engine.flows.rtl.word import Stream

Reader = tuple[Block, int]
"""Who reads a stream, and at which of its ports."""


class Writer(Enum):
    """What becomes of who writes a word that waits."""

    OUTSIDE = "outside"
    """It has all words of a frame, and gives the next one as soon as it can."""
    GOES_ON = "goes on"
    """It stands still only when its next word is ready."""
    STOPS = "stops"
    """It stands still at once, and all that is on its way in it."""


def together(times: Times, stream: Stream, readers: Sequence[Reader], writer: Writer, interval: int) -> Times | None:
    """When all readers see the words of a stream, each of which they all must have taken before the next one comes.

    None where that makes the writer late, or frames follow each other more slowly than every `interval` cycles: then
    FIFOs must let the readers run ahead of each other.
    """
    seen, left = times, _gone_of_all(times, stream, readers)
    while not np.array_equal(seen, later := _seen(times, left)):
        seen, left = later, _gone_of_all(later, stream, readers)
    keeps_pace = left[-1] - seen[0] < interval
    return seen if keeps_pace and _is_free(times, seen, left, writer) else None


def _gone_of_all(seen: Times, stream: Stream, readers: Sequence[Reader]) -> Times:
    return np.asarray(np.maximum.reduce([_gone(seen, stream, block, port) for block, port in readers]))


def _seen(times: Times, left: Times) -> Times:
    return np.concatenate([times[:1], np.maximum(times[1:], left[:-1] + 1)])


def _is_free(times: Times, seen: Times, left: Times, writer: Writer) -> bool:
    """Whether no word comes later than it is seen. At worst all words come as much later as the writer stood still."""
    if writer is Writer.OUTSIDE:
        return True
    goes_on = writer is Writer.GOES_ON
    stops = np.maximum(left[:-1] + 1 - times[1:], 0) if goes_on else left[:-1] - times[:-1]
    return bool((times[1:] + np.maximum.accumulate(stops) <= seen[1:]).all())


def _gone(times: Times, stream: Stream, reader: Block, port: int) -> Times:
    """When a reader has taken each word; those that are gathered into one of its words are taken as they come.

    Where branches meet, words wait in FIFOs: they are taken one a cycle.
    """
    wanted = reader.reads[port]
    arrivals = joined(times, stream.lanes, wanted.lanes)
    coming = taken([arrivals])
    takes = coming if len(reader.reads) > 1 else gone(reader, coming)
    way = steps(stream.lanes, wanted.lanes, stream.type.width)
    gathered = next((step.count for step in way if step.module == "gather"), 1)
    left = times.copy()
    last = np.arange(gathered - 1, len(times), gathered)
    left[last] = takes[(last + 1) * stream.lanes // wanted.lanes - 1]
    return np.asarray(left)
