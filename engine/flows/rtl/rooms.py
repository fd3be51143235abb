"""What lies in front of a port so that letting words wait there costs no cycles.

Whoever writes stands still meanwhile, and all that is on its way in it: at worst every later word comes so much later.
As long as those are still early enough, nobody notices. Elsewhere a FIFO lets the writer go on: so a design is as fast
as its blocks are, one by one. A word that is taken apart waits for its last part; holding it apart is often enough.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
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
    """From a writer to a port: the parts of each word, whether one that waits stops the writer only when its next one
    is ready, and whether none may ever wait, since others read the same words."""

    parts: int = 1
    goes_on: bool = False
    beside: bool = False


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


def room_beside(block: Block, arrivals: Times, way: Way) -> Room:
    """The least with which a block of one input never stops who writes, since others read the same words."""
    waits = _waits(block, arrivals, way, 0)
    for whole in _held(way):
        if waits.never_stop(whole):
            return Room(whole)
    waits = _waits(block, arrivals, way, DELAY)
    depth = next(each for each in _depths() if waits.never_stop(each))
    return Room(whole=depth) if way.parts > 1 else Room(parts=depth)


def room_apart(arrivals: Times, way: Way) -> Room:
    """The least with which it costs no cycles to take words apart, of parts that are taken as they come."""
    coming = taken([arrivals])
    waits = _Waits(way, taken([arrivals[:: way.parts]]), coming, coming, coming, coming, 0)
    is_enough = waits.never_stop if way.beside else partial(waits.are_early, leaving=coming)
    return Room(next(each for each in chain(_held(way), _depths()) if is_enough(each)))


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

    def never_stop(self, whole: int) -> bool:
        """Whether each word, with such room, is gone as soon as it comes."""
        return np.array_equal(self._gone(whole, self.leaving), self.words)

    def are_early(self, whole: int, leaving: Times) -> bool:
        """Whether words come in time although each stops its writer, if parts leave so and there is such room."""
        gone = self._gone(whole, leaving)
        stops = gone[:-1] - self.words[:-1]
        if self.way.goes_on:
            stops = np.maximum(gone[:-1] + 1 - self.words[1:], 0)
        there = self.words.copy()
        there[1:] += np.maximum.accumulate(stops)
        parts = taken([np.repeat(there, self.way.parts)]) + self.delay
        return bool((parts <= self.latest).all())

    def _gone(self, whole: int, leaving: Times) -> Times:
        """When whole words stop their writer no longer."""
        gone = leaving[self.way.parts - 1 :: self.way.parts]
        if whole == HELD:
            gone = np.maximum(self.words, np.concatenate([self.words[:1], gone[:-1]]))
        elif whole:
            gone = _entering(self.words, gone, whole)
        return np.asarray(gone)


def _waits(block: Block, arrivals: Times, way: Way, delay: int) -> _Waits:
    coming = taken([arrivals])
    (takes,), (latest,) = block.takes([coming + delay]), block.deadlines([coming + delay])
    leaving = _leaving(block, coming, takes)
    return _Waits(way, taken([arrivals[:: way.parts]]), coming, takes, leaving, latest, delay)


def gone(block: Block, coming: Times) -> Times:
    """When the words that a block of one input reads no longer wait in front of it."""
    return _leaving(block, coming, block.takes([coming])[0])


def _leaving(block: Block, coming: Times, takes: Times) -> Times:
    """A skid takes a word that the block itself takes later."""
    return _entering(coming, takes, 1) if "skid" in block.library else takes


def _entering(coming: Times, takes: Times, depth: int) -> Times:
    """When words enter a FIFO: behind a full one, when the word that is so many before them leaves."""
    places = np.concatenate([coming[:depth], takes[:-depth] + 1])
    return np.asarray(np.maximum(coming, places))
