"""Many foldings of one network at once: what each layer's candidates take is looked up, then added in arrays."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.design import MULTIPLIERS, Design
from engine.estimate import QUANTITIES, Axis, Picks, SweepError, Totals
from engine.flows.finn.choices import FOLDS, MEMORY, RAM, WINDOW_RAM, Choices
from engine.flows.finn.doubt import FF_DOUBT, LUT_DOUBT, Doubt, ram_doubt
from engine.flows.finn.folded import Folded, folded_after, follows, readers_of
from engine.flows.finn.latency import ends
from engine.flows.finn.parts import part
from engine.flows.finn.planner import Built
from engine.flows.finn.unit import Unit
from engine.flows.finn.wires import wire_between

KEYS = (*FOLDS, MEMORY, RAM, WINDOW_RAM, MULTIPLIERS)
"""What may vary: settings that leave the units as they are."""
_PIECES = ("lut", "ff", "dsp", "bram18", "uram", "guessed")
"""In the order of RESOURCES, and what of the first two is guessed."""
_EXACT: Doubt = (0.0, 0.0)

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class _Table:
    """One unit in all candidates of the axis that folds it: pieces (6, candidates) and cycles (candidates,)."""

    unit: Unit
    axis: int
    variants: tuple[Folded, ...]
    pieces: Array
    cycles: Array

    def column(self, picks: Picks) -> NDArray[np.intp]:
        """The candidate of each setting."""
        return picks[:, self.axis] if self.axis >= 0 else np.zeros(len(picks), np.intp)


class FoldingSweep:
    """A design whose layers are folded in many ways. Raises SweepError for what would change its units."""

    def __init__(self, design: Design, axes: Sequence[Axis], built: Built) -> None:
        _check(design, axes)
        self._design, self._axes, self._built = design, axes, built
        self._tables = _tables(design, axes, built)
        depths = dict(design.fifo_depths)
        self._wires = [
            (self._tables[name], table, _wire_pieces(self._tables[name], table, depths))
            for table in self._tables.values()
            for name in table.unit.inputs
        ]

    def totals(self, picks: Picks) -> Totals:
        """Totals of settings, one row of candidates each."""
        if picks.ndim != 2 or picks.shape[1] != len(self._axes):
            raise SweepError(f"Settings of {len(self._axes)} layers are rows of as many numbers.")
        layers: dict[str, Array] = {}
        cycles: dict[str, Array] = {}
        for name, table in self._tables.items():
            column = table.column(picks)
            cycles[name] = table.cycles[column]
            _add(layers, table.unit.layer, table.pieces[:, column])
        for writer, reader, pieces in self._wires:
            _add(layers, reader.unit.layer, pieces[:, writer.column(picks), reader.column(picks)])
        return _totals([table.unit for table in self._tables.values()], layers, cycles, len(picks))


def _add(layers: dict[str, Array], name: str, pieces: Array) -> None:
    layers[name] = layers[name] + pieces if name in layers else pieces


def _check(design: Design, axes: Sequence[Axis]) -> None:
    for axis in axes:
        _ = design.network[axis.layer]
        others = {key for candidate in axis.candidates for key, _ in candidate.items} - set(KEYS)
        if others:
            raise SweepError(f"FINN designs are swept over folding, memories and multipliers, not {sorted(others)[0]}.")
        if not axis.candidates:
            raise SweepError(f"'{axis.layer}' has no candidates.")


def _tables(design: Design, axes: Sequence[Axis], built: Built) -> dict[str, _Table]:
    owner = _owners(axes, built)
    readers, choices = readers_of(built.plan), Choices(design)
    variants: dict[str, list[Folded]] = {unit.name: [] for unit in built.plan.units}
    for place, axis in enumerate(axes):
        mine = [unit for unit in built.plan.units if owner[unit.name] == place]
        for candidate in axis.candidates:
            chosen = choices.with_(axis.layer, candidate)
            for name, each in folded_after(mine, readers, design.network, chosen, built.folded).items():
                variants[name].append(each)
    for name, each in built.folded.items():
        variants[name] = variants[name] or [each]
    return {unit.name: _table(unit, owner[unit.name], tuple(variants[unit.name])) for unit in built.plan.units}


def _owners(axes: Sequence[Axis], built: Built) -> dict[str, int]:
    """The axis that folds each unit: that of its layer, or of what it follows; −1 for none."""
    places = {axis.layer: place for place, axis in enumerate(axes)}
    found: dict[str, int] = {}
    for unit in built.plan.units:
        own = places.get(unit.layer, -1)
        inherits = own < 0 and follows(unit) and unit.inputs
        found[unit.name] = found[unit.inputs[0]] if inherits else own
    return found


def _table(unit: Unit, axis: int, variants: tuple[Folded, ...]) -> _Table:
    parts = [part(each) for each in variants]
    pieces = np.array([[getattr(each, name) for each in parts] for name in _PIECES], float)
    return _Table(unit, axis, variants, pieces, np.array([each.cycles for each in parts], float))


def _wire_pieces(writer: _Table, reader: _Table, depths: Mapping[str, int]) -> Array:
    """Pieces of a stream for each candidate of both its ends; those whose words are alike are worked out once."""
    writers, rows = _alike([(each.lanes_out, each) for each in writer.variants])
    readers, columns = _alike([(each.lanes_in, each) for each in reader.variants])
    wires = [[wire_between(one, other, depths) for other in readers] for one in writers]
    alike = np.array([[(wire.luts, wire.luts, 0, wire.bram18, 0, 0) for wire in row] for row in wires], float)
    pieces: Array = np.moveaxis(alike, -1, 0)[:, rows[:, None], columns]
    return pieces


def _alike(variants: Sequence[tuple[int, Folded]]) -> tuple[list[Folded], NDArray[np.intp]]:
    """One variant for each number of lanes, and for each variant the place of that one."""
    lanes = dict(variants)
    places = {each: place for place, each in enumerate(lanes)}
    return list(lanes.values()), np.array([places[each] for each, _ in variants])


def _totals(units: list[Unit], layers: dict[str, Array], cycles: dict[str, Array], settings: int) -> Totals:
    found = np.zeros((3, len(QUANTITIES), settings))
    each = (
        np.array([pieces for name, pieces in layers.items() if name])
        if layers
        else np.zeros((1, len(_PIECES), settings))
    )
    for row, doubts in enumerate(_doubts(units, [name for name in layers if name])):
        found[:, row] = _summed(each[:, row], each[:, -1] if _PIECES[row] in ("lut", "ff") else 0.0, doubts)
    busy = np.array(list(cycles.values()))
    slowest, bound = busy.max(axis=0), busy.sum(axis=0)
    end = np.minimum(np.maximum(ends(units, cycles), slowest), bound)
    found[:, 5] = end, slowest, bound
    found[:, 6] = slowest
    return Totals(*found)


def _doubts(units: list[Unit], layers: list[str]) -> tuple[list[Doubt], ...]:
    """For each resource, the doubt of each layer."""
    count = max(len(layers), 1)
    exact = [_EXACT] * count
    rams = [ram_doubt(unit for unit in units if unit.layer == name) for name in layers] or exact
    return [LUT_DOUBT] * count, [FF_DOUBT] * count, exact, rams, exact


def _summed(values: Array, guessed: Array | float, doubts: list[Doubt]) -> Array:
    """As `engine.estimate.total`: deviations half correlated, half independent. What is guessed may be nothing."""
    whole = values.sum(axis=0)
    below, above = (values * np.array(side)[:, None] for side in zip(*doubts, strict=True))
    below = below + guessed * (1 - np.array(doubts)[:, :1])
    return np.stack([whole, whole - _spread(below), whole + _spread(above)])


def _spread(deviations: Array) -> Array:
    found: Array = (deviations.sum(axis=0) + np.sqrt((deviations**2).sum(axis=0))) / 2
    return found
