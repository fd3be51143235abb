"""One unit that computes all layers in turn, instead of a unit for each."""

from dataclasses import dataclass

from engine.estimate import Cost


@dataclass(frozen=True, slots=True)
class SharedEngine:
    """A size of such a unit, and what a network costs on it: one inference at a time, so latency is the interval."""

    label: str
    """What it is made of: `PE 16 × SIMD 32, weights on chip`."""
    cost: Cost
    loading: float
    """Of its cycles, those in which it waits for weights from outside."""
