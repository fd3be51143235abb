"""Weights of a few values, which hardware multiplies by without multipliers, as an edit of a design."""

from collections.abc import Iterable
from dataclasses import replace

from engine.design.design import Design, set_on_layers, with_network
from engine.design.errors import DesignError
from engine.design.settings import WEIGHT
from engine.network import Layer, Network
from engine.precision.quantizer import Quantizer, QuantizerKind

FEW_VALUES = {
    "binary": Quantizer(QuantizerKind.BINARY, 1, alpha=1.0),
    "ternary": Quantizer(QuantizerKind.TERNARY, 2, alpha=1.0),
    "power_of_two": Quantizer(QuantizerKind.POWER_OF_TWO, 4),
}
"""−1 and 1; −1, 0 and 1; a sign and one of eight exponents."""
_ROLES = ("kernel", "depthwise", "pointwise")


def quantise_weights(design: Design, names: Iterable[str], quantizer: Quantizer | None) -> Design:
    """The layers' weights by this quantiser in place of a chosen type; None: by none.

    Layers without products keep what they have. Raises DesignError if no layer is left.
    """
    chosen = tuple(name for name in names if design.network[name].op.GROUP in ("dense", "conv"))
    if not chosen:
        raise DesignError("Only weights of dense layers and convolutions can be binary, ternary or powers of two.")
    layers = (
        _quantised(design, layer, quantizer) if layer.name in chosen else layer for layer in design.network.layers
    )
    found = with_network(design, Network(tuple(layers)))
    for key in (WEIGHT, *_ROLES[1:]):
        found = set_on_layers(found, chosen, key, None)
    return found


def _quantised(design: Design, layer: Layer, quantizer: Quantizer | None) -> Layer:
    shapes = layer.op.weight_shapes(design.network.input_shapes(layer.name) or ())
    others = tuple((role, each) for role, each in layer.quantizers if role not in _ROLES)
    own = tuple((role, quantizer) for role in _ROLES if role in shapes and quantizer is not None)
    return replace(layer, quantizers=(*own, *others))
