"""Fit to board and meet the rate: what to change in a design, shown before it is changed."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engine.design import REUSE_FACTOR, Design, Settings, Value, set_on_layers
from engine.estimate import Axis, Cost, Estimate, Picks, Sweep, SweepError, picked
from engine.flows.flow import Flow
from engine.network import TensorStore
from engine.search.climb import search
from engine.search.goal import INTERVAL, LATENCY, Goal, best
from engine.search.measured import MeasuredSweep, thinned
from engine.search.refined import refined
from engine.search.totals import totals_of

_TARGETS, _FEW_TARGETS = 24, 6
"""Intervals that the flow's usual rule is tried for, so that it never beats what is proposed; few where an estimate
takes long."""


class NothingToFoldError(ValueError):
    """A design in which nothing can be shared more or less; the message says why."""


@dataclass(frozen=True, slots=True)
class Change:
    """One setting of a layer: what is built now and what would be; None where it has no such setting."""

    layer: str
    key: str
    before: Value | None
    after: Value


@dataclass(frozen=True, slots=True)
class Proposal:
    """The design as it would be, with its estimate beside the present one."""

    design: Design
    changes: tuple[Change, ...]
    before: Estimate
    after: Estimate
    goal: Goal
    fits: bool
    met: bool
    """Whether the rate asked for is reached; True where none was."""


def fit_to_board(design: Design, flow: Flow, tensors: TensorStore | None) -> Proposal:
    """The fastest design within the board's limits: by rate where layers are folded by PE and SIMD, by latency where
    they are by a reuse factor. Raises NothingToFoldError.
    """
    axes = _axes(design, flow)
    by_reuse = any(candidate.get(REUSE_FACTOR) for axis in axes for candidate in axis.candidates)
    return _proposal(design, flow, tensors, axes, Goal(design.target.board, LATENCY if by_reuse else INTERVAL))


def meet_rate(design: Design, flow: Flow, tensors: TensorStore | None, rate: float) -> Proposal:
    """The least hardware with which so many inferences a second are reached. Raises NothingToFoldError."""
    cycles = np.floor(1e9 / (rate * design.target.clock_ns) * (1 + 1e-12))
    return _proposal(
        design, flow, tensors, _axes(design, flow), Goal(design.target.board, cycles=max(float(cycles), 1))
    )


def by_rule(design: Design, flow: Flow, tensors: TensorStore | None, rate: float) -> Proposal:
    """What the flow's usual rule gives for a rate: FINN's SetFolding, one reuse factor for all. Raises
    NothingToFoldError."""
    _ = _axes(design, flow)
    cycles = 1e9 / (rate * design.target.clock_ns)
    folded = _with(design, flow.folded_by_rule(design, cycles))
    return _described(design, folded, flow, tensors, Goal(design.target.board, cycles=cycles))


def _axes(design: Design, flow: Flow) -> tuple[Axis, ...]:
    axes = flow.foldings(design)
    if not axes:
        raise NothingToFoldError("No layer of this design can share its hardware more or less.")
    return axes


def _proposal(design: Design, flow: Flow, tensors: TensorStore | None, axes: tuple[Axis, ...], goal: Goal) -> Proposal:
    refusal = flow.estimate(design, tensors).refusal
    if refusal:
        raise NothingToFoldError(refusal)
    targets = _TARGETS
    try:
        sweep: Sweep = flow.sweep(design, axes, tensors)
    except SweepError:
        axes, targets = thinned(axes), _FEW_TARGETS
        sweep = MeasuredSweep(design, axes, flow, tensors)
    ruled = [_with(design, flow.folded_by_rule(design, cycles)) for cycles in _intervals(sweep, axes, targets)]
    ruled = [each for place, each in enumerate(ruled) if each not in ruled[:place]]
    known = np.array([_nearest(each, axes) for each in (design, *ruled)], np.intp)

    def cost(picks: Picks) -> Cost:
        return flow.estimate(picked(design, axes, picks.tolist()), tensors).total

    if isinstance(sweep, MeasuredSweep):
        picks = refined(sweep, axes, goal, known, cost)
    else:
        picks = search(sweep, axes, goal, known)
    # The rules' own settings may lie outside the candidates; designs decide, not sums.
    rivals = [picked(design, axes, picks.tolist()), design, *ruled]
    totals = totals_of([flow.estimate(each, tensors).total for each in rivals])
    chosen = rivals[best(goal.keys(totals))]
    return _described(design, chosen, flow, tensors, goal)


def _intervals(sweep: Sweep, axes: Sequence[Axis], count: int) -> list[float]:
    """Intervals from the fastest to the slowest of the corners, evenly by their logarithm."""
    corners = np.array([[0] * len(axes), [len(axis.candidates) - 1 for axis in axes]], np.intp)
    ends = sweep.totals(corners).of(INTERVAL)
    return [float(each) for each in np.geomspace(max(ends.min(), 1.0), max(ends.max(), 2.0), count)]


def _nearest(design: Design, axes: Sequence[Axis]) -> list[int]:
    """For each axis the candidate that a design has, else the one that differs in least."""
    picks = []
    for axis in axes:
        own = dict(design.of_layer(axis.layer).items)
        distances = [sum(own.get(key) != value for key, value in each.items) for each in axis.candidates]
        picks.append(int(np.argmin(distances)))
    return picks


def _with(design: Design, settings: dict[str, Settings]) -> Design:
    for layer, own in settings.items():
        for key, value in own.items:
            design = set_on_layers(design, (layer,), key, value)
    return design


def _described(before: Design, after: Design, flow: Flow, tensors: TensorStore | None, goal: Goal) -> Proposal:
    estimate = flow.estimate(after, tensors)
    fits = float(goal.shares(totals_of([estimate.total])).max()) <= 1
    met = goal.cycles is None or estimate.total.interval.value <= goal.cycles
    changes = tuple(_changes(before, after, flow))
    return Proposal(after, changes, flow.estimate(before, tensors), estimate, goal, fits, met)


def _changes(before: Design, after: Design, flow: Flow) -> list[Change]:
    found = []
    for name in after.network.order:
        for key, value in after.of_layer(name).items:
            if before.of_layer(name).get(key) == value:
                continue
            now = flow.resolve(before, name, key)
            if now is None or now.value != value:
                found.append(Change(name, key, now.value if now is not None else None, value))
    return found
