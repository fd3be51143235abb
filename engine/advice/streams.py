"""What a simulated run says about FIFOs: those that let it hang, and what others take too much."""

from engine.advice.finding import Finding, Fix, Severity
from engine.dataflow import Blocked, Simulation
from engine.design import Design, set_fifo_depths
from engine.flows.flow import Flow


def stream_findings(simulation: Simulation) -> tuple[Finding, ...]:
    """A run that hangs, and the depths that let it go on, if any do."""
    circle = simulation.run.circle
    if not circle:
        return ()
    layers = tuple(dict.fromkeys(each.layer for each in circle if each.layer))
    detail = hanging(circle[0])
    if simulation.sizing.run.deadlock:
        return (Finding(Severity.OVER, "The stream hangs", detail, layers),)
    return (Finding(Severity.OVER, "The stream hangs: a FIFO is too short", detail, layers, needed_depths(simulation)),)


def needed_depths(simulation: Simulation) -> Fix:
    """Every FIFO with the least depth that costs neither latency nor interval, as one edit."""
    depths = dict(simulation.sizing.depths)

    def edit(design: Design) -> Design:
        return set_fifo_depths(design, depths)

    return Fix("Set depths", "Set FIFO depths as needed", edit)


def fifo_blocks(simulation: Simulation, flow: Flow) -> tuple[int, int]:
    """RAMB18 of all FIFOs as they are built, and with the depths that are needed."""
    blocks, needed = flow.fifo_bram18, dict(simulation.sizing.depths)
    built = sum(blocks(fifo, fifo.depth or 0) for fifo in simulation.fifos)
    return built, sum(blocks(fifo, needed[fifo.name]) for fifo in simulation.fifos)


def hanging(blocked: Blocked) -> str:
    """`'clone' waits for room in 'clone → add', which 'add' does not read.`"""
    if blocked.full:
        return f"'{blocked.name}' waits for room in '{blocked.fifo}', which '{blocked.waits_on}' does not read."
    return f"'{blocked.name}' waits for data in '{blocked.fifo}', which '{blocked.waits_on}' does not write."
