"""How large a network is: parameters and multiply-accumulates."""

from dataclasses import dataclass
from math import prod

from engine.network.network import Network


@dataclass(frozen=True, slots=True)
class Counts:
    """Sizes of one layer or of a whole network."""

    parameters: int = 0
    macs: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(self.parameters + other.parameters, self.macs + other.macs)


def layer_counts(network: Network, name: str) -> Counts:
    """Trained values and multiply-accumulates of one layer; zeros while its shapes are unknown."""
    shapes = network.input_shapes(name)
    if shapes is None:
        return Counts()
    op = network[name].op
    return Counts(sum(prod(shape) for shape in op.weight_shapes(shapes).values()), op.macs(shapes))


def network_counts(network: Network) -> Counts:
    """Sum over all layers."""
    return sum((layer_counts(network, layer.name) for layer in network.layers), Counts())
