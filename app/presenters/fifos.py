"""The table of FIFOs from a simulation."""

from engine.dataflow import Simulation
from engine.design import Design
from engine.flows.flow import Flow
from widgets.fifos import FifoRow, FifosView


def fifos_view(simulation: Simulation, design: Design, flow: Flow, *, stale: bool) -> FifosView:
    """Every FIFO of the run; depths are those of the design that was simulated."""
    needed, chosen = dict(simulation.sizing.depths), dict(design.fifo_depths)
    full = {each.fifo for each in simulation.run.circle if each.full}
    rows = []
    for fifo, alone in zip(simulation.fifos, simulation.sizing.run.fifos, strict=True):
        depth = fifo.depth or 0
        blocks = flow.fifo_bram18(fifo, depth), flow.fifo_bram18(fifo, needed[fifo.name])
        figures = (alone.words, depth, alone.most, needed[fifo.name], *blocks)
        rows.append(FifoRow(fifo.name, *figures, chosen=fifo.name in chosen, hangs=fifo.name in full))
    return FifosView(tuple(rows), stale)
