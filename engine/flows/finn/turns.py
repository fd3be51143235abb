"""On one engine: when each unit works, and how long all layers take in turn."""

from collections.abc import Sequence
from dataclasses import replace
from math import ceil, prod

from engine.flows.finn.cost import simple, window
from engine.flows.finn.cost.matrix import Folding, Matrix
from engine.flows.finn.cost.window import Window
from engine.flows.finn.unit import Kind, Unit


def weight_words(layer: Matrix, folding: Folding) -> int:
    """Words of a layer's weights, those that it does not fill included. A depthwise channel has one PE to itself."""
    rows = layer.outputs if layer.depthwise else ceil(layer.outputs / folding.pe)
    return ceil(layer.inputs / folding.simd) * rows


def compute_cycles(units: Sequence[Unit], folding: Folding) -> int:
    """Cycles of all layers in turn; what surrounds a layer's products works beside them."""
    products: dict[str, int] = {}
    beside: dict[str, int] = {}
    turns = turns_of(units)
    for unit in units:
        turn = turns[unit.name]
        if unit.matrix is not None:
            products[turn] = products.get(turn, 0) + weight_words(unit.matrix, folding) * unit.matrix.pixels
        else:
            beside[turn] = max(beside.get(turn, 0), _cycles_beside(unit, folding))
    return sum(max(products.get(turn, 0), beside.get(turn, 0)) for turn in {*products, *beside})


def turns_of(units: Sequence[Unit]) -> dict[str, str]:
    """When each unit works: with its layer's products, else with those in front, whose words it takes."""
    multiplied = {unit.layer for unit in units if unit.matrix is not None}
    turns: dict[str, str] = {}
    for unit in units:
        turns[unit.name] = unit.layer if unit.layer in multiplied or not unit.inputs else turns[unit.inputs[0]]
    return turns


def _cycles_beside(unit: Unit, folding: Folding) -> int:
    if unit.kind is Kind.INPUT:
        return 0
    if unit.kind is Kind.WINDOW and unit.window is not None:
        return window.cycles(padded(unit.window, folding), folding.simd)
    words = ceil(unit.channels / folding.pe)
    if unit.kind is Kind.POOL and unit.window is not None:
        return simple.pool_cycles(words, unit.pixels, prod(unit.window.kernel), 1)
    return words * max(unit.pixels, unit.pixels_in)


def padded(shape: Window, folding: Folding) -> Window:
    """A sliding window whose pixels fill the engine's words."""
    return replace(shape, channels=ceil(shape.channels / folding.simd) * folding.simd)
