"""Trying other foldings of one layer at a time: what they could save, and how much quicker they could be."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.design import REUSE_FACTOR, Design, Settings, set_on_layers
from engine.estimate import RESOURCES, Axis, Estimate, Sweep, SweepError, Totals
from engine.flows.flow import Flow
from engine.flows.one_by_one import OneByOne
from engine.flows.reuse import reuse_of, spread
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


@dataclass(frozen=True, slots=True)
class Aim:
    """So few cycles are wanted of a quantity, `latency` or `interval`, that takes `now` cycles; `allowed` of RESOURCES,
    one amount each.
    """

    quantity: str
    now: float
    bound: float
    allowed: Sequence[float]


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
    most = np.array(allowed)[:, None]
    for axis in flow.foldings(design):
        if axis.layer not in layers:
            continue
        try:
            sweep = flow.sweep(design, [axis], tensors)
        except SweepError:
            return
        place = _best(_all_of(axis, sweep), estimate, resource, most)
        if place is not None:
            yield _change(design, axis, place, flow, tensors)


def quicker_foldings(
    design: Design, flow: Flow, tensors: TensorStore | None, layers: Sequence[str], aim: Aim
) -> Iterator[FoldingChange]:
    """For each of these layers the slowest folding that reaches the aim, else one that gains nearly as much as the
    quickest; one that needs more than is allowed only where no other one is quicker.
    """
    axes = {axis.layer: axis for axis in flow.foldings(design)}
    for layer in layers:
        tried = _lower(axes[layer], design, flow) if layer in axes else None
        if tried is None or not tried.candidates:
            continue
        try:
            sweep = _sweep(design, tried, flow, tensors)
        except SweepError:
            return
        place = _quickest(_all_of(tried, sweep), aim)
        if place is not None:
            yield _change(design, tried, place, flow, tensors)


def _lower(axis: Axis, design: Design, flow: Flow) -> Axis:
    """With the candidates that may be quicker than now; of many reuse factors some, spread evenly."""
    now = flow.resolve(design, axis.layer, REUSE_FACTOR)
    if now is None or not isinstance(now.value, int):
        return axis
    lower = [each for each in axis.candidates if reuse_of(each) < now.value]
    return Axis(axis.layer, tuple(spread(lower, _MOST_TRIED)))


_MOST_TRIED = 8


def _sweep(design: Design, axis: Axis, flow: Flow, tensors: TensorStore | None) -> Sweep:
    """Of few settings, one by one: to prepare all layers of a network takes longer."""
    if len(axis.candidates) <= _MOST_TRIED:
        return OneByOne(design, [axis], lambda each: flow.estimate(each, tensors))
    return flow.sweep(design, [axis], tensors)


def _quickest(totals: Totals, aim: Aim) -> int | None:
    """The candidate to propose; None where none is quicker."""
    cycles = totals.of(aim.quantity)
    within = (totals.value[: len(RESOURCES)] <= np.array(aim.allowed)[:, None]).all(axis=0)
    quicker = cycles < aim.now
    chosen = np.flatnonzero(quicker & within if (quicker & within).any() else quicker)
    if not len(chosen):
        return None
    best = cycles[chosen].min()
    # The last cycles cost most.
    goal = aim.bound if best <= aim.bound else best + (aim.now - best) / 10
    enough = chosen[cycles[chosen] <= goal]
    return int(enough[np.argmax(cycles[enough])])


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


def _all_of(axis: Axis, sweep: Sweep) -> Totals:
    """One setting for each candidate."""
    return sweep.totals(np.arange(len(axis.candidates))[:, None])


def _change(design: Design, axis: Axis, place: int, flow: Flow, tensors: TensorStore | None) -> FoldingChange:
    settings = _different(design, axis, place, flow)
    return FoldingChange(axis.layer, settings, flow.estimate(_with(design, axis.layer, settings), tensors))


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
