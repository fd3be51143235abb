"""Streams token by token: latency, interval, FIFO occupancies, stalls and deadlocks of what runs side by side."""

from engine.dataflow.errors import NotStreamedError
from engine.dataflow.graph import Fifo, Kind, Process, Streams
from engine.dataflow.needed import INFERENCES, Simulation, Sizing, simulation, sizing
from engine.dataflow.outcome import Blocked, FifoUse, LayerUse, Outcome
from engine.dataflow.schedule import Schedule, schedule
from engine.dataflow.simulate import simulate

__all__ = [
    "INFERENCES",
    "Blocked",
    "Fifo",
    "FifoUse",
    "Kind",
    "LayerUse",
    "NotStreamedError",
    "Outcome",
    "Process",
    "Schedule",
    "Simulation",
    "Sizing",
    "Streams",
    "schedule",
    "simulate",
    "simulation",
    "sizing",
]
