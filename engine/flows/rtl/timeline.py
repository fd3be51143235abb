"""When the words of a frame move through a design, worked out without running it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from engine.flows.rtl.block import Block, Times
from engine.flows.rtl.buffers import behind, buffers, fork_of, needs_burst
from engine.flows.rtl.build import Hardware
from engine.flows.rtl.forks import held_back
from engine.flows.rtl.joint import joined
from engine.flows.rtl.verilog.pipeline import taken

Port = tuple[str, int]
"""A block and one of its ports."""


@dataclass(frozen=True, slots=True, eq=False)
class Timeline:
    """Of one frame, offered a word a cycle from cycle 0 on: by block, the cycles in which its words are there."""

    words: Mapping[str, Times]
    latency: int
    """Cycles from the first word taken to the last one out."""
    interval: int
    """Cycles from one frame to the next."""
    buffers: Mapping[Port, int]
    """Words that a FIFO in front of a port holds: where branches meet, and where a block works alone on some words."""


@lru_cache(maxsize=4)
def timeline(hardware: Hardware) -> Timeline:
    """The timeline of a frame that nobody behind the design stops; that of the same hardware is worked out once."""
    streams = [stream.words for stream in hardware.inputs.values()]
    interval = max([*streams, *(block.cycles for block in hardware.blocks)])
    times = {entry: np.arange(hardware.inputs[layer].words) for layer, entry in hardware.entries.items()}
    readers = {source: [each for each in hardware.blocks if source in each.sources] for source in _sources(hardware)}
    ancestors = {entry: frozenset({entry}) for entry in times}
    waiting: dict[Port, int] = {}
    for block in hardware.blocks:
        arrivals = []
        for source, wanted in zip(block.sources, block.reads, strict=True):
            stream, others = hardware.gives(source), [each for each in readers[source] if each is not block]
            arrivals.append(joined(held_back(times[source], stream, others), stream, wanted))
        fork = fork_of(block.sources, ancestors, [*times]) if len(arrivals) > 1 else None
        if fork is not None:
            arrivals = [taken([each]) for each in arrivals]
            found = buffers(block, arrivals, int(times[fork][0]), interval)
            waiting.update(((block.name, port), words) for port, words in found.items())
            arrivals = behind(arrivals, set(found))
        elif len(arrivals) == 1 and needs_burst(block, arrivals[0], interval):
            waiting[block.name, 0] = block.burst
            arrivals = behind([taken(arrivals)], {0})
        times[block.name] = _given(block, *map(_Arrivals, arrivals))
        ancestors[block.name] = frozenset({block.name}).union(*(ancestors[source] for source in block.sources))
    latency = max(int(times[source][-1]) for source in hardware.outputs.values())
    return Timeline({block.name: times[block.name] for block in hardware.blocks}, latency, interval, waiting)


class _Arrivals:
    """Times that are equal where all of them are."""

    def __init__(self, times: Times) -> None:
        self.times = times

    def __hash__(self) -> int:
        return hash((len(self.times), int(self.times[-1]), int(self.times.sum())))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Arrivals) and np.array_equal(self.times, other.times)


@lru_cache(maxsize=128)
def _given(block: Block, *arrivals: _Arrivals) -> Times:
    """When a block's words come: most of a design stays as it was from edit to edit."""
    return block.timing([each.times for each in arrivals])


def _sources(hardware: Hardware) -> list[str]:
    return [*hardware.entries.values(), *(block.name for block in hardware.blocks)]
