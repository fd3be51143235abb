"""The simulator: every process goes as far as its FIFOs let it, in turns, until all are done or none can move.

The time of a step is the least that its conditions allow: its gap after the step before, each word it reads written,
each FIFO it writes to with room. So the order of turns does not matter, and what is found is exact: the least
solution of these conditions. A process whose step waits for a word or for room stands still, as hardware from HLS
does: a state machine in its state, a stalling pipeline with everything in it.
"""

from collections.abc import Sequence

import numpy as np

from engine.dataflow.graph import Fifo, Kind, Process, Streams
from engine.dataflow.outcome import Blocked, FifoUse, LayerUse, Outcome


def simulate(streams: Streams, inferences: int = 1) -> Outcome:
    """Run some inferences back to back. A process starts its next one as soon as it has ended the one before."""
    channels = {fifo.name: _Channel(fifo) for fifo in streams.fifos}
    runs = [_Run(process, channels, inferences) for process in streams.processes]
    moving = True
    while moving:
        moving = sum(run.advance() for run in runs) > 0
    return _outcome(streams, runs, channels, inferences)


class _Channel:
    """Times at which the words of one FIFO were written and read."""

    __slots__ = ("depth", "fifo", "latency", "read", "written")

    def __init__(self, fifo: Fifo) -> None:
        self.fifo = fifo
        self.depth = fifo.depth if fifo.depth is not None else 1 << 62
        self.latency = fifo.latency
        self.written: list[int] = []
        self.read: list[int] = []


class _Run:
    """One process on its way."""

    def __init__(self, process: Process, channels: dict[str, _Channel], inferences: int) -> None:
        self.process = process
        self.ends: list[int] = []
        self.for_data = self.for_room = 0
        self.stuck_at: tuple[_Channel, bool] | None = None
        """Where it waits, and whether for room."""
        self._inferences = inferences
        self._time, self._at = 0, 0
        inputs = [channels[name] for name in process.inputs]
        self.reads_from_outside = not all(channel.fifo.kind is Kind.PIPELINE for channel in inputs)
        outputs = [channels[name] for name in process.outputs]
        self._actions = [
            ([inputs[port] for port in action.reads], [outputs[port] for port in action.writes])
            for action in process.schedule.actions
        ]

    def advance(self) -> bool:
        """Take as many steps as possible; whether there were any."""
        moved = False
        while len(self.ends) < self._inferences:
            before = self._at
            self._steps()
            moved = moved or self._at > before
            if self._at < len(self.process.schedule.gaps):
                return moved
            self.ends.append(self._time)
            self._at, self._time = 0, self._time + self.process.schedule.rest
            moved = True
        self.stuck_at = None
        return moved

    def _steps(self) -> None:
        """Go on within one inference. This loop is where the time goes: it is written for speed."""
        gaps, acts, actions = self.process.schedule.gaps, self.process.schedule.acts, self._actions
        time, at = self._time, self._at
        while at < len(gaps):
            reads, writes = actions[acts[at]]
            ready = time + gaps[at]
            data = room = ready
            for channel in reads:
                number = len(channel.read)
                if number >= len(channel.written):
                    self._stop(time, at, channel, full=False)
                    return
                there = channel.written[number] + channel.latency
                if there > data:
                    data = there
            for channel in writes:
                number = len(channel.written) - channel.depth
                if number >= 0:
                    if number >= len(channel.read):
                        self._stop(time, at, channel, full=True)
                        return
                    free = channel.read[number] + 1
                    if free > room:
                        room = free
            time = data if data > room else room
            if time > ready:
                self._waited(ready, data, room)
            for channel in reads:
                channel.read.append(time)
            for channel in writes:
                channel.written.append(time)
            at += 1
        self._time, self._at = time, at

    def _stop(self, time: int, at: int, channel: _Channel, *, full: bool) -> None:
        self._time, self._at, self.stuck_at = time, at, (channel, full)

    def _waited(self, ready: int, data: int, room: int) -> None:
        if data >= room:
            self.for_data += data - ready
        else:
            self.for_room += room - ready


def _outcome(streams: Streams, runs: Sequence[_Run], channels: dict[str, _Channel], inferences: int) -> Outcome:
    sinks = [run for run in runs if not run.process.outputs]
    done = range(min(len(run.ends) for run in sinks))
    ends = [max(run.ends[n] + run.process.schedule.rest - 1 for run in sinks) for n in done]
    firsts = [channels[name].read[0] for run in sinks for name in run.process.inputs if channels[name].read]
    finished = all(len(run.ends) == inferences for run in runs)
    return Outcome(
        first_output=min(firsts, default=None),
        latency=ends[0] if finished else None,
        interval=ends[-1] - ends[-2] if finished and inferences > 1 else None,
        fifos=tuple(_use(channels[fifo.name], inferences) for fifo in streams.built),
        layers=_layers(runs),
        deadlock=() if finished else _deadlock(streams, runs),
    )


def _use(channel: _Channel, inferences: int) -> FifoUse:
    """Words in the FIFO when one is written: all so far, less those read by then, or in earlier cycles."""
    written, read, fifo = np.array(channel.written), np.array(channel.read), channel.fifo
    so_far = np.arange(1, len(written) + 1)
    most = so_far - np.searchsorted(read, written, side="right")
    needed = so_far - np.searchsorted(read, written, side="left")
    return FifoUse(
        fifo.name,
        fifo.depth,
        int(most.max(initial=0)),
        int(needed.max(initial=0)),
        len(written) // inferences,
        fifo.bits,
    )


def _layers(runs: Sequence[_Run]) -> tuple[LayerUse, ...]:
    """By process name: a pipeline that empties itself runs as two, whose dealings with each other are no waiting."""
    found: dict[str, LayerUse] = {}
    for run in runs:
        name, outside = run.process.name, run.reads_from_outside
        before = found.get(name, LayerUse(name, run.process.layer, 0, 0))
        for_data = before.for_data + (run.for_data if outside else 0)
        found[name] = LayerUse(name, run.process.layer, for_data, before.for_room + run.for_room)
    return tuple(found.values())


def _deadlock(streams: Streams, runs: Sequence[_Run]) -> tuple[Blocked, ...]:
    writers = {name: process.name for process in streams.processes for name in process.outputs}
    readers = {name: process.name for process in streams.processes for name in process.inputs}
    found = []
    for run in runs:
        if run.stuck_at is not None and run.stuck_at[0].fifo.kind is not Kind.PIPELINE:
            channel, full = run.stuck_at
            name = channel.fifo.name
            other = (readers if full else writers)[name]
            found.append(Blocked(run.process.name, run.process.layer, name, full, other))
    return tuple(found)
