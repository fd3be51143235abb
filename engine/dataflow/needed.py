"""A streamed design as it is built, and how deep its FIFOs would have to be."""

from dataclasses import dataclass

from engine.dataflow.graph import Fifo, Streams
from engine.dataflow.least import least_depths
from engine.dataflow.outcome import Outcome
from engine.dataflow.simulate import simulate

LEAST = 2
"""A FIFO of one word cannot take one while it gives one; hls4ml's own optimiser goes no lower either."""
INFERENCES = 3
"""Back to back: the first fills the layers, the interval of the last two is that of all that follow."""


@dataclass(frozen=True, slots=True)
class Sizing:
    """Depths with which latency and interval are those of FIFOs that never fill up, and one inference through such."""

    depths: tuple[tuple[str, int], ...]
    run: Outcome


@dataclass(frozen=True, slots=True)
class Simulation:
    """A design's run as it is built, over some inferences back to back, and the depths that it needs."""

    fifos: tuple[Fifo, ...]
    """Those whose depths can be chosen, in the order of the runs'."""
    run: Outcome
    sizing: Sizing


def simulation(streams: Streams) -> Simulation:
    """Run a design as it is built, and with FIFOs that never fill up."""
    return Simulation(streams.built, simulate(streams, INFERENCES), sizing(streams))


def sizing(streams: Streams) -> Sizing:
    """How full FIFOs get that never fill up, as in a co-simulation, and how deep they have to be."""
    run = simulate(streams.unbounded())
    needed = {fifo.name: max(fifo.needed, LEAST) for fifo in run.fifos}
    if not run.deadlock:
        least = least_depths(streams, INFERENCES)
        needed = _shortest(streams, {name: max(depth, LEAST) for name, depth in least.items()}, needed)
    return Sizing(tuple(needed.items()), run)


def _shortest(streams: Streams, least: dict[str, int], alone: dict[str, int]) -> dict[str, int]:
    """The lesser of two depths for each FIFO, if a run shows that they do together, else those that must."""
    both = {name: min(depth, alone[name]) for name, depth in least.items()}
    if both == least:
        return least
    runs = [simulate(streams.with_depths(dict(depths)), INFERENCES) for depths in (both, least)]
    same = runs[0].latency == runs[1].latency and runs[0].interval == runs[1].interval
    return both if same else least
