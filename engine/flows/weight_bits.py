"""How many bits a design's weights take."""

from math import prod

from engine.design import BIAS, WEIGHT, Design
from engine.flows.registry import flow
from engine.precision import FixedType

_KEYS = {"kernel": WEIGHT, "bias": BIAS}
"""Setting by the weight's role where the two have different names."""


def weight_bits(design: Design) -> int:
    """Bits of all weights and biases in the types that they are built with; merged norms count none."""
    built, total = flow(design.target.flow), 0
    for layer in design.network.layers:
        shapes = layer.op.weight_shapes(design.network.input_shapes(layer.name) or ())
        for role, shape in shapes.items():
            effective = built.resolve(design, layer.name, _KEYS.get(role, role))
            if effective is not None and isinstance(effective.value, FixedType):
                total += prod(shape) * effective.value.width
    return total
