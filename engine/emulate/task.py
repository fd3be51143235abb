"""What a network is asked for, told by its shapes."""

from collections.abc import Mapping
from math import prod
from typing import Any

from numpy.typing import NDArray

from engine.network import Network

Array = NDArray[Any]


def reconstructs(network: Network) -> bool:
    """Whether the output is an input anew, as an autoencoder's is: its largest value is no answer."""
    inputs = {network.shapes[name] for name in network.inputs}
    return any(network.shapes[name] in inputs for name in network.outputs)


def output_values(network: Network) -> int:
    """How many values the outputs have together."""
    return sum(prod(network.shapes[name] or ()) for name in network.outputs)


def restored(inputs: Mapping[str, Array], network: Network) -> Array | None:
    """What an autoencoder of one output shall yield: the input that has its shape. None for any other network."""
    if not reconstructs(network) or len(network.outputs) != 1:
        return None
    wanted = network.shapes[network.outputs[0]]
    return next(values for name, values in inputs.items() if network.shapes[name] == wanted)
