"""What has to wait where branches meet, so that the design neither stalls nor stops for ever.

A short branch that nobody reads while the long one is on its way would stop the fork in front of both, and with it the
long branch. So each port whose words wait has a FIFO, as deep as the most words that wait there when frames follow each
other at the design's pace. Words count from when they could have left the fork, as if the short branch took no time:
it then holds whatever the long branch needs to have been given before its own word comes, in whatever rhythm.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from engine.flows.rtl.block import Block, Times
from engine.flows.rtl.rooms import DELAY
from engine.flows.rtl.verilog.pipeline import taken

_SPARE = 2
"""Words more than were counted."""


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
