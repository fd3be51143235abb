"""What joins the modules of a design: the shared modules that lie between them, read one by one."""

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache, reduce
from operator import add

from engine.flows.rtl.build import Hardware
from engine.flows.rtl.cost.reading import Reading, read_shared
from engine.flows.rtl.joint import steps
from engine.flows.rtl.timeline import Timeline
from engine.flows.rtl.top import FIFO, FORK, counting, forking

_Way = tuple[int, int, int, int]
"""From a writer to a reader: values of a word of both, bits of a value, words that wait."""
_Fork = tuple[int, int]
"""Bits of a word, and how many read it."""


def between(hardware: Hardware, foretold: Timeline) -> Reading:
    """What `read` finds in the top, without its text."""
    ways: Counter[_Way] = Counter()
    readers = Counter([*hardware.outputs.values(), *(source for block in hardware.blocks for source in block.sources)])
    for block in hardware.blocks:
        for port, source in enumerate(block.sources):
            given, wanted = hardware.gives(source), block.reads[port]
            waiting = foretold.buffers.get((block.name, port), 0)
            if waiting or given.lanes != wanted.lanes:
                ways[given.lanes, wanted.lanes, given.type.width, waiting] += 1
    forks = Counter((hardware.gives(source).bits, count) for source, count in readers.items() if count > 1)
    return _together(tuple(sorted(ways.items())), tuple(sorted(forks.items())))


@lru_cache(maxsize=256)
def _together(ways: tuple[tuple[_Way, int], ...], forks: tuple[tuple[_Fork, int], ...]) -> Reading:
    """Kept: an edit seldom changes it."""
    found = [part for way, count in ways for part in [*_on_the_way(*way)] * count]
    found += [read_shared(FORK, forking(*fork)) for fork, count in forks for _ in range(count)]
    return reduce(add, found, Reading())


def _on_the_way(lanes: int, wanted: int, width: int, waiting: int) -> Iterator[Reading]:
    for step in steps(lanes, wanted, width):
        yield read_shared(step.module, counting(step.bits, "COUNT", step.count))
    if waiting:
        yield read_shared(FIFO, counting(wanted * width, "DEPTH", waiting))
