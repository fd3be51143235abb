"""What is known of a design when a snapshot of it is taken."""

from typing import Any

from engine.design import Design
from engine.estimate import RESOURCES, Estimate, energy
from engine.flows.weight_bits import weight_bits


def figures_now(design: Design, estimate: Estimate, accuracy: dict[str, Any] | None) -> tuple[tuple[str, float], ...]:
    """What is known of a design; `accuracy` is that of a comparison of it."""
    found: dict[str, float] = {"weight_bits": weight_bits(design)}
    if accuracy:
        found |= {
            "accuracy": accuracy["hardware"],
            "accuracy_low": accuracy["low"],
            "accuracy_high": accuracy["high"],
        }
    if not estimate.refusal:
        found |= {name: estimate.total.resource(name).value for name in RESOURCES}
        found["latency_us"] = estimate.latency_us.value
        spent = energy(estimate.latency_us, design.target.board).microjoules
        found |= {} if spent is None else {"energy_uj": spent.value}
    return tuple(found.items())
