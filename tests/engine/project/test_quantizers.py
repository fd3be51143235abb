"""Every field of a quantiser survives a project file."""

from dataclasses import fields, replace

import pytest

from engine.network import Network
from engine.precision.quantizer import Quantizer, QuantizerKind
from engine.project import design_from_json, design_to_json
from tests.samples import jet_tagger

CHANGED = {
    "kind": QuantizerKind.TERNARY,
    "bits": 5,
    "integer": 2,
    "signed": False,
    "symmetric": True,
    "alpha": 0.5,
    "threshold": 0.25,
    "slope": 0.125,
    "real": True,
    "maximum": 4.0,
    "quadratic": True,
    "floor": True,
}


@pytest.mark.parametrize("name", [item.name for item in fields(Quantizer)])
def test_a_changed_field_comes_back(name):
    quantizer = replace(Quantizer(QuantizerKind.BITS), **{name: CHANGED[name]})
    design = jet_tagger()
    layers = tuple(
        replace(layer, quantizers=(("kernel", quantizer),)) if layer.name == "fc1" else layer
        for layer in design.network.layers
    )
    design = replace(design, network=Network(layers))
    assert design_from_json(design_to_json(design)) == design
