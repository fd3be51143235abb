"""What has to wait where branches meet, so that the design neither stalls nor stops for ever.

A short branch that nobody reads while the long one is on its way would stop the fork in front of both, and with it the
long branch. So each port whose words wait has a FIFO, as deep as the most words that wait there when frames follow each
other at the design's pace. Words count from when they could have left the fork, as if the short branch took no time:
it then holds whatever the long branch needs to have been given before its own word comes, in whatever rhythm.

Elsewhere too a block that lets words wait stops the one in front of it. Where that would cost cycles later, a FIFO lets
that one go on: so a design is as fast as its blocks are, one by one.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from engine.flows.rtl.block import Block, Times
from engine.flows.rtl.verilog.pipeline import taken

DELAY = 3
"""Cycles from a word's way into a FIFO to its way out, at least."""
_SPARE = 2
"""Words more than were counted."""
_LEAST = 4
"""Words of the smallest FIFO."""


def buffers(block: Block, arrivals: Sequence[Times], fork: int, interval: int) -> dict[int, int]:
    """Port → the most words that wait there, of the ports whose words wait for those of others.

    Words come as `arrivals` says, at most one a cycle, the first of them with one at the fork in cycle `fork`; the next
    frame's `interval` cycles later.
    """
    frames = (max(int(each[-1]) for each in arrivals) - fork) // interval + 2
    coming = [np.concatenate([each + frame * interval for frame in range(frames)]) for each in arrivals]
    ports: set[int] = set()
    while True:
        there = behind(coming, ports)
        takes = block.takes(there)
        waiting = {port for port, each in enumerate(there) if (takes[port] > each).any()}
        if waiting <= ports:
            return {port: _most(coming[port], takes[port], fork) for port in sorted(ports)}
        ports |= waiting


def needs_burst(block: Block, arrivals: Times, interval: int) -> bool:
    """Whether a block that works alone on some words would miss the design's pace if it waited for each of them.

    A FIFO collects the next ones meanwhile.
    """
    if not block.burst:
        return False
    groups = taken([arrivals]).reshape(-1, block.burst)
    span = int((groups[:, -1] - groups[:, 0]).max()) + 1
    alone = block.cycles // len(groups) - block.burst
    return span > block.burst and (span + alone) * len(groups) > interval


def held_up(block: Block, arrivals: Times) -> int:
    """Words of the smallest FIFO with which a block costs no cycles by letting words wait; 0 where it costs none.

    Whoever writes stands still meanwhile, and all that is on its way in it: at worst every later word comes so much
    later. As long as those are still early enough, nobody notices.
    """
    coming = taken([arrivals])
    (takes,), (latest,) = block.takes([coming]), block.deadlines([coming])
    if _is_early(coming, coming, _entering(coming, takes, 1) if "skid" in block.library else takes, latest):
        return 0
    (takes,), (latest,) = block.takes([coming + DELAY]), block.deadlines([coming + DELAY])
    depth = _LEAST
    while not _is_early(coming, coming + DELAY, _entering(coming, takes, depth), latest):
        depth *= 2
    return depth


def _entering(coming: Times, takes: Times, depth: int) -> Times:
    """When words enter a FIFO: behind a full one, when the word that is so many before them leaves."""
    places = np.concatenate([coming[:depth], takes[:-depth] + 1])
    return np.asarray(np.maximum(coming, places))


def _is_early(coming: Times, there: Times, entering: Times, latest: Times) -> bool:
    """Whether words, `there` if nobody stops them, come in time: each is stopped from `coming` until `entering`."""
    stopped = np.maximum.accumulate(entering - coming)
    return bool((there[1:] + stopped[:-1] <= latest[1:]).all())


def behind(arrivals: Sequence[Times], ports: set[int]) -> list[Times]:
    """When words are there behind the FIFOs of some ports."""
    return [each + DELAY if port in ports else each for port, each in enumerate(arrivals)]


def _most(coming: Times, takes: Times, fork: int) -> int:
    early = coming - max(int(coming[0]) - fork, 0)
    come = np.searchsorted(early, takes, side="right")
    return int((come - np.arange(len(takes))).max()) + _SPARE


def fork_of(sources: Sequence[str], ancestors: Mapping[str, frozenset[str]], order: Sequence[str]) -> str | None:
    """The last block or entry from which all sources come; none where they have nothing in common."""
    common = frozenset.intersection(*(ancestors[source] for source in sources))
    return max(common, key=order.index, default=None)
