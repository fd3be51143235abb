"""A design's Verilog, run on frames: whether each bit is as it must be, and how many cycles it takes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from engine.flows.rtl.build import Hardware
from engine.flows.rtl.frames import Frames
from engine.flows.rtl.simulate.run import Simulation
from engine.flows.rtl.timeline import Timeline


@dataclass(frozen=True, slots=True)
class Proof:
    """What a run showed. `wrong`: values that differ, by output layer; cycles as they were counted."""

    frames: int
    values: int
    wrong: Mapping[str, int]
    latency: int
    interval: int

    @property
    def exact(self) -> bool:
        """Whether all bits are as they must be."""
        return not any(self.wrong.values())


def frames_for(foretold: Timeline, most: int = 20) -> int:
    """How many frames a run can afford: two at least, so that the cycles between them are counted."""
    return int(np.clip(_CYCLES // max(foretold.interval, 1), 2, most))


def prove(
    hardware: Hardware,
    frames: Frames,
    foretold: Timeline,
    folder: Path,
    compiled: Callable[[], None] = lambda: None,
) -> Proof:
    """Compile the Verilog in a folder, call `compiled` and run it. Raises SimulationError."""
    simulation = Simulation(hardware, folder)
    simulation.compile()
    compiled()
    limit = 2 * (len(frames) * foretold.interval + foretold.latency) + 1000
    outcome = simulation.run(frames.inputs, cycles=limit)
    wrong = {layer: int((outcome.codes[layer] != codes).sum()) for layer, codes in frames.outputs.items()}
    ends = [cycles.reshape(len(frames), -1)[:, -1] for cycles in outcome.cycles.values()]
    return Proof(
        len(frames),
        sum(codes.size for codes in frames.outputs.values()),
        wrong,
        max(int(end[0]) for end in ends),
        max(int(end[-1] - end[-2]) for end in ends),
    )


_CYCLES = 200_000
"""Cycles that a run may take, about."""
