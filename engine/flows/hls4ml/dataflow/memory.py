"""Block memory of a FIFO."""

from engine.dataflow.graph import Fifo
from engine.flows.hls4ml.cost.arithmetic import stream_bram18


def blocks(fifo: Fifo, depth: int, *, vitis: bool) -> int:
    """RAMB18 that a FIFO takes at a depth: Vivado HLS builds one for each channel, Vitis HLS one for all."""
    if vitis:
        return stream_bram18(fifo.bits, depth)
    return fifo.lanes * stream_bram18(fifo.bits // fifo.lanes, depth)
