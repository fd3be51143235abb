"""The least depths with which neither latency nor interval gets worse.

First every step is taken as early as FIFOs that never fill up allow. Then, from the outputs back, each process writes
as late as does no harm to whoever reads, and reads as early as it can. Last, from the inputs on, layers that make words
narrower take them as soon as they are there: words had better wait behind such a layer. The result is a schedule that
meets every condition and ends when the first one does. With FIFOs as deep as *it* needs, a run ends no later: a run is
the earliest schedule that meets the conditions, and this is one that does. So a fast layer is held back by a short FIFO
instead of filling a deep one, and a skip holds just the words that its branch is behind.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.dataflow.graph import Kind, Process, Streams
from engine.dataflow.schedule import Ticks

_NEVER = np.int64(1) << 62


def least_depths(streams: Streams, inferences: int) -> dict[str, int]:
    """Depth of each FIFO of the design, for inferences back to back. Raises ValueError if words are missing."""
    latency = {fifo.name: fifo.latency for fifo in streams.fifos}
    plans = [_Plan(process, inferences) for process in streams.processes]
    written: dict[str, Ticks] = {}
    for plan in plans:
        written |= plan.take_early(written, latency)
    read: dict[str, Ticks] = {}
    for plan in reversed(plans):
        written |= plan.take_late(read, latency)
        read |= plan.reading()
    narrowing = _narrowing(streams)
    for process, plan in zip(streams.processes, plans, strict=True):
        if process.name in narrowing:
            written |= plan.take_early(written, latency)
            read |= plan.reading()
    return {fifo.name: _depth(written[fifo.name], read[fifo.name]) for fifo in streams.built}


def _narrowing(streams: Streams) -> set[str]:
    """Layers that write narrower words than they read, by name: a pipeline that empties itself is two processes."""
    bits = {fifo.name: fifo.bits for fifo in streams.fifos if fifo.kind is not Kind.PIPELINE}
    gain: dict[str, int] = {}
    for process in streams.processes:
        inputs = sum(bits.get(name, 0) for name in process.inputs)
        outputs = sum(bits.get(name, 0) for name in process.outputs)
        gain[process.name] = gain.get(process.name, 0) + inputs - outputs
    ends = {process.name for process in streams.processes if not process.outputs}
    return {name for name, less in gain.items() if less > 0} - ends


def _depth(written: Ticks, read: Ticks) -> int:
    """The most words at once; one that leaves makes room a cycle later."""
    gone = np.searchsorted(read, written, side="left")
    return int((np.arange(1, len(written) + 1) - gone).max(initial=0))


@dataclass(slots=True)
class _Port:
    name: str
    steps: NDArray[np.intp]
    """Steps in which it is used."""


class _Plan:
    """When one process takes its steps, over all inferences."""

    def __init__(self, process: Process, inferences: int) -> None:
        schedule = process.schedule
        again = (schedule.gaps[0] + schedule.rest, *schedule.gaps[1:])
        self._ticks = np.cumsum(np.array(schedule.gaps + again * (inferences - 1), np.int64))
        acts = np.tile(np.array(schedule.acts), inferences)
        self._inputs = _ports(process.inputs, acts, [action.reads for action in schedule.actions])
        self._outputs = _ports(process.outputs, acts, [action.writes for action in schedule.actions])
        self._times = self._ticks

    def take_early(self, written: dict[str, Ticks], latency: dict[str, int]) -> dict[str, Ticks]:
        """Take each step as soon as its words are there; return when its outputs are written."""
        bound = self._ticks.copy()
        for port in self._inputs:
            there = written[port.name]
            if len(there) < len(port.steps):
                raise ValueError(f"'{port.name}' carries fewer words than are read.")
            bound[port.steps] = np.maximum(bound[port.steps], there[: len(port.steps)] + latency[port.name])
        self._times = self._after(bound)
        return {port.name: self._times[port.steps] for port in self._outputs}

    def take_late(self, read: dict[str, Ticks], latency: dict[str, int]) -> dict[str, Ticks]:
        """Put off what writes until its words are needed, and nothing else; return when outputs are written."""
        if not self._outputs:
            return {}
        latest, writes = np.full(len(self._ticks), _NEVER), np.zeros(len(self._ticks), np.bool_)
        for port in self._outputs:
            steps = port.steps[: len(read[port.name])]
            latest[steps] = np.minimum(latest[steps], read[port.name] - latency[port.name])
            writes[steps] = True
        latest = np.minimum.accumulate((latest - self._ticks)[::-1])[::-1] + self._ticks
        self._times = self._after(np.where(writes, latest, self._times))
        return {port.name: self._times[port.steps] for port in self._outputs}

    def reading(self) -> dict[str, Ticks]:
        """When its inputs are read."""
        return {port.name: self._times[port.steps] for port in self._inputs}

    def _after(self, bound: Ticks) -> Ticks:
        """The earliest times that keep the gaps and the bounds."""
        found: Ticks = np.maximum.accumulate(bound - self._ticks) + self._ticks
        return found


def _ports(names: Sequence[str], acts: NDArray[np.int64], used: Sequence[tuple[int, ...]]) -> list[_Port]:
    """Ports with the steps in which they are used; `used` are the ports of each action."""
    using = [np.array([port in ports for ports in used]) for port in range(len(names))]
    return [_Port(name, np.flatnonzero(each[acts])) for name, each in zip(names, using, strict=True)]
