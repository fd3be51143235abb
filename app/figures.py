"""What is known of a design when a snapshot of it is taken."""

from typing import Any

from engine.design import Design
from engine.estimate import RESOURCES, Estimate, energy
from engine.flows.weight_bits import weight_bits

Named = tuple[tuple[str, float], ...]


def accuracy_figures(comparison: dict[str, Any] | None) -> Named:
    """The accuracy in a comparison with its interval; nothing where it has none."""
    accuracy = comparison.get("accuracy") if comparison else None
    if not accuracy:
        return ()
    ends = {"accuracy": "hardware", "accuracy_low": "low", "accuracy_high": "high"}
    return tuple((name, accuracy[end]) for name, end in ends.items())


def figures_now(design: Design, estimate: Estimate, comparison: dict[str, Any] | None) -> Named:
    """What is known of a design; `comparison` is that of its hardware with the float network."""
    found: dict[str, float] = {"weight_bits": weight_bits(design), **dict(accuracy_figures(comparison))}
    if not estimate.refusal:
        found |= {name: estimate.total.resource(name).value for name in RESOURCES}
        found["latency_us"] = estimate.latency_us.value
        spent = energy(estimate.latency_us, design.target.board).microjoules
        found |= {} if spent is None else {"energy_uj": spent.value}
    return tuple(found.items())
