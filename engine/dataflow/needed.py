"""A streamed design as it is built, and how deep its FIFOs would have to be."""

from dataclasses import dataclass

from engine.dataflow.graph import Fifo, Streams
from engine.dataflow.outcome import Outcome
from engine.dataflow.simulate import simulate

LEAST = 2
"""A FIFO of one word cannot take one while it gives one; hls4ml's own optimiser goes no lower either."""
INFERENCES = 3
"""Back to back: the first fills the layers, the interval of the last two is that of all that follow."""


@dataclass(frozen=True, slots=True)
class Sizing:
    """Depths with which no layer ever waits for room during one inference, and the run that showed them."""

    depths: tuple[tuple[str, int], ...]
    run: Outcome


@dataclass(frozen=True, slots=True)
class Simulation:
    """A design's run as it is built, over some inferences back to back, and the depths that one inference needs."""

    fifos: tuple[Fifo, ...]
    """Those whose depths can be chosen, in the order of the runs'."""
    run: Outcome
    sizing: Sizing
    sized_interval: int | None
    """Interval with the depths needed: inferences back to back may wait for room where a single one does not."""


def simulation(streams: Streams) -> Simulation:
    """Run a design as it is built, and with FIFOs that never fill up."""
    needed = sizing(streams)
    sized = simulate(streams.with_depths(dict(needed.depths)), INFERENCES)
    return Simulation(streams.built, simulate(streams, INFERENCES), needed, sized.interval)


def sizing(streams: Streams) -> Sizing:
    """One inference with FIFOs that never fill up shows how deep each one has to be."""
    run = simulate(streams.unbounded())
    return Sizing(tuple((fifo.name, max(fifo.needed, LEAST)) for fifo in run.fifos), run)
