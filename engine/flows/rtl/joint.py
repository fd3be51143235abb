"""From one stream to another of the same frame: what must lie between a writer and a reader."""

from dataclasses import dataclass
from math import lcm

import numpy as np

from engine.flows.rtl.block import Times
from engine.flows.rtl.word import Stream


@dataclass(frozen=True, slots=True)
class Step:
    """One shared module: `gather` puts `count` words of `bits` side by side, `spread` takes one apart."""

    module: str
    bits: int
    count: int


def steps(source: Stream, target: Stream) -> tuple[Step, ...]:
    """None, one or two: words grow to hold whole words of the reader, then they are taken apart."""
    lanes = lcm(source.lanes, target.lanes)
    width = source.type.width
    found = []
    if lanes > source.lanes:
        found.append(Step("gather", source.lanes * width, lanes // source.lanes))
    if lanes > target.lanes:
        found.append(Step("spread", target.lanes * width, lanes // target.lanes))
    return tuple(found)


def joined(times: Times, source: Stream, target: Stream) -> Times:
    """When a reader's words are there, from when a writer's are."""
    for step in steps(source, target):
        times = times[step.count - 1 :: step.count] if step.module == "gather" else np.repeat(times, step.count)
    return times
