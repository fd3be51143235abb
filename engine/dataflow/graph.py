"""A streamed design as the simulator sees it: processes that run side by side, and the FIFOs between them."""

from dataclasses import dataclass, replace
from enum import StrEnum

from engine.dataflow.schedule import Schedule


class Kind(StrEnum):
    """What a FIFO stands for."""

    BUILT = "built"
    """A FIFO of the design: its depth can be chosen."""
    PORT = "port"
    """The way in or out of the design, where the world outside waits."""
    PIPELINE = "pipeline"
    """What is under way inside one layer."""


@dataclass(frozen=True, slots=True)
class Fifo:
    """Words wait here from one process to the next. `depth` None: it never fills up."""

    name: str
    depth: int | None
    bits: int = 0
    """Bits in one word."""
    lanes: int = 1
    """Values side by side in one word."""
    latency: int = 1
    """Cycles from a word's writing to the earliest reading."""
    kind: Kind = Kind.BUILT


@dataclass(frozen=True, slots=True)
class Process:
    """One thing that runs by itself. Ports of its schedule are `inputs` and `outputs` in order, by FIFO name."""

    name: str
    layer: str
    """The user's layer that it belongs to; '' for the world outside."""
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    schedule: Schedule


@dataclass(frozen=True, slots=True)
class Streams:
    """Processes, each behind those it reads from, and FIFOs with one writer and one reader each."""

    processes: tuple[Process, ...]
    fifos: tuple[Fifo, ...]

    @property
    def built(self) -> tuple[Fifo, ...]:
        """The FIFOs whose depths can be chosen."""
        return tuple(fifo for fifo in self.fifos if fifo.kind is Kind.BUILT)

    def with_depths(self, depths: dict[str, int | None]) -> "Streams":
        """The same design with other depths; FIFOs that are not named keep theirs."""
        fifos = tuple(replace(fifo, depth=depths[fifo.name]) if fifo.name in depths else fifo for fifo in self.fifos)
        return replace(self, fifos=fifos)

    def unbounded(self) -> "Streams":
        """The same design with FIFOs that never fill up."""
        return self.with_depths({fifo.name: None for fifo in self.built})
