"""When the words of a frame move through a design, worked out without running it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from engine.flows.rtl.block import Block, Paced
from engine.flows.rtl.buffers import behind, buffers, fork_of, held_up, needs_burst
from engine.flows.rtl.build import Hardware
from engine.flows.rtl.forks import Reader, held_back
from engine.flows.rtl.joint import joined
from engine.flows.rtl.moments import KEPT, Moments, Pattern, moments, offered
from engine.flows.rtl.verilog.pipeline import taken
from engine.flows.rtl.word import Stream

Port = tuple[str, int]
"""A block and one of its ports."""


@dataclass(frozen=True, slots=True, eq=False)
class Timeline:
    """Of one frame, offered a word a cycle from cycle 0 on: by block, the cycles in which its words are there."""

    words: Mapping[str, Moments]
    latency: int
    """Cycles from the first word taken to the last one out."""
    interval: int
    """Cycles from one frame to the next."""
    buffers: Mapping[Port, int]
    """Words that a FIFO in front of a port holds: where branches meet, and where a block lets words wait."""


def timeline(hardware: Hardware) -> Timeline:
    """The timeline of a frame that nobody behind the design stops; that of the same blocks is worked out once."""
    ends = [tuple(each.items()) for each in (hardware.inputs, hardware.entries, hardware.outputs)]
    return _timeline(Paced((hardware.blocks, *ends), hardware))


@lru_cache(maxsize=32)
def _timeline(paced: Paced[Hardware]) -> Timeline:
    hardware = paced.of
    interval = max([stream.words for stream in hardware.inputs.values()] + [block.cycles for block in hardware.blocks])
    words = {entry: offered(hardware.inputs[layer].words) for layer, entry in hardware.entries.items()}
    readers, forks = _readers(hardware), _forks(hardware)
    waiting: dict[Port, int] = {}
    for block in hardware.blocks:
        others = [_others(readers[source], block) for source in block.sources]
        arrivals = [
            _arriving(words[source], hardware.gives(source), wanted, beside)
            for source, wanted, beside in zip(block.sources, block.reads, others, strict=True)
        ]
        fork = forks.get(block.name)
        begin = None if fork is None else words[fork].first
        pace = interval if block.burst or fork is not None else 0
        alone = all(len(other.reads) > 1 for other, _ in others[0])
        words[block.name], found = _passed(block, pace, begin, alone, arrivals)
        for port, count in found:
            waiting[block.name, port] = count
    latency = max(words[source].last for source in hardware.outputs.values())
    return Timeline({block.name: words[block.name] for block in hardware.blocks}, latency, interval, waiting)


def _arriving(words: Moments, stream: Stream, wanted: Stream, others: tuple[Reader, ...]) -> Moments:
    """When a reader's words are there, from when a writer's are."""
    seen = _seen(words, stream, others) if others else words
    if stream.lanes == wanted.lanes:
        return seen
    return _joined(seen.pattern, stream.lanes, wanted.lanes).later(seen.first)


def _seen(words: Moments, stream: Stream, others: tuple[Reader, ...]) -> Moments:
    spare = max(words.first - max(reader.cycles for reader, _ in others), 0)
    return _held_back(words.later(-spare), stream, others).later(spare)


@lru_cache(maxsize=KEPT)
def _held_back(words: Moments, stream: Stream, others: tuple[Reader, ...]) -> Moments:
    return moments(held_back(words.times, stream, others))


@lru_cache(maxsize=KEPT)
def _joined(pattern: Pattern, lanes: int, wanted: int) -> Moments:
    return moments(joined(pattern.times, lanes, wanted))


_Passed = tuple[Moments, tuple[tuple[int, int], ...]]
"""When a block's words come, and how many wait at which of its ports."""


def _passed(block: Block, interval: int, fork: int | None, alone: bool, arrivals: list[Moments]) -> _Passed:
    """What comes later goes on later. A block can do what it does without a word, as to read zeros in front of a
    picture, before its first one comes: then all else waits for that.

    `fork` is when the first word leaves the fork in front of a block where branches meet; `alone`: whether no other
    reader of the first input may let words wait.
    """
    first = arrivals[0].first if len(arrivals) == 1 else min([each.first for each in arrivals])
    spare = first - block.cycles
    if spare <= 0:
        return _worked_out(block, interval, fork, alone, *arrivals)
    begin = None if fork is None else fork - spare
    words, waiting = _worked_out(block, interval, begin, alone, *[each.later(-spare) for each in arrivals])
    return words.later(spare), waiting


@lru_cache(maxsize=KEPT)
def _worked_out(block: Block, interval: int, fork: int | None, alone: bool, *arrivals: Moments) -> _Passed:
    """Most stays as it was from edit to edit."""
    return _of_its_pace(Paced(id(block) if block.pace is None else block.pace, block), interval, fork, alone, *arrivals)


@lru_cache(maxsize=KEPT)
def _of_its_pace(paced: Paced[Block], interval: int, fork: int | None, alone: bool, *arrivals: Moments) -> _Passed:
    """A block with other weights may have the same times."""
    block = paced.of
    times, found = [each.times for each in arrivals], dict[int, int]()
    if fork is not None:
        times = [taken([each]) for each in times]
        found = buffers(block, times, fork, interval)
    elif len(times) == 1 and needs_burst(block, times[0], interval):
        times, found = [taken(times)], {0: block.burst}
    elif alone and len(times) == 1 and (depth := held_up(block, times[0])):
        times, found = [taken(times)], {0: depth}
    return moments(block.timing(behind(times, set(found)))), tuple(found.items())


def _readers(hardware: Hardware) -> dict[str, tuple[Reader, ...]]:
    readers: dict[str, list[Reader]] = {entry: [] for entry in hardware.entries.values()}
    for block in hardware.blocks:
        readers[block.name] = []
        for port, source in enumerate(block.sources):
            readers[source].append((block, port))
    return {source: tuple(found) for source, found in readers.items()}


def _others(readers: tuple[Reader, ...], block: Block) -> tuple[Reader, ...]:
    return () if len(readers) == 1 else tuple([reader for reader in readers if reader[0] is not block])


def _forks(hardware: Hardware) -> dict[str, str]:
    """Of each block where branches meet, the block or entry from which they come."""
    if all(len(block.sources) < 2 for block in hardware.blocks):
        return {}
    ancestors = {entry: frozenset({entry}) for entry in hardware.entries.values()}
    found = {}
    for block in hardware.blocks:
        fork = fork_of(block.sources, ancestors, [*ancestors]) if len(block.sources) > 1 else None
        if fork is not None:
            found[block.name] = fork
        ancestors[block.name] = frozenset({block.name}).union(*(ancestors[source] for source in block.sources))
    return found
