"""For flows that estimate one by one: each layer's candidates are tried alone, and what they change is added.

Sums mislead where layers touch each other: they are scaled to what an estimate says of the best of them, and the last
steps are estimated one by one.
"""

from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from engine.design import Design, Settings
from engine.estimate import QUANTITIES, RESOURCES, Axis, Cost, Picks, Totals, picked
from engine.flows.flow import Flow
from engine.network import TensorStore
from engine.search.climb import search
from engine.search.goal import Goal, best, better

MOST_EACH = 14
"""Candidates of one layer: each module is made once, which takes a hundredth of a second."""
_ALIKE = 0.02
"""Shares by which sums may be off without another search."""
_SEARCHES, _STEPS = 5, 12
"""How often sums are searched, and steps taken, at most."""

Array = NDArray[np.float64]


def thinned(axes: Sequence[Axis]) -> tuple[Axis, ...]:
    """The same layers with few of their candidates, evenly, the ends included."""
    return tuple(Axis(axis.layer, _few(axis)) for axis in axes)


class MeasuredSweep:
    """Sums of differences; the interval is that of the slowest layer. Exact where layers do not touch each other."""

    def __init__(self, design: Design, axes: Sequence[Axis], flow: Flow, tensors: TensorStore | None) -> None:
        base = flow.estimate(picked(design, axes, [0] * len(axes)), tensors)
        self._base = _numbers(base.total)
        names = {axis.layer for axis in axes}
        others = [layer.cost.interval.value for layer in base.layers if layer.name not in names]
        self._others = max(others, default=0.0)
        self._scales: Array = np.ones(len(QUANTITIES))
        self._changes: list[Array] = []
        self._paces: list[Array] = []
        for place, axis in enumerate(axes):
            changes, paces = [], []
            for number in range(len(axis.candidates)):
                picks = [number if each == place else 0 for each in range(len(axes))]
                found = flow.estimate(picked(design, axes, picks), tensors) if number else base
                changes.append(_numbers(found.total) - self._base)
                paces.append(found.of(axis.layer).interval.value)
            self._changes.append(np.array(changes))
            self._paces.append(np.array(paces, float))

    def totals(self, picks: Picks) -> Totals:
        """Totals of settings; without intervals of their own."""
        found = np.tile(self._base, (len(picks), 1))
        pace = np.full(len(picks), self._others)
        for place, (changes, paces) in enumerate(zip(self._changes, self._paces, strict=True)):
            found += changes[picks[:, place]]
            pace = np.maximum(pace, paces[picks[:, place]])
        found[:, QUANTITIES.index("interval")] = pace
        found *= self._scales
        return Totals(found.T, found.T, found.T)

    def scale(self, picks: Picks, cost: Cost) -> bool:
        """Bring resources to what an estimate says of a setting; whether they were far from it."""
        count = len(RESOURCES)
        foretold, found = self.totals(picks[None, :]).value[:count, 0], _numbers(cost)[:count]
        ratios = (found + 1) / (np.maximum(foretold, 0) + 1)
        self._scales[:count] *= ratios
        return bool((np.abs(ratios - 1) > _ALIKE).any())


def refined(
    sweep: MeasuredSweep, axes: Sequence[Axis], goal: Goal, known: Picks, cost: Callable[[Picks], Cost]
) -> Picks:
    """The best setting by estimates of what the sums of a sweep find, and around it."""
    found: list[Picks] = []
    costs: list[Cost] = []
    for _ in range(_SEARCHES):
        found.append(search(sweep, axes, goal, known))
        costs.append(cost(found[-1]))
        if not sweep.scale(found[-1], costs[-1]):
            break
    place = best(goal.keys(_totals(costs)))
    return _stepped(axes, found[place], goal, costs[place], cost)


def _stepped(axes: Sequence[Axis], now: Picks, goal: Goal, its: Cost, cost: Callable[[Picks], Cost]) -> Picks:
    """From a setting on, the layer that is folded a step more or less and helps most, as long as one does."""
    key = goal.keys(_totals([its]))[:, 0].tolist()
    for _ in range(_STEPS):
        around = list(_around(axes, now))
        keys = goal.keys(_totals([cost(each) for each in around]))
        place = best(keys)
        if not better(keys[:, place].tolist(), key):
            break
        now, key = around[place], keys[:, place].tolist()
    return now


def _around(axes: Sequence[Axis], picks: Picks) -> Iterator[Picks]:
    for place, axis in enumerate(axes):
        for pick in (picks[place] - 1, picks[place] + 1):
            if 0 <= pick < len(axis.candidates):
                beside = picks.copy()
                beside[place] = pick
                yield beside


def _totals(costs: Sequence[Cost]) -> Totals:
    numbers = np.array([_numbers(each) for each in costs]).T
    return Totals(numbers, numbers, numbers)


def _few(axis: Axis) -> tuple[Settings, ...]:
    count = len(axis.candidates)
    if count <= MOST_EACH:
        return axis.candidates
    places = np.unique(np.linspace(0, count - 1, MOST_EACH).round().astype(int))
    return tuple(axis.candidates[place] for place in places)


def _numbers(cost: Cost) -> Array:
    values = [*(cost.resource(name).value for name in RESOURCES), cost.latency.value, cost.interval.value]
    return np.array(values, float)
