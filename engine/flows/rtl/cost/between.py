"""What joins the modules of a design: the shared modules that lie between them, read one by one."""

from collections import Counter
from functools import lru_cache, reduce
from operator import add

from engine.flows.rtl.build import Hardware
from engine.flows.rtl.cost.reading import Reading, read_shared
from engine.flows.rtl.rooms import Room
from engine.flows.rtl.timeline import Timeline
from engine.flows.rtl.top import FORK, forking, on_the_way

_Way = tuple[int, int, int, Room]
"""From a writer to a reader: values of a word of both, bits of a value, and room for words that wait."""
_Fork = tuple[int, int]
"""Bits of a word, and how many read it."""


def between(hardware: Hardware, foretold: Timeline) -> Reading:
    """What `read` finds in the top, without its text."""
    ways: Counter[_Way] = Counter()
    readers = Counter([*hardware.outputs.values(), *(source for block in hardware.blocks for source in block.sources)])
    for block in hardware.blocks:
        for port, source in enumerate(block.sources):
            given, wanted = hardware.gives(source), block.reads[port]
            room = foretold.rooms.get((block.name, port), Room())
            if any(room) or given.lanes != wanted.lanes:
                ways[given.lanes, wanted.lanes, given.type.width, room] += 1
    forks = Counter((hardware.gives(source).bits, count) for source, count in readers.items() if count > 1)
    return _together(tuple(sorted(ways.items())), tuple(sorted(forks.items())))


@lru_cache(maxsize=256)
def _together(ways: tuple[tuple[_Way, int], ...], forks: tuple[tuple[_Fork, int], ...]) -> Reading:
    """Kept: an edit seldom changes it."""
    found = [read_shared(part.module, part.parameters) for way, count in ways for part in [*on_the_way(*way)] * count]
    found += [read_shared(FORK, forking(*fork)) for fork, count in forks for _ in range(count)]
    return reduce(add, found, Reading())
