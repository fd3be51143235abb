"""What is known of a design when a snapshot of it is taken."""

from typing import Any

from engine.design import Design
from engine.emulate.score import AUC, ERROR
from engine.estimate import RESOURCES, Estimate, energy
from engine.flows.weight_bits import weight_bits
from engine.project import Snapshot
from engine.scan.figure import ACCURACY, figure_of

Named = tuple[tuple[str, float], ...]


QUALITIES = (ACCURACY, AUC, ERROR)
"""Figures that say how good a design's answers are; of a design one is known, or none."""


def quality_figures(comparison: dict[str, Any] | None) -> Named:
    """How good the answers are by a comparison, with the interval; nothing where nobody knows the right ones."""
    found = figure_of(comparison) if comparison else None
    if found is None or found.kind not in QUALITIES:
        return ()
    return (found.kind, found.value), (f"{found.kind}_low", found.low), (f"{found.kind}_high", found.high)


def quality_of(snapshot: Snapshot) -> str:
    """Which of QUALITIES is known of a snapshot; '' for none."""
    return next((kind for kind in QUALITIES if snapshot.figure(kind) is not None), "")


def figures_now(design: Design, estimate: Estimate, comparison: dict[str, Any] | None) -> Named:
    """What is known of a design; `comparison` is that of its hardware with the float network."""
    found: dict[str, float] = {"weight_bits": weight_bits(design), **dict(quality_figures(comparison))}
    if not estimate.refusal:
        found |= {name: estimate.total.resource(name).value for name in RESOURCES}
        found["latency_us"] = estimate.latency_us.value
        spent = energy(estimate.latency_us, design.target.board).microjoules
        found |= {} if spent is None else {"energy_uj": spent.value}
    return tuple(found.items())
