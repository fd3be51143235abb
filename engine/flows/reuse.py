"""Trying other reuse factors: what each layer could save."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from engine.design import REUSE_FACTOR, Design, Settings, set_on_layers
from engine.estimate import Axis, Estimate
from engine.flows.flow import Flow
from engine.network import TensorStore

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ReuseChange:
    """One layer with another reuse factor, and the whole design's estimate with it."""

    layer: str
    now: int
    new: int
    estimate: Estimate

    def saving(self, before: Estimate, resource: str) -> float:
        """How much less of a resource the whole design would take."""
        return before.total.resource(resource).value - self.estimate.total.resource(resource).value

    def apply(self, design: Design) -> Design:
        """The edit itself."""
        return set_on_layers(design, (self.layer,), REUSE_FACTOR, self.new)


def cheapest_reuse(
    design: Design,
    estimate: Estimate,
    flow: Flow,
    tensors: TensorStore | None,
    resource: str,
    layer: str,
    excess: float,
) -> ReuseChange | None:
    """The smallest of the reuse factors tried that frees the excess, else the one of them that frees most."""
    best: ReuseChange | None = None
    for change in higher_reuse(design, layer, flow, tensors, _MOST_TRIED):
        saving = change.saving(estimate, resource)
        if saving > (best.saving(estimate, resource) if best else 0):
            best = change
        if saving >= excess:
            break
    return best


_MOST_TRIED = 12
"""Reuse factors tried for one fix: enough to reach the board, few enough for a frame or two."""


def higher_reuse(
    design: Design, layer: str, flow: Flow, tensors: TensorStore | None, most: int | None = None
) -> Iterator[ReuseChange]:
    """The legal reuse factors above the present one, ascending, each with its estimate.

    Of more than `most` (at least 2) only so many, spread evenly over all of them, the lowest and the highest included.
    """
    now = flow.resolve(design, layer, REUSE_FACTOR)
    if now is None or not isinstance(now.value, int):
        return
    higher = [choice for choice in legal_reuse_factors(design, layer, flow) if choice > now.value]
    for choice in spread(higher, most or len(higher)):
        changed = set_on_layers(design, (layer,), REUSE_FACTOR, choice)
        yield ReuseChange(layer, now.value, choice, flow.estimate(changed, tensors))


def spread(choices: list[T], most: int) -> list[T]:
    """At most so many (at least 2) of these, evenly, the first and the last included."""
    if len(choices) <= most:
        return choices
    return [choices[round(place * (len(choices) - 1) / (most - 1))] for place in range(most)]


def legal_reuse_factors(design: Design, layer: str, flow: Flow) -> tuple[int, ...]:
    """What the flow takes for a layer, ascending; empty where it has no reuse factor."""
    for spec in flow.settings(design, layer):
        if spec.key == REUSE_FACTOR:
            return tuple(choice for choice in spec.choices if isinstance(choice, int))
    return ()


def reuse_axes(design: Design, flow: Flow) -> tuple[Axis, ...]:
    """Each layer that may be folded in several ways, with all its legal reuse factors."""
    legal = {name: legal_reuse_factors(design, name, flow) for name in design.network.order}
    return tuple(
        Axis(name, tuple(Settings(((REUSE_FACTOR, factor),)) for factor in factors))
        for name, factors in legal.items()
        if len(factors) > 1
    )


def uniform_reuse(axes: Sequence[Axis], cycles: float) -> dict[str, Settings]:
    """The same reuse factor for all layers: so many cycles, brought to what each layer may have."""
    return {
        axis.layer: min(axis.candidates, key=lambda each: (abs(reuse_of(each) - cycles), reuse_of(each)))
        for axis in axes
    }


def reuse_of(settings: Settings) -> int:
    """The reuse factor among some settings."""
    value = settings.get(REUSE_FACTOR)
    return value if isinstance(value, int) else 1
