"""When the words of a frame move through a design, worked out without running it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from engine.flows.rtl.block import Block, Paced, Times
from engine.flows.rtl.buffers import buffers, fork_of, needs_burst
from engine.flows.rtl.build import Hardware
from engine.flows.rtl.forks import Reader, Writer, together
from engine.flows.rtl.joint import joined, parts
from engine.flows.rtl.moments import KEPT, Moments, Pattern, moments, offered
from engine.flows.rtl.rooms import Room, Way, room, room_apart, room_beside
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
    rooms: dict[Port, Room] = {}
    given = {entry: _given(words[entry], hardware, entry, readers[entry], Writer.OUTSIDE, interval) for entry in words}
    for block in hardware.blocks:
        ways = zip(block.sources, block.reads, strict=True)
        fork = forks.get(block.name)
        setting = _Setting(
            interval if block.burst or fork is not None else 0,
            None if fork is None else given[fork].words.first,
            given[block.sources[0]].reading,
            tuple(_way(given[source], hardware.gives(source), wanted) for source, wanted in ways),
        )
        arrivals = [
            _arriving(given[source].words, hardware.gives(source), wanted)
            for source, wanted in zip(block.sources, block.reads, strict=True)
        ]
        words[block.name], found = _passed(block, setting, arrivals)
        rooms.update({(block.name, port): each for port, each in found})
        writer = Writer.GOES_ON if block.goes_on else Writer.STOPS
        given[block.name] = _given(words[block.name], hardware, block.name, readers[block.name], writer, interval)
    words = {name: each.words for name, each in given.items()}
    latency = max(words[source].last for source in hardware.outputs.values())
    return Timeline({block.name: words[block.name] for block in hardware.blocks}, latency, interval, rooms)


class _Reading(Enum):
    """How blocks read a stream: one alone, several together, or several apart from each other."""

    ALONE = "alone"
    TOGETHER = "together"
    APART = "apart"


class _Given(NamedTuple):
    """A stream as its readers see it, and what becomes of its writer when a word waits."""

    words: Moments
    reading: _Reading
    writer: Writer


def _given(
    words: Moments, hardware: Hardware, source: str, readers: tuple[Reader, ...], writer: Writer, interval: int
) -> _Given:
    if len(readers) + (source in hardware.outputs.values()) < 2 or not readers:
        return _Given(words, _Reading.ALONE, writer)
    spare = max(words.first - max(reader.cycles for reader, _ in readers), 0)
    seen = _together(words.later(-spare), hardware.gives(source), readers, writer, interval)
    if seen is None:
        return _Given(words, _Reading.APART, writer)
    return _Given(seen.later(spare), _Reading.TOGETHER, writer)


@lru_cache(maxsize=KEPT)
def _together(
    words: Moments, stream: Stream, readers: tuple[Reader, ...], writer: Writer, interval: int
) -> Moments | None:
    seen = together(words.times, stream, readers, writer, interval)
    return None if seen is None else moments(seen)


def _arriving(words: Moments, stream: Stream, wanted: Stream) -> Moments:
    """When a reader's words are there, from when a writer's are."""
    if stream.lanes == wanted.lanes:
        return words
    return _joined(words.pattern, stream.lanes, wanted.lanes).later(words.first)


@lru_cache(maxsize=KEPT)
def _joined(pattern: Pattern, lanes: int, wanted: int) -> Moments:
    return moments(joined(pattern.times, lanes, wanted))


def _way(given: _Given, stream: Stream, wanted: Stream) -> Way:
    if given.reading is _Reading.TOGETHER:
        return Way()
    count = parts(stream.lanes, wanted.lanes)
    goes_on = given.writer is Writer.GOES_ON and wanted.lanes * count == stream.lanes
    return Way(count, goes_on, given.reading is _Reading.APART)


class _Setting(NamedTuple):
    """What lies around a block. `fork`: when the first word leaves the fork in front of one where branches meet;
    `reading`: how its first input is read."""

    interval: int
    fork: int | None
    reading: _Reading
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
    bursts = len(times) == 1 and needs_burst(block, times[0], setting.interval)
    if len(times) == 1 and setting.reading is _Reading.APART:
        beside = room_beside(block, times[0], setting.ways[0])
        return [beside._replace(parts=max(block.burst, beside.parts)) if bursts else beside]
    if len(times) == 1 and not bursts:
        return [room(block, times[0], setting.ways[0]) if setting.reading is _Reading.ALONE else Room()]
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
