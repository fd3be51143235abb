"""From one stream to another of the same frame: what must lie between a writer and a reader."""

from dataclasses import dataclass
from math import lcm

import numpy as np

from engine.flows.rtl.block import Times


@dataclass(frozen=True, slots=True)
class Step:
    """One shared module: `gather` puts `count` words of `bits` side by side, `spread` takes one apart."""

    module: str
    bits: int
    count: int


def steps(lanes: int, wanted: int, width: int) -> tuple[Step, ...]:
    """None, one or two: words of `lanes` values of `width` bits grow to hold whole words of `wanted`, then they are
    taken apart."""
    both = lcm(lanes, wanted)
    found = []
    if both > lanes:
        found.append(Step("gather", lanes * width, both // lanes))
    if both > wanted:
        found.append(Step("spread", wanted * width, both // wanted))
    return tuple(found)


def parts(lanes: int, wanted: int) -> int:
    """In how many a word is taken apart."""
    return lcm(lanes, wanted) // wanted


def joined(times: Times, lanes: int, wanted: int) -> Times:
    """When a reader's words of `wanted` values are there, from when a writer's of `lanes` are."""
    for step in steps(lanes, wanted, 1):
        times = times[step.count - 1 :: step.count] if step.module == "gather" else np.repeat(times, step.count)
    return times
