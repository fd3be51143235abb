"""Layers that are too large for Yosys."""

from engine.estimate import Estimate
from engine.flows.problem import Problem

MOST_LUTS = 60_000
"""Of one layer: one of 52,000 took 156 s of processor time and 1.1 GB; both grow faster than the layer."""


def too_large(estimate: Estimate) -> tuple[Problem, ...]:
    """Layers that would not be mapped in reasonable time and memory, even if the estimate is high."""
    return tuple(
        Problem(
            layer.name,
            f"It takes about {layer.cost.lut.value:,.0f} LUTs; Yosys maps up to {MOST_LUTS:,} a layer in minutes.",
            "Raise its reuse factor, or give its weights fewer bits.",
        )
        for layer in estimate.layers
        if layer.cost.lut.low > MOST_LUTS
    )
