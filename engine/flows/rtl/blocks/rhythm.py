"""When words are written into a memory of lines, and when what reads them in the order of loops is done.

A read waits for its word, a word for a place: one that no read of an earlier period holds. Many periods are worked out
at once: as many as need no word whose place they hold themselves.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from engine.flows.rtl.block import Times
from engine.flows.rtl.blocks.nest import Nest

_NEVER, _NEVER_READ = -(1 << 40), 1 << 40


@dataclass(frozen=True, slots=True, eq=False)
class Waits:
    """What the passes of each period of a frame wait for: `words`, (periods, passes, some), −1 for none, and the
    places of their reads in the period. All passes are gone through in each of `turns`, of which later ones wait for
    nothing."""

    words: NDArray[np.int64]
    places: NDArray[np.int64]
    turns: int


@lru_cache(maxsize=256)
def waits(nest: Nest, steps: int) -> Waits:
    """Of passes of `steps` reads: the one read of each that is done last, where the order of words tells which."""
    idle = [place for place, loop in enumerate(nest.loops) if loop.is_idle and loop.count > 1]
    turns = nest.loops[nest.freeing].count if idle == [nest.freeing] else 1
    once = nest.once if turns > 1 else nest
    words = np.where(once.inside, once.addresses, -1).reshape(len(once.bases), -1, steps)
    places = np.broadcast_to(np.arange(words[0].size).reshape(words.shape[1:]), words.shape)
    furthest = words.argmax(axis=2, keepdims=True)
    last, place = (np.take_along_axis(each, furthest, axis=2) for each in (words, places))
    before = (words >= 0) & (places < place)
    rules = np.where(before, words - places, _NEVER).max(axis=2, keepdims=True) <= last - place
    return Waits(last, place, turns) if (rules | (last < 0)).all() else Waits(words, places, turns)


@lru_cache(maxsize=64)
def rhythm(nest: Nest, steps: int, depth: int, arrivals: bytes) -> tuple[Times, Times, Times]:
    """In which cycle the last read of each pass is done, in which each word is written, and in which it might be at the
    latest, of as many frames as arrive; the memory has `depth` words.

    Kept, and `arrivals` are bytes so that it can be: a memory is asked for one after the other, and an edit of weights
    changes none of them.
    """
    run = _Run(nest, steps, depth, np.frombuffer(arrivals, np.int64))
    return run.ends(), run.written, run.latest()


class _Run:
    """Frames on their way through the memory."""

    def __init__(self, nest: Nest, steps: int, depth: int, arrivals: Times) -> None:
        self._waits, self._steps, self._depth = waits(nest, steps), steps, depth
        self._arrivals, self._frames = arrivals, len(arrivals) // nest.words
        self.written = np.zeros(len(arrivals), np.int64)
        self._latest = np.full(len(arrivals), _NEVER_READ)
        starts = nest.words * np.arange(self._frames)
        words = self._waits.words
        self._asked = np.where(words >= 0, words + starts[:, None, None, None], -1).reshape(-1, *words.shape[1:])
        self._places = np.tile(self._waits.places, (self._frames, 1, 1))
        self._furthest = np.maximum.accumulate(self._asked.max(axis=(1, 2)))
        self._bases = np.maximum.accumulate((starts[:, None] + nest.bases).ravel())
        # The period before which each word has its place.
        self._gates = np.searchsorted(self._bases, np.arange(len(arrivals)) - depth, side="right")
        self._ended = np.zeros(len(self._asked) + 1, np.int64)
        """When periods are done with: the first of them begins in cycle 0."""
        self._count = self._next = 0

    def ends(self) -> Times:
        """As above."""
        found, first = [], 0
        while first < len(self._asked):
            room = self._depth + self._bases[first]
            last = max(int(np.searchsorted(self._furthest, room)), first + 1)
            found.append(self._read(first, last))
            first = last
        self._write(len(self.written))
        return np.concatenate(found).ravel()

    def latest(self) -> Times:
        """As above, of words that are written one a cycle."""
        places = np.arange(len(self._latest))
        return np.asarray(np.minimum.accumulate((self._latest - places)[::-1])[::-1] + places)

    def _read(self, first: int, last: int) -> Times:
        """(periods, passes) of some periods: when the last read of each pass is done."""
        self._write(int(self._furthest[last - 1]) + 1)
        asked, places = self._asked[first:last], self._places[first:last]
        ready = np.where(asked >= 0, self.written[asked] + 1 - places, _NEVER).max(axis=2)
        reads = self._waits.turns * asked.shape[1] * self._steps
        turns = np.arange(last - first) * reads
        latest = np.maximum.accumulate(np.maximum(ready.max(axis=1) - turns, self._ended[first])) + turns
        self._ended[first + 1 : last + 1] = latest + reads
        begun = np.concatenate([self._ended[first:last, None], ready], axis=1)
        starts = np.maximum.accumulate(begun, axis=1)[:, 1:]
        needed = np.where(asked >= 0, starts[:, :, None] + places - 1, _NEVER_READ)
        np.minimum.at(self._latest, np.maximum(asked, 0), needed)
        later = np.repeat(starts[:, -1:], (self._waits.turns - 1) * asked.shape[1], axis=1)
        passes = np.concatenate([starts, later], axis=1)
        return np.asarray(passes + self._steps * np.arange(1, passes.shape[1] + 1) - 1)

    def _write(self, until: int) -> None:
        """The words in front of one, a word a cycle at most."""
        part = slice(self._count, until)
        if until <= self._count:
            return
        cycles = np.maximum(self._arrivals[part], self._ended[self._gates[part]])
        cycles[0] = max(int(cycles[0]), self._next)
        turns = np.arange(len(cycles))
        self.written[part] = np.maximum.accumulate(cycles - turns) + turns
        self._count, self._next = until, int(self.written[until - 1]) + 1
