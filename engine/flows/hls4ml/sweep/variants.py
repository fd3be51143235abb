"""Every variant of every built layer that a sweep can meet: its own candidates, times the types that may reach it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from math import prod

import numpy as np
from numpy.typing import NDArray

from engine.design import Design
from engine.estimate import Axis, SweepError, picked
from engine.flows.hls4ml.choices import Choice, model_precision
from engine.flows.hls4ml.hardware import Builder, Unit
from engine.flows.hls4ml.nodes import Node, Plan
from engine.flows.hls4ml.types import PASSED_ON
from engine.precision import FixedType

MOST_VARIANTS = 20_000
"""Of one built layer; each is judged once."""


@dataclass(frozen=True, slots=True, eq=False)
class Variants:
    """One built layer in all its variants: numbered by the picks of some axes, then by what it reads."""

    node: Node
    units: tuple[Unit, ...]
    axes: tuple[int, ...]
    inputs: tuple[int, ...]
    """Places of the built layers that it reads."""
    sizes: tuple[int, ...]
    """Candidates of each of the axes, then outputs that each of the inputs may have."""
    output: NDArray[np.intp]
    """For each variant the number of its output: variants of one output look alike to what reads them."""
    outputs: tuple[Unit, ...]
    """One variant of each output."""


def variants_of(design: Design, axes: Sequence[Axis], builder: Builder) -> tuple[Plan, list[Variants]]:
    """The built layers of a design in order. Raises SweepError where they differ from candidate to candidate."""
    choices, plan = builder.lowered(picked(design, axes, [0] * len(axes)))
    candidates = {axis.layer: _candidates(design, axes, place, builder, plan) for place, axis in enumerate(axes)}
    builds = _Builds(design, builder, {**{name: (choice,) for name, choice in choices.items()}, **candidates})
    place_of_axis = {axis.layer: place for place, axis in enumerate(axes)}
    found: list[Variants] = []
    places: dict[str, int] = {}
    for node in plan.nodes:
        names = [name for name in dict.fromkeys((node.layer.name, node.copies)) if name in candidates]
        inputs = tuple(places[name] for name in node.inputs)
        found.append(builds.of(node, names, tuple(place_of_axis[name] for name in names), inputs, found))
        places[node.name] = len(found) - 1
    return plan, found


def _candidates(design: Design, axes: Sequence[Axis], place: int, builder: Builder, plan: Plan) -> tuple[Choice, ...]:
    """What each candidate of an axis comes to. Lowering asks each layer by itself, so none may change its answer."""
    name, found = axes[place].layer, []
    for number in range(len(axes[place].candidates)):
        picks = [number if each == place else 0 for each in range(len(axes))]
        choices, lowered = builder.lowered(picked(design, axes, picks))
        if lowered is not plan:
            raise SweepError(
                f"Some candidates of '{name}' change which layers are built. Set its types in the design first, or "
                "leave it out."
            )
        found.append(choices[name])
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Builds:
    design: Design
    builder: Builder
    candidates: dict[str, tuple[Choice, ...]]

    def of(
        self, node: Node, names: list[str], axes: tuple[int, ...], inputs: tuple[int, ...], before: list[Variants]
    ) -> Variants:
        read = [before[place].outputs for place in inputs]
        sizes = (*(len(self.candidates[name]) for name in names), *map(len, read))
        if prod(sizes) > MOST_VARIANTS:
            raise SweepError(
                f"{prod(sizes):,} variants of '{node.layer.name}', as so many types may reach it, limit "
                f"{MOST_VARIANTS:,}. Set result types, or vary fewer types."
            )
        units: list[Unit] = []
        numbers: list[int] = []
        outputs: dict[tuple[FixedType, FixedType, int], tuple[int, Unit]] = {}
        for picks in product(*map(range, sizes)):
            chosen = dict(zip(names, picks, strict=False))
            sources = [options[pick] for options, pick in zip(read, picks[len(names) :], strict=True)]
            unit = self._unit(node, chosen, sources)
            units.append(unit)
            key = (unit.types.get(PASSED_ON) or unit.types["result"], unit.reach, unit.lanes)
            numbers.append(outputs.setdefault(key, (len(outputs), unit))[0])
        alike = tuple(unit for _, unit in outputs.values())
        return Variants(node, tuple(units), axes, inputs, sizes, np.array(numbers, np.intp), alike)

    def _unit(self, node: Node, chosen: dict[str, int], sources: list[Unit]) -> Unit:
        copied = self.candidates[node.copies][chosen.get(node.copies, 0)].type("result") if node.copies else None
        choice = self.candidates[node.layer.name][chosen.get(node.layer.name, 0)]
        given = (model_precision(self.design), copied)
        return self.builder.unit(node, choice, sources, given, self.design.target.io_type)
