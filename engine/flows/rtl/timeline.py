"""When the words of a frame move through a design, worked out without running it."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from engine.flows.rtl.block import Times
from engine.flows.rtl.build import Hardware
from engine.flows.rtl.joint import joined


@dataclass(frozen=True, slots=True, eq=False)
class Timeline:
    """Of one frame, offered a word a cycle from cycle 0 on: by block, the cycles in which its words are there."""

    words: Mapping[str, Times]
    latency: int
    """Cycles from the first word taken to the last one out."""
    interval: int
    """Cycles from one frame to the next."""


def timeline(hardware: Hardware) -> Timeline:
    """The timeline of a frame that nobody behind the design stops."""
    times = {entry: np.arange(hardware.inputs[layer].words) for layer, entry in hardware.entries.items()}
    for block in hardware.blocks:
        read = zip(block.sources, block.reads, strict=True)
        times[block.name] = block.timing(
            [joined(times[source], hardware.gives(source), wanted) for source, wanted in read]
        )
    latency = max(int(times[source][-1]) for source in hardware.outputs.values())
    words = [stream.words for stream in hardware.inputs.values()]
    interval = max([*words, *(block.cycles for block in hardware.blocks)])
    return Timeline({block.name: times[block.name] for block in hardware.blocks}, latency, interval)
