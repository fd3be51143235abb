"""When the words of a frame move through a design, worked out without running it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from engine.flows.rtl.block import Block, Paced, Times
from engine.flows.rtl.buffers import buffers, fork_of, needs_burst
from engine.flows.rtl.build import Hardware
from engine.flows.rtl.forks import Reader, held_back
from engine.flows.rtl.joint import joined, parts
from engine.flows.rtl.moments import KEPT, Moments, Pattern, moments, offered
from engine.flows.rtl.rooms import Room, Way, room, room_apart
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
    rooms: Mapping[Port, Room]
    """Where words wait in front of a port: where branches meet, and where a block lets words wait."""


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
    patient, rooms = {block.name for block in hardware.blocks if block.goes_on}, dict[Port, Room]()
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
        ways = tuple(
            Way() if beside else _way(hardware.gives(source), wanted, source in patient)
            for source, wanted, beside in zip(block.sources, block.reads, others, strict=True)
        )
        words[block.name], found = _passed(block, _Setting(pace, begin, alone, ways), arrivals)
        rooms.update({(block.name, port): each for port, each in found})
    latency = max(words[source].last for source in hardware.outputs.values())
    return Timeline({block.name: words[block.name] for block in hardware.blocks}, latency, interval, rooms)


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


def _way(stream: Stream, wanted: Stream, goes_on: bool) -> Way:
    count = parts(stream.lanes, wanted.lanes)
    return Way(count, goes_on and wanted.lanes * count == stream.lanes)


class _Setting(NamedTuple):
    """What lies around a block. `fork`: when the first word leaves the fork in front of one where branches meet;
    `alone`: whether no other reader of the first input may let words wait."""

    interval: int
    fork: int | None
    alone: bool
    ways: tuple[Way, ...]


_Passed = tuple[Moments, tuple[tuple[int, Room], ...]]
"""When a block's words come, and at which of its ports there is room for some that wait."""


def _passed(block: Block, setting: _Setting, arrivals: list[Moments]) -> _Passed:
    """What comes later goes on later. A block can do what it does without a word, as to read zeros in front of a
    picture, before its first one comes: then all else waits for that."""
    first = arrivals[0].first if len(arrivals) == 1 else min([each.first for each in arrivals])
    spare = first - block.cycles
    if spare <= 0:
        return _worked_out(block, setting, *arrivals)
    if setting.fork is not None:
        setting = setting._replace(fork=setting.fork - spare)
    words, found = _worked_out(block, setting, *[each.later(-spare) for each in arrivals])
    return words.later(spare), found


@lru_cache(maxsize=KEPT)
def _worked_out(block: Block, setting: _Setting, *arrivals: Moments) -> _Passed:
    """Most stays as it was from edit to edit."""
    return _of_its_pace(Paced(id(block) if block.pace is None else block.pace, block), setting, *arrivals)


@lru_cache(maxsize=KEPT)
def _of_its_pace(paced: Paced[Block], setting: _Setting, *arrivals: Moments) -> _Passed:
    """A block with other weights may have the same times."""
    times = [each.times for each in arrivals]
    rooms = _rooms(paced.of, setting, times)
    there = [taken([each]) + found.delay for each, found in zip(times, rooms, strict=True)]
    return moments(paced.of.timing(there)), tuple((port, found) for port, found in enumerate(rooms) if any(found))


def _rooms(block: Block, setting: _Setting, times: list[Times]) -> list[Room]:
    """Of each port."""
    if len(times) == 1 and not needs_burst(block, times[0], setting.interval):
        return [room(block, times[0], setting.ways[0]) if setting.alone else Room()]
    rooms = [room_apart(each, way) for each, way in zip(times, setting.ways, strict=True)]
    if len(times) == 1:
        return [rooms[0]._replace(parts=block.burst)]
    if setting.fork is None:
        return rooms
    coming = [taken([each]) + found.delay for each, found in zip(times, rooms, strict=True)]
    waiting = buffers(block, coming, setting.fork, setting.interval)
    return [found._replace(parts=waiting.get(port, 0)) for port, found in enumerate(rooms)]


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
