"""For flows that estimate one by one: each layer's candidates are tried alone, and what they change is added."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from engine.design import Design, Settings
from engine.estimate import QUANTITIES, RESOURCES, Axis, Cost, Picks, Totals, picked
from engine.flows.flow import Flow
from engine.network import TensorStore
from engine.search.totals import numbers

MOST_EACH = 14
"""Candidates of one layer: each module is made once, which takes a hundredth of a second."""
_ALIKE = 0.02
"""Shares by which sums may be off without another search."""

Array = NDArray[np.float64]


def thinned(axes: Sequence[Axis]) -> tuple[Axis, ...]:
    """The same layers with few of their candidates, evenly, the ends included."""
    return tuple(Axis(axis.layer, _few(axis)) for axis in axes)


class MeasuredSweep:
    """Sums of differences; the interval is that of the slowest layer. Exact where layers do not touch each other."""

    def __init__(self, design: Design, axes: Sequence[Axis], flow: Flow, tensors: TensorStore | None) -> None:
        base = flow.estimate(picked(design, axes, [0] * len(axes)), tensors)
        self._base = numbers(base.total)
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
                changes.append(numbers(found.total) - self._base)
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
        foretold, found = self.totals(picks[None, :]).value[:count, 0], numbers(cost)[:count]
        ratios = (found + 1) / (np.maximum(foretold, 0) + 1)
        self._scales[:count] *= ratios
        return bool((np.abs(ratios - 1) > _ALIKE).any())


def _few(axis: Axis) -> tuple[Settings, ...]:
    count = len(axis.candidates)
    if count <= MOST_EACH:
        return axis.candidates
    places = np.unique(np.linspace(0, count - 1, MOST_EACH).round().astype(int))
    return tuple(axis.candidates[place] for place in places)
