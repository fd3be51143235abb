"""The foldings of each layer that are worth trying: of those as quick, none that takes more of everything."""

from collections.abc import Iterator

import numpy as np

from engine.design import MULTIPLIERS, PE, SIMD, Design, Settings
from engine.estimate import Axis
from engine.flows.finn.choices import DEPTHWISE_PE, MEMORY, RAM, WINDOW_SIMD, Choices
from engine.flows.finn.cost import window
from engine.flows.finn.cost.matrix import WIDEST_WORD, Memory, Multipliers, Ram
from engine.flows.finn.folded import folded_after, legal, readers_of
from engine.flows.finn.parts import part
from engine.flows.finn.planner import Built
from engine.flows.finn.unit import Kind, Unit

_PIECES = ("lut", "dsp", "bram18", "uram")
_COSTS = 1 + len(_PIECES)
_RAMS = (Ram.AUTO, Ram.DISTRIBUTED)


def folding_axes(design: Design, built: Built) -> tuple[Axis, ...]:
    """Each layer with products or pooling windows, or thresholds on the input, in all foldings that nothing beats."""
    readers, choices = readers_of(built.plan), Choices(design)
    fed = {unit.name for unit in built.plan.units if set(unit.inputs) & set(design.network.inputs)}
    axes = []
    for name in design.network.order:
        units = [unit for unit in built.plan.units if unit.layer == name]
        costs: dict[Settings, tuple[int, ...]] = {}
        memory = choices.word(design.network[name], MEMORY) or Memory.DECOUPLED.value
        for candidate in _candidates(units, memory, fed):
            folded = folded_after(units, readers, design.network, choices.with_(name, candidate), built.folded)
            parts = [part(each) for each in folded.values()]
            pieces = (sum(getattr(each, key) for each in parts) for key in _PIECES)
            costs[candidate] = (max(each.cycles for each in parts), *pieces)
        if costs:
            axes.append(Axis(name, tuple(_unbeaten(costs))))
    return tuple(axes)


def _candidates(units: list[Unit], memory: str, fed: set[str]) -> Iterator[Settings]:
    """`fed`: units that read from outside, and so follow no other one's folding."""
    matrix = next((unit for unit in units if unit.matrix is not None and legal(unit, PE)), None)
    if matrix is None:
        alone = next((unit for unit in units if unit.kind is Kind.POOL or unit.name in fed), None)
        yield from (Settings(((PE, pe),)) for pe in (legal(alone, PE) if alone else ()))
        return
    half = next((unit for unit in units if legal(unit, DEPTHWISE_PE)), None)
    rams = _RAMS if memory == Memory.DECOUPLED else _RAMS[:1]
    for pe in legal(matrix, PE):
        for simd in _simds(matrix, pe):
            for multipliers in Multipliers:
                for ram in rams:
                    pairs = [(PE, pe), (SIMD, simd), (MULTIPLIERS, multipliers.value), (RAM, ram.value)]
                    yield Settings(tuple(sorted([*pairs, *_beside(units, matrix, half, pe, simd)])))


def _simds(matrix: Unit, pe: int) -> tuple[int, ...]:
    """Those whose words are not too wide; depthwise, one unless every channel is computed at once."""
    shape = matrix.matrix
    assert shape is not None
    if shape.depthwise and pe < shape.outputs:
        return (1,)
    widest = max(shape.input_bits, pe * shape.weight_bits)
    return tuple(simd for simd in legal(matrix, SIMD) if simd * widest <= WIDEST_WORD) or (1,)


def _beside(units: list[Unit], matrix: Unit, half: Unit | None, pe: int, simd: int) -> Iterator[tuple[str, int]]:
    """What else of the layer has to keep up: the least that is no slower than its products."""
    shape = matrix.matrix
    assert shape is not None
    cycles = (shape.inputs // simd) * (shape.outputs // pe) * shape.pixels
    if half is not None and half.matrix is not None:
        all_cycles = half.matrix.weights * half.matrix.pixels
        values = legal(half, DEPTHWISE_PE)
        yield DEPTHWISE_PE, next((value for value in values if all_cycles // value <= cycles), values[-1])
        return
    moving = next((unit for unit in units if legal(unit, WINDOW_SIMD)), None)
    if moving is not None and moving.window is not None and matrix.kind is Kind.MVAU:
        values, moved = legal(moving, WINDOW_SIMD), moving.window
        yield WINDOW_SIMD, next((value for value in values if window.cycles(moved, value) <= cycles), values[-1])


def _unbeaten(costs: dict[Settings, tuple[int, ...]]) -> Iterator[Settings]:
    """Those that no other one beats in cycles and all pieces; of equal ones the first."""
    kept = np.empty((len(costs), _COSTS))
    count = 0
    for candidate, cost in sorted(costs.items(), key=lambda item: item[1]):
        if not (kept[:count] <= cost).all(axis=1).any():
            kept[count] = cost
            count += 1
            yield candidate
