"""Trying other foldings of one layer at a time: what it could save where hardware is shared otherwise than by reuse."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.design import Design, Settings, set_on_layers
from engine.estimate import RESOURCES, Axis, Estimate, SweepError, Totals
from engine.flows.flow import Flow
from engine.network import TensorStore

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class FoldingChange:
    """One layer folded otherwise, and the whole design's estimate with it."""

    layer: str
    settings: Settings
    """Those that are others now."""
    estimate: Estimate

    def saving(self, before: Estimate, resource: str) -> float:
        """How much less of a resource the whole design would take."""
        return before.total.resource(resource).value - self.estimate.total.resource(resource).value

    def apply(self, design: Design) -> Design:
        """The edit itself."""
        return _with(design, self.layer, self.settings)


def folding_changes(
    design: Design,
    estimate: Estimate,
    flow: Flow,
    tensors: TensorStore | None,
    resource: str,
    layers: list[str],
    allowed: Sequence[float],
) -> Iterator[FoldingChange]:
    """For each of these layers the folding that saves most of a resource at the same rate, else the quickest that saves
    any; none takes more than `allowed` of RESOURCES, one amount each.
    """
    for axis in flow.foldings(design):
        if axis.layer not in layers:
            continue
        try:
            totals = flow.sweep(design, [axis], tensors).totals(np.arange(len(axis.candidates))[:, None])
        except SweepError:
            return
        place = _best(totals, estimate, resource, np.array(allowed)[:, None])
        if place is not None:
            settings = _different(design, axis, place, flow)
            yield FoldingChange(axis.layer, settings, flow.estimate(_with(design, axis.layer, settings), tensors))


def _best(totals: Totals, before: Estimate, resource: str, allowed: Array) -> int | None:
    """The candidate to propose; None where none saves anything."""
    within = (totals.value[: len(RESOURCES)] <= allowed).all(axis=0)
    savings = (before.total.resource(resource).value - totals.value[RESOURCES.index(resource)]) * within
    intervals = totals.of("interval")
    free = np.flatnonzero((savings > 0) & (intervals <= before.total.interval.value))
    if len(free):
        return int(free[np.argmax(savings[free])])
    slower = np.flatnonzero(savings > 0)
    return int(slower[np.argmin(intervals[slower])]) if len(slower) else None


def _with(design: Design, layer: str, settings: Settings) -> Design:
    for key, value in settings.items:
        design = set_on_layers(design, (layer,), key, value)
    return design


def _different(design: Design, axis: Axis, place: int, flow: Flow) -> Settings:
    found = []
    for key, value in axis.candidates[place].items:
        now = flow.resolve(design, axis.layer, key)
        if now is None or now.value != value:
            found.append((key, value))
    return Settings(tuple(found))
