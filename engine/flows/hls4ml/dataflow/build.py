"""A design's built layers as processes, with the FIFOs that hls4ml puts between them."""

from collections.abc import Mapping
from math import prod

from engine.dataflow.errors import NotStreamedError
from engine.dataflow.graph import Fifo, Kind, Process, Streams
from engine.dataflow.schedule import schedule
from engine.flows.hls4ml.dataflow.kernels import KERNELS
from engine.flows.hls4ml.dataflow.timing import Job, Timing, ticks
from engine.flows.hls4ml.fifos import OUTSIDE, fifos_of
from engine.flows.hls4ml.hardware import Hardware, Unit

MOST_WORDS = 2_000_000
"""A run of as many takes about half a minute and half a gigabyte."""
_SHELL_READ, _SHELL_WRITE = 6, 10
"""Cycles a value that VivadoAccelerator's loops from and to AXI take, besides one a word (two C-synthesis reports)."""


def streams(hardware: Hardware, backend: str, depths: Mapping[str, int]) -> Streams:
    """The design as the simulator takes it; words come and go once a cycle, or as the accelerator's shell moves them.

    FIFOs that `depths` does not name are as deep as hls4ml makes them: one word for each pixel or step of the tensor.
    Raises NotStreamedError for a design that is too large.
    """
    words = sum(_words(hardware.units[writer]) for writer, *_ in fifos_of(hardware.plan))
    if words > MOST_WORDS:
        what = f"One inference moves {words:,} words through FIFOs"
        raise NotStreamedError(f"{what}; designs with up to {MOST_WORDS:,} are simulated.")
    return _Builder(hardware, backend, depths).build()


class _Builder:
    def __init__(self, hardware: Hardware, backend: str, depths: Mapping[str, int]) -> None:
        self._units, self._plan, self._depths = hardware.units, hardware.plan, depths
        self._vitis = backend == "Vitis"
        self._shell = backend == "VivadoAccelerator"
        self._processes: list[Process] = []
        self._fifos: dict[str, Fifo] = {}
        self._into: dict[str, list[str]] = {}
        self._from: dict[str, list[str]] = {}

    def build(self) -> Streams:
        """Wire all, then time each."""
        units = [unit for unit in self._units.values() if unit.node.kind != "Reshape"]
        for writer, reader, name in fifos_of(self._plan):
            self._connect(self._units[writer], reader, name)
        for unit in units:
            if unit.node.kind == "Input":
                self._source(unit)
            else:
                self._process(unit)
        for unit in units:
            self._sink(unit)
        return Streams(tuple(self._processes), tuple(self._fifos.values()))

    def _writer(self, name: str) -> Unit:
        """The layer that writes a stream: a flattening is a name for what it reads."""
        while (unit := self._units[name]).node.kind == "Reshape":
            name = unit.node.inputs[0]
        return unit

    def _connect(self, unit: Unit, reader: str, name: str) -> None:
        outside = (reader == OUTSIDE or unit.node.kind == "Input") and not self._shell
        depth, kind = (None, Kind.PORT) if outside else (self._depths.get(name, _words(unit)), Kind.BUILT)
        self._fifos[name] = Fifo(name, depth, unit.types["result"].width * unit.lanes, unit.lanes, kind=kind)
        self._from.setdefault(unit.node.name, []).append(name)
        self._into.setdefault(reader, []).append(name)

    def _source(self, unit: Unit) -> None:
        outputs = tuple(self._from.get(unit.node.name, ()))
        each = 1 + _SHELL_READ * unit.lanes if self._shell else 1
        written = ticks(_words(unit), each, each - 1)
        self._add(Process(unit.node.name, unit.node.layer.name, (), outputs, schedule([], [written] * len(outputs))))

    def _sink(self, unit: Unit) -> None:
        """Each output leaves by itself."""
        each = 1 + _SHELL_WRITE * unit.lanes if self._shell else 1
        for name in self._from.get(unit.node.name, ()):
            if name in self._into.get(OUTSIDE, ()):
                read = schedule([ticks(_words(unit), each)], [], rest=each)
                self._add(Process(OUTSIDE, "", (name,), (), read))

    def _process(self, unit: Unit) -> None:
        node, outputs = unit.node, tuple(self._from[unit.node.name])
        words_in = tuple(_words(self._writer(name)) for name in node.inputs)
        timing = KERNELS[node.kind](Job(unit, words_in, _words(unit), self._vitis))
        inputs = tuple(self._into[node.name])
        if self._vitis and timing.in_flight:
            self._flushing(unit, timing, inputs, outputs)
        else:
            steps = schedule(timing.reads, [timing.writes] * len(outputs))
            self._add(Process(node.name, node.layer.name, inputs, outputs, steps))

    def _flushing(self, unit: Unit, timing: Timing, inputs: tuple[str, ...], outputs: tuple[str, ...]) -> None:
        """A pipeline of Vitis HLS runs on without new words: what was read comes out (`-pipeline_style frp`).

        Two processes with a FIFO between them that delays by the pipeline's depth. Vivado HLS's pipelines stall:
        what was read stays inside until the next words come, or the inference ends.
        """
        name, layer = unit.node.name, unit.node.layer.name
        within = f"{name} pipeline"
        depth, latency = timing.in_flight + 1, timing.in_flight
        self._fifos[within] = Fifo(within, depth, latency=latency, kind=Kind.PIPELINE)
        taken = schedule(timing.reads, [timing.writes - latency], rest=depth)
        self._add(Process(name, layer, inputs, (within,), taken))
        written = ticks(len(timing.writes))
        self._add(Process(name, layer, (within,), outputs, schedule([written], [written] * len(outputs))))

    def _add(self, process: Process) -> None:
        self._processes.append(process)


def _words(unit: Unit) -> int:
    """Words that one inference writes to a layer's stream."""
    return prod(unit.node.shape) // unit.lanes
