"""Layers that have no weights yet."""

from engine.network import Network


def without_weights(network: Network) -> tuple[str, ...]:
    """Layers that lack weights."""
    needed = {layer.name: layer.op.weight_shapes(network.input_shapes(layer.name) or ()) for layer in network.layers}
    return tuple(name for name, roles in needed.items() if any(network[name].weight(role) is None for role in roles))
