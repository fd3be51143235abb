"""How FINN folds a design for a target: its SetFolding, layer by layer.

Source: FINN, `transformation/fpgadataflow/set_folding.py`. SIMD rises over the divisors until the target is met or the
weights of one PE get too wide, then PE rises; where one layer cannot meet it, all aim at what that layer achieves.
"""

from collections.abc import Callable, Iterable
from math import prod

from engine.design import PE, SIMD, Settings
from engine.flows.factors import divisors as divisors_of
from engine.flows.finn.choices import DEPTHWISE_PE, WINDOW_SIMD
from engine.flows.finn.cost import matrix, simple, thresholds, window
from engine.flows.finn.cost.matrix import Folding, Matrix
from engine.flows.finn.folded import legal
from engine.flows.finn.unit import DEPTHWISE, Kind, Unit

WIDEST = 36
"""Bits of one PE's weights at most, unless the target is met: FINN's `mvau_wwidth_max`."""
_BY_PE = (Kind.THRESHOLDING, Kind.POOL)


def set_folding(units: Iterable[Unit], target: float) -> dict[str, Settings]:
    """Settings by layer for a target in cycles an inference, which FINN wants to stay below."""
    folded = [unit for unit in units if unit.matrix is not None or unit.kind in (Kind.WINDOW, *_BY_PE)]
    first = {unit.name: _folding(unit, target) for unit in folded}
    achieved = max((_cycles(unit, first[unit.name]) for unit in folded), default=0)
    last = {unit.name: _folding(unit, achieved) for unit in folded} if achieved > target else first
    found: dict[str, Settings] = {}
    for unit in folded:
        settings = found.get(unit.layer, Settings())
        for key, value in _settings(unit, last[unit.name]):
            settings = settings.with_(key, value)
        found[unit.layer] = settings
    return found


def matrix_folding(layer: Matrix, target: float) -> Folding:
    """PE and SIMD of a matrix unit for a target."""
    simd, before = 1, 1
    for candidate in divisors_of(layer.inputs):
        before, simd = simd, candidate
        if matrix.cycles(layer, Folding(1, simd)) < target:
            break
        if layer.weight_bits * simd > WIDEST:
            simd = before
            break
    return Folding(
        _rising(divisors_of(layer.outputs), lambda pe: matrix.cycles(layer, Folding(pe, simd)), target), simd
    )


def _folding(unit: Unit, target: float) -> Folding:
    layer, shape = unit.matrix, unit.window
    if unit.kind in _BY_PE:
        return Folding(_rising(divisors_of(unit.channels), lambda pe: _cycles(unit, Folding(pe)), target))
    if layer is not None and not layer.depthwise:
        return matrix_folding(layer, target)
    if layer is not None:
        pe = _rising(divisors_of(layer.outputs), lambda pe: matrix.cycles(layer, Folding(pe)), target)
        if pe < layer.outputs or unit.name.endswith(DEPTHWISE) or matrix.cycles(layer, Folding(pe)) <= target:
            return Folding(pe)
        simds = divisors_of(layer.inputs)
        return Folding(pe, _rising(simds, lambda simd: matrix.cycles(layer, Folding(pe, simd)), target))
    assert shape is not None
    return Folding(simd=_rising(divisors_of(shape.channels), lambda simd: window.cycles(shape, simd), target))


def _rising(values: tuple[int, ...], cycles: Callable[[int], int], target: float) -> int:
    """The first value whose cycles are below the target, else the last one."""
    return next((value for value in values if cycles(value) < target), values[-1])


def _cycles(unit: Unit, folding: Folding) -> int:
    if unit.matrix is not None:
        return matrix.cycles(unit.matrix, folding)
    if unit.kind is Kind.THRESHOLDING:
        return thresholds.cycles(unit.channels, unit.pixels, folding.pe)
    assert unit.window is not None
    if unit.kind is Kind.POOL:
        return simple.pool_cycles(unit.channels, unit.pixels, prod(unit.window.kernel), folding.pe)
    return window.cycles(unit.window, folding.simd)


def _settings(unit: Unit, folding: Folding) -> list[tuple[str, int]]:
    pairs = ((PE, folding.pe), (SIMD, folding.simd), (DEPTHWISE_PE, folding.pe), (WINDOW_SIMD, folding.simd))
    return [(key, value) for key, value in pairs if legal(unit, key)]
