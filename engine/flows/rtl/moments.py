"""When the words of a stream are there: a pattern, and the cycle in which it begins.

Most patterns come again: behind a layer that an edit made slower, all is as it was, but some cycles later.
"""

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from engine.flows.rtl.block import Times

KEPT = 512
"""Of most designs, all blocks before and after some edits; a block of RN07 has up to 130 kB."""


class Pattern:
    """Cycles from the first word on; the same object for the same cycles, so that it is told by identity."""

    __slots__ = ("last", "times")

    def __init__(self, times: Times) -> None:
        self.times = times
        self.last = int(times[-1])


class Moments(NamedTuple):
    """A pattern that begins in cycle `first`."""

    pattern: Pattern
    first: int

    @property
    def last(self) -> int:
        """When the last word is there."""
        return self.first + self.pattern.last

    @property
    def times(self) -> Times:
        """When each word is there."""
        return self.pattern.times + self.first

    def later(self, cycles: int) -> "Moments":
        """All of it so many cycles later."""
        return Moments(self.pattern, self.first + cycles)


def moments(times: Times) -> Moments:
    """Of the cycles in which words are there."""
    first = int(times[0])
    return Moments(_pattern(np.asarray(times - first, np.int64).tobytes()), first)


@lru_cache(maxsize=KEPT)
def offered(count: int) -> Moments:
    """A word a cycle from cycle 0 on."""
    return moments(np.arange(count))


@lru_cache(maxsize=KEPT)
def _pattern(times: bytes) -> Pattern:
    return Pattern(np.frombuffer(times, np.int64))
