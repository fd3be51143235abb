"""FINN's own folding rule, on the cases of its tests."""

import pytest

from engine.flows.finn.cost import matrix
from engine.flows.finn.cost.matrix import Folding, Matrix
from engine.flows.finn.set_folding import matrix_folding


@pytest.mark.parametrize(
    ("rate", "simd", "pe", "cycles"), [(30, 1, 1, 16_384), (100_000, 16, 1, 1_024), (10_000_000, 8, 128, 16)]
)
def test_layers_of_128_by_128_at_5_ns(rate, simd, pe, cycles):
    """`test_set_folding.py`: four bits a weight."""
    layer = Matrix(128, 128, 1, 4, 4, False)
    folding = matrix_folding(layer, 1e9 / 5 / rate)
    assert folding == Folding(pe, simd)
    assert matrix.cycles(layer, folding) == cycles


@pytest.mark.parametrize(("inputs", "outputs", "simd", "pe"), [(490, 256, 10, 32), (256, 256, 8, 32), (256, 12, 8, 1)])
def test_kws_at_500_cycles(inputs, outputs, simd, pe):
    assert matrix_folding(Matrix(inputs, outputs, 1, 3, 3, False), 500) == Folding(pe, simd)
