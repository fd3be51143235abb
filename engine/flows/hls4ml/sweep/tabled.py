"""A design's settings evaluated at once: each built layer's costs are looked up, then added up in arrays."""

from collections.abc import Sequence
from math import prod

import numpy as np
from numpy.typing import NDArray

from engine.design import Design
from engine.estimate import QUANTITIES, Axis, Picks, SweepError, Totals
from engine.flows.hls4ml.cost.live import in_logic, live_channels
from engine.flows.hls4ml.cost.site import Site
from engine.flows.hls4ml.fifos import chosen_depths
from engine.flows.hls4ml.hardware import Builder
from engine.flows.hls4ml.sweep.sums import Looked, total_cost
from engine.flows.hls4ml.sweep.tables import Array, table_of
from engine.flows.hls4ml.sweep.variants import variants_of
from engine.network import TensorStore

_AT_ONCE = 8192
"""Settings that fit the processor's cache together."""

Columns = NDArray[np.intp]


class TabledSweep:
    """A design with layers that vary. Raises SweepError where settings cannot be looked up one layer at a time."""

    def __init__(
        self, design: Design, axes: Sequence[Axis], builder: Builder, site: Site, tensors: TensorStore | None
    ) -> None:
        _check(design, axes)
        plan, variants = variants_of(design, axes, builder)
        depths = chosen_depths(plan, design.fifo_depths)
        owners = {name: place for place, name in enumerate(dict.fromkeys(node.layer.name for node in plan.nodes))}
        # What some setting keeps in memories counts as read in all of them.
        constant = {each.node.name: all(map(in_logic, each.units)) for each in variants}
        live = {} if site.stream else live_channels(plan, tensors, constant.__getitem__)
        self._site = site
        self._axes = len(axes)
        self._tables = [
            table_of(
                each,
                owners[node.layer.name],
                site,
                tensors,
                (plan.readers[node.name], depths.get(node.name, ())),
                live.get(node.name),
            )
            for node, each in zip(plan.nodes, variants, strict=True)
        ]

    def totals(self, picks: Picks) -> Totals:
        """Totals of settings, one row of candidates each."""
        if picks.ndim != 2 or picks.shape[1] != self._axes:
            raise SweepError(f"Settings of {self._axes} layers are rows of as many numbers, not of {picks.shape[-1]}.")
        found = np.zeros((3, len(QUANTITIES), len(picks)))
        for start in range(0, len(picks) if self._tables else 0, _AT_ONCE):
            part = slice(start, start + _AT_ONCE)
            found[:, :, part] = self._part(picks[part])
        return Totals(*found)

    def _part(self, picks: Picks) -> Array:
        columns = self._columns(picks)
        in_steps = np.zeros(len(picks), bool)
        for table, column in zip(self._tables, columns, strict=True):
            in_steps |= table.in_steps[column]
        if self._site.stream or in_steps.all():
            return self._summed(columns, len(picks), pipelined=False)
        if not in_steps.any():
            return self._summed(columns, len(picks), pipelined=True)
        found = np.empty((3, len(QUANTITIES), len(picks)))
        found[:, :, in_steps] = self._part(picks[in_steps])
        found[:, :, ~in_steps] = self._part(picks[~in_steps])
        return found

    def _columns(self, picks: Picks) -> list[Columns]:
        """The variant of each built layer: one number for all settings where there is but one."""
        found: list[Columns] = []
        outputs: list[Columns] = []
        for table in self._tables:
            its = table.variants
            column = np.zeros(1, np.intp)
            if prod(its.sizes) > 1:
                chosen = [picks[:, axis] for axis in its.axes] + [outputs[place] for place in its.inputs]
                for size, each in zip(its.sizes, chosen, strict=True):
                    column = column * size + each
            found.append(column)
            outputs.append(its.output[column] if len(its.outputs) > 1 else np.zeros(1, np.intp))
        return found

    def _summed(self, columns: list[Columns], settings: int, *, pipelined: bool) -> Array:
        pairs = zip(self._tables, columns, strict=True)
        looked = [Looked(table, column, table.costs[pipelined].take(column, axis=1)) for table, column in pairs]
        return total_cost(looked, settings, self._site, pipelined=pipelined)


def _check(design: Design, axes: Sequence[Axis]) -> None:
    names = [axis.layer for axis in axes]
    for axis in axes:
        _ = design.network[axis.layer]
        if not axis.candidates:
            raise SweepError(f"'{axis.layer}' has no candidates.")
    if len(set(names)) < len(names):
        raise SweepError("A layer varies once: put its settings together into its candidates.")
