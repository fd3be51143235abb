"""Weights of a few values, as an edit."""

import pytest

from engine.design import WEIGHT, DesignError, set_on_layers
from engine.design.quantise import FEW_VALUES, quantise_weights
from engine.emulate.data import random_samples
from engine.flows.hls4ml.golden import evaluate
from engine.precision import FixedType
from engine.training.held import Arithmetic
from tests.samples import jet_tagger


@pytest.mark.parametrize("kind", FEW_VALUES)
def test_weights_of_few_values_take_the_place_of_a_chosen_type(store, kind):
    design = set_on_layers(jet_tagger(store), ("fc1",), WEIGHT, FixedType(4, 1))
    few = quantise_weights(design, ("fc1", "relu1"), FEW_VALUES[kind])
    assert Arithmetic(few).weight(few.network["fc1"], "kernel").quantizer == FEW_VALUES[kind]
    assert few.network["fc2"] == design.network["fc2"]
    samples = random_samples(few.network, {}, 20)
    (ours,), (theirs,) = (evaluate(each, store, samples).outputs.values() for each in (few, design))
    assert (ours != theirs).any()
    again = quantise_weights(few, ("fc1",), None)
    assert again.network == design.network
    assert Arithmetic(again).weight(again.network["fc1"], "kernel").quantizer is None
    assert Arithmetic(again).weight(again.network["fc1"], "kernel").type != FixedType(4, 1)


def test_layers_without_products_have_no_such_weights(store):
    with pytest.raises(DesignError, match="Only weights of dense layers and convolutions"):
        quantise_weights(jet_tagger(store), ("relu1",), FEW_VALUES["binary"])
