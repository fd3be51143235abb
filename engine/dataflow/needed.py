"""A streamed design as it is built, and how deep its FIFOs would have to be."""

from dataclasses import dataclass

from engine.dataflow.graph import Streams
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
    """A design's run as it is built, and the depths that it needs."""

    streams: Streams
    run: Outcome
    sizing: Sizing


def simulation(streams: Streams) -> Simulation:
    """Both, the run over some inferences back to back."""
    return Simulation(streams, simulate(streams, INFERENCES), sizing(streams))


def sizing(streams: Streams) -> Sizing:
    """One inference with FIFOs that never fill up shows how deep each one has to be."""
    run = simulate(streams.unbounded())
    return Sizing(tuple((fifo.name, max(fifo.needed, LEAST)) for fifo in run.fifos), run)
