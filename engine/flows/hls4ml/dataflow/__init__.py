"""When the streamed kernels of hls4ml read and write: the design for the simulator."""

from engine.flows.hls4ml.dataflow.build import streams
from engine.flows.hls4ml.dataflow.memory import blocks

__all__ = ["blocks", "streams"]
