"""What lies in front of a port so that letting words wait there costs no cycles.

Whoever writes stands still meanwhile, and all that is on its way in it: at worst every later word comes so much later.
As long as those are still early enough, nobody notices. Elsewhere a FIFO lets the writer go on: so a design is as fast
as its blocks are, one by one. A word that is taken apart waits for its last part; holding it apart is often enough.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

import numpy as np

from engine.flows.rtl.block import Block, Times
from engine.flows.rtl.verilog.pipeline import taken

DELAY = 3
"""Cycles from a word's way into a FIFO to its way out, at least."""
HELD = 1
"""Words that what takes them apart may hold: it then has the next one with the last part of this one."""
_LEAST = 4
"""Words of the smallest FIFO."""


class Way(NamedTuple):
    """From a writer to a port: the parts of each word, and whether one that waits stops the writer only when its next
    one is ready."""

    parts: int = 1
    goes_on: bool = False


class Room(NamedTuple):
    """For how many words there is room at a port: whole ones before they are taken apart, and parts of them behind."""

    whole: int = 0
    parts: int = 0

    @property
    def delay(self) -> int:
        """Cycles that words take through its FIFOs."""
        return DELAY * ((self.whole > HELD) + (self.parts > 0))


def room(block: Block, arrivals: Times, way: Way) -> Room:
    """The least with which a block of one input costs no cycles by letting words wait."""
    waits = _waits(block, arrivals, way, 0)
    for whole in _held(way):
        if waits.are_early(whole, waits.leaving):
            return Room(whole)
    waits = _waits(block, arrivals, way, DELAY)
    for whole in _held(way):
        if waits.are_early(whole, waits.coming):
            return Room(whole, next(each for each in _depths() if waits.are_early(whole, waits.entering(each))))
    return Room(next(each for each in _depths() if waits.are_early(each, waits.leaving)))


def room_apart(arrivals: Times, way: Way) -> Room:
    """The least with which it costs no cycles to take words apart, of parts that are taken as they come."""
    coming = taken([arrivals])
    waits = _Waits(way, taken([arrivals[:: way.parts]]), coming, coming, coming, coming, 0)
    return Room(next(each for each in chain(_held(way), _depths()) if waits.are_early(each, coming)))


def _held(way: Way) -> tuple[int, ...]:
    return (0,) if way.parts == 1 else (0, HELD)


def _depths() -> Iterator[int]:
    depth = _LEAST
    while True:
        yield depth
        depth *= 2


@dataclass(frozen=True, slots=True)
class _Waits:
    """When whole `words` and their parts come if nobody stops them; when parts are taken from there or from behind a
    FIFO, when they leave without one, and when they must be there at the latest."""

    way: Way
    words: Times
    coming: Times
    takes: Times
    leaving: Times
    latest: Times
    delay: int

    def entering(self, depth: int) -> Times:
        """When parts leave into a FIFO behind."""
        return _entering(self.coming, self.takes, depth)

    def are_early(self, whole: int, leaving: Times) -> bool:
        """Whether words come in time although each stops its writer, if parts leave so and there is such room."""
        gone = leaving[self.way.parts - 1 :: self.way.parts]
        if whole == HELD:
            gone = np.maximum(self.words, np.concatenate([self.words[:1], gone[:-1]]))
        elif whole:
            gone = _entering(self.words, gone, whole)
        stops = gone[:-1] - self.words[:-1]
        if self.way.goes_on:
            stops = np.maximum(gone[:-1] + 1 - self.words[1:], 0)
        there = self.words.copy()
        there[1:] += np.maximum.accumulate(stops)
        parts = taken([np.repeat(there, self.way.parts)]) + self.delay
        return bool((parts <= self.latest).all())


def _waits(block: Block, arrivals: Times, way: Way, delay: int) -> _Waits:
    coming = taken([arrivals])
    (takes,), (latest,) = block.takes([coming + delay]), block.deadlines([coming + delay])
    leaving = _entering(coming, takes, 1) if "skid" in block.library else takes
    return _Waits(way, taken([arrivals[:: way.parts]]), coming, takes, leaving, latest, delay)


def _entering(coming: Times, takes: Times, depth: int) -> Times:
    """When words enter a FIFO: behind a full one, when the word that is so many before them leaves."""
    places = np.concatenate([coming[:depth], takes[:-depth] + 1])
    return np.asarray(np.maximum(coming, places))
