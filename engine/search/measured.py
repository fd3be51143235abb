"""For flows that estimate one by one: each layer's candidates are tried alone, and what they change is added."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from engine.design import Design, Settings
from engine.estimate import QUANTITIES, RESOURCES, Axis, Cost, Picks, Totals, picked
from engine.flows.flow import Flow
from engine.network import TensorStore

MOST_EACH = 7
"""Candidates of one layer: an estimate of such a flow takes a few hundredths of a second."""

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
        return Totals(found.T, found.T, found.T)


def _few(axis: Axis) -> tuple[Settings, ...]:
    count = len(axis.candidates)
    if count <= MOST_EACH:
        return axis.candidates
    places = np.unique(np.linspace(0, count - 1, MOST_EACH).round().astype(int))
    return tuple(axis.candidates[place] for place in places)


def _numbers(cost: Cost) -> Array:
    values = [*(cost.resource(name).value for name in RESOURCES), cost.latency.value, cost.interval.value]
    return np.array(values, float)
