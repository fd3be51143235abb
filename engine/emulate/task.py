"""What a network is asked for, told by its shapes."""

from engine.network import Network


def reconstructs(network: Network) -> bool:
    """Whether the output is an input anew, as an autoencoder's is: its largest value is no answer."""
    inputs = {network.shapes[name] for name in network.inputs}
    return any(network.shapes[name] in inputs for name in network.outputs)
