"""Estimates beside nine builds that others published."""

import pytest

from engine.flows.registry import flow
from tests.benchmarks.finn.published import RESOURCES, design, reports

FINN = flow("finn")


@pytest.mark.parametrize("name", reports())
def test_a_published_build_takes_about_what_is_estimated(name):
    said, estimate = reports()[name], FINN.estimate(design(name), None)
    assert set(said) <= {layer.name for layer in estimate.layers}
    whole = dict(zip(RESOURCES, map(sum, zip(*said.values(), strict=True)), strict=True))
    for resource in ("LUT", "FF", "BRAM18"):
        quantity = estimate.total.resource(resource)
        assert quantity.low <= whole[resource] <= quantity.high, resource
    assert estimate.total.lut.value == pytest.approx(whole["LUT"], rel=0.5)
    assert estimate.total.dsp.value == pytest.approx(whole["DSP"], abs=1)


@pytest.mark.parametrize("resource", ["LUT", "FF", "BRAM18"])
def test_most_layers_lie_in_their_intervals(resource):
    hits = []
    for name, layers in reports().items():
        estimate = FINN.estimate(design(name), None)
        for layer, row in layers.items():
            quantity = estimate.of(layer).resource(resource)
            hits.append(quantity.low <= row[RESOURCES.index(resource)] <= quantity.high)
    assert len(hits) == 44
    assert sum(hits) / len(hits) > 0.8
