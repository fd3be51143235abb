"""Networks that take data of a shape."""

from engine.network import Layer, Network
from engine.network.kinds import Dense, Flatten, Input


def network(shape, outputs):
    """An input, flattened, and a dense layer."""
    layers = (
        Layer("x", Input(shape=shape)),
        Layer("flat", Flatten(), ("x",)),
        Layer("out", Dense(units=outputs), ("flat",)),
    )
    return Network(layers)
