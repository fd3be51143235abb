"""How many bits weights take."""

from engine.design import BIAS, set_on_layers
from engine.flows.weight_bits import weight_bits
from engine.precision import FixedType
from tests.samples import jet_tagger


def test_every_weight_counts_with_the_width_of_its_type(store):
    design = jet_tagger(store)
    names = ("fc1", "fc2", "fc3", "fc4")
    design = set_on_layers(design, names, BIAS, FixedType(10, 3))
    kernels, biases = 16 * 64 + 64 * 32 + 32 * 32 + 32 * 5, 64 + 32 + 32 + 5
    assert weight_bits(design) == 6 * kernels + 10 * biases
