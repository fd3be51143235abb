"""What to change first: edits ranked by how much of one resource they save."""

from dataclasses import dataclass

from engine.advice.finding import Fix
from engine.advice.requirement import breaks
from engine.advice.reuse import ReuseChange, higher_reuse
from engine.advice.words import grouped
from engine.design import Design
from engine.estimate import Estimate
from engine.flows.flow import Flow
from engine.network import TensorStore

_LAYERS_TRIED = 8


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An edit, what it saves of the resource in question, and what it costs in rate."""

    title: str
    detail: str
    resource: str
    saving: float
    """Of the resource."""
    fix: Fix
    breaks: str = ""
    """How it would break the requirement; '' where it keeps it."""


def suggestions(
    design: Design, estimate: Estimate, flow: Flow, tensors: TensorStore | None, resource: str, count: int = 3
) -> tuple[Suggestion, ...]:
    """The `count` edits that save most, tried on the layers that take most: the next legal reuse factor,
    and the highest one that leaves the rate as it is. Those that would break the requirement stand behind all others.
    """
    largest = sorted(estimate.layers, key=lambda layer: -layer.cost.resource(resource).value)[:_LAYERS_TRIED]
    found: list[Suggestion] = []
    for layer in largest:
        changes = _worth_trying(design, estimate, flow, tensors, layer.name)
        found += [_suggestion(change, design, estimate, resource) for change in changes]
    ranked = sorted((each for each in found if each.saving > 0), key=lambda each: (bool(each.breaks), -each.saving))
    return tuple(ranked[:count])


def _worth_trying(
    design: Design, estimate: Estimate, flow: Flow, tensors: TensorStore | None, layer: str
) -> list[ReuseChange]:
    free: ReuseChange | None = None
    for change in higher_reuse(design, layer, flow, tensors):
        slower = change.estimate.total.interval.value > estimate.total.interval.value
        if slower or (free and breaks(design.requirement, estimate, change.estimate)):
            return [free or change]
        free = change
    return [free] if free else []


def _suggestion(change: ReuseChange, design: Design, before: Estimate, resource: str) -> Suggestion:
    same = change.estimate.total.interval.value <= before.total.interval.value
    rate = "same rate" if same else f"rate falls to {grouped(change.estimate.rate.value)} /s"
    broken = breaks(design.requirement, before, change.estimate)
    return Suggestion(
        # Where room is short the middle goes: the new value stands at the end.
        f"{change.layer}: reuse {change.now} to {change.new}",
        broken or rate,
        resource,
        change.saving(before, resource),
        Fix(f"Set {change.new}", f"Reuse factor of {change.layer} to {change.new}", change.apply),
        broken,
    )
