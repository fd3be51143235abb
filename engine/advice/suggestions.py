"""What to change first: edits ranked by how much of one resource they save."""

from dataclasses import dataclass

from engine.advice.finding import Fix
from engine.advice.requirement import breaks
from engine.advice.words import grouped, per_second
from engine.design import Design
from engine.estimate import Estimate
from engine.flows.flow import Flow
from engine.flows.reuse import ReuseChange, higher_reuse
from engine.network import TensorStore

_LAYERS_TRIED = 8


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An edit, what it saves of the resource in question, and what it costs in rate."""

    layer: str
    change: str
    """What is set, and to what."""
    detail: str
    resource: str
    saving: float
    """Of the resource."""
    fix: Fix
    breaks: str = ""
    """How it would break the requirement; '' where it keeps it."""

    @property
    def title(self) -> str:
        """Layer and change in one line."""
        return f"{self.layer}: {self.change}"


def suggestions(
    design: Design, estimate: Estimate, flow: Flow, tensors: TensorStore | None, resource: str, count: int = 3
) -> tuple[Suggestion, ...]:
    """The `count` edits that save most, tried on the layers that take most: the next legal reuse factor,
    or of those that leave the rate as it is the one that saves most. Those that would break the requirement stand
    behind all others.
    """
    largest = sorted(estimate.layers, key=lambda layer: -layer.cost.resource(resource).value)[:_LAYERS_TRIED]
    found: list[Suggestion] = []
    for layer in largest:
        changes = _worth_trying(design, estimate, flow, tensors, layer.name, resource)
        found += [_suggestion(change, design, estimate, resource) for change in changes]
    ranked = sorted((each for each in found if each.saving > 0), key=lambda each: (bool(each.breaks), -each.saving))
    return tuple(ranked[:count])


def _worth_trying(
    design: Design, estimate: Estimate, flow: Flow, tensors: TensorStore | None, layer: str, resource: str
) -> list[ReuseChange]:
    free: ReuseChange | None = None
    for change in higher_reuse(design, layer, flow, tensors):
        slower = change.estimate.total.interval.value > estimate.total.interval.value
        if slower or (free and breaks(design.requirement, estimate, change.estimate)):
            return [free or change]
        if free is None or change.saving(estimate, resource) > free.saving(estimate, resource):
            free = change
    return [free] if free else []


def _suggestion(change: ReuseChange, design: Design, before: Estimate, resource: str) -> Suggestion:
    same = change.estimate.total.interval.value <= before.total.interval.value
    rate = "same rate" if same else f"rate falls to {per_second(change.estimate.rate.value)}"
    broken = breaks(design.requirement, before, change.estimate)
    return Suggestion(
        change.layer,
        f"reuse {grouped(change.now)} to {grouped(change.new)}",
        broken or rate,
        resource,
        change.saving(before, resource),
        Fix(f"Set {change.new}", f"Reuse factor of {change.layer} to {change.new}", change.apply),
        broken,
    )
