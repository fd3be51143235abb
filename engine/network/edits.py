"""Edits of a network: pure functions that return a new one or raise a NetworkError."""

import re
from collections.abc import Iterable
from dataclasses import replace

from engine.network.errors import LayerNameError, WiringError
from engine.network.layer import UNCONNECTED, Layer
from engine.network.network import Network
from engine.network.op import Op

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_./\-]*")


def free_name(network: Network, wish: str) -> str:
    """`wish`, or `wish_2`, `wish_3`, ... if it is taken."""
    if wish not in network:
        return wish
    stem = re.sub(r"_\d+$", "", wish)
    number = 2
    while f"{stem}_{number}" in network:
        number += 1
    return f"{stem}_{number}"


def add_layer(network: Network, op: Op, name: str, sources: tuple[str, ...] = ()) -> Network:
    """Add a layer that reads `sources`; ports without one stay unconnected."""
    fewest = op.PORTS[0]
    inputs = sources + (UNCONNECTED,) * (fewest - len(sources))
    return Network((*network.layers, Layer(_checked_name(network, name), op, inputs)))


def insert_on_edge(network: Network, source: str, target: str, port: int, op: Op, name: str) -> Network:
    """Put a layer between two that are connected: it reads `source`, and `target` reads it.

    Weights whose shapes no longer fit are dropped downstream.
    """
    if _source_at(network, target, port) != source:
        raise WiringError(f"'{target}' does not read '{source}' at input {port + 1}.", target)
    inputs = (source,) + (UNCONNECTED,) * (op.PORTS[0] - 1)
    layer = Layer(_checked_name(network, name), op, inputs)
    changed = _rewired(network[target], port, name)
    layers = (changed if each.name == target else each for each in network.layers)
    return drop_unfitting_weights(Network((*layers, layer)))


def remove_layers(network: Network, names: Iterable[str]) -> Network:
    """Delete layers; whoever read one now reads its first input, if shapes allow, else has an open port.

    Deletion never fails for lack of a fitting shape: nothing is worse than a layer that cannot be deleted.
    """
    for name in names:
        network = _without(network, name)
    return network


def connect(network: Network, source: str, target: str, port: int) -> Network:
    """Let `target` read `source` at `port`; a port one past the last is added where the kind allows it.

    Weights whose shapes no longer fit are dropped, here and downstream.
    """
    _ = network[source]
    layer = network[target]
    if port == len(layer.inputs) and (layer.op.PORTS[1] is None or port < layer.op.PORTS[1]):
        layer = replace(layer, inputs=(*layer.inputs, UNCONNECTED))
    if not 0 <= port < len(layer.inputs):
        raise WiringError(f"'{target}' has no input {port + 1}.", target)
    return drop_unfitting_weights(_replaced(network, _rewired(layer, port, source)))


def disconnect(network: Network, target: str, port: int) -> Network:
    """Open one port of `target`; a surplus port disappears."""
    layer = network[target]
    _source_at(network, target, port)
    if len(layer.inputs) > layer.op.PORTS[0]:
        inputs = layer.inputs[:port] + layer.inputs[port + 1 :]
        return drop_unfitting_weights(_replaced(network, replace(layer, inputs=inputs)))
    return _replaced(network, _rewired(layer, port, UNCONNECTED))


def replace_op(network: Network, name: str, op: Op) -> Network:
    """Change a layer's parameters. Weights whose shapes no longer fit are dropped, here and downstream."""
    return drop_unfitting_weights(_replaced(network, replace(network[name], op=op)))


def rename(network: Network, name: str, new: str) -> Network:
    """Give a layer another name, also where it is read."""
    if name == new:
        return network
    _checked_name(network, new)
    _ = network[name]
    return Network(
        tuple(
            replace(
                layer,
                name=new if layer.name == name else layer.name,
                inputs=tuple(new if source == name else source for source in layer.inputs),
            )
            for layer in network.layers
        )
    )


def paste(network: Network, layers: tuple[Layer, ...]) -> tuple[Network, dict[str, str]]:
    """Add copies of layers under free names; edges among them stay, others are opened.

    Returns the network and the new name of each.
    """
    names: dict[str, str] = {}
    result = network
    for layer in layers:
        names[layer.name] = free_name(result, layer.name)
        opened = replace(layer, name=names[layer.name], inputs=(UNCONNECTED,) * len(layer.inputs))
        result = Network((*result.layers, opened))
    copies = {names[layer.name]: tuple(names.get(s, UNCONNECTED) for s in layer.inputs) for layer in layers}
    return Network(
        tuple(replace(layer, inputs=copies[layer.name]) if layer.name in copies else layer for layer in result.layers)
    ), names


def drop_unfitting_weights(network: Network) -> Network:
    """Remove references to arrays whose shapes are no longer those their layers need."""
    fitted = tuple(_fitted(network, layer) for layer in network.layers)
    return network if fitted == network.layers else Network(fitted)


def _fitted(network: Network, layer: Layer) -> Layer:
    shapes = network.input_shapes(layer.name)
    if not layer.weights or shapes is None:
        return layer
    needed = layer.op.weight_shapes(shapes)
    kept = tuple((role, ref) for role, ref in layer.weights if needed.get(role) == ref.shape)
    return layer if kept == layer.weights else replace(layer, weights=kept)


def _without(network: Network, name: str) -> Network:
    removed = network[name]
    rest = tuple(layer for layer in network.layers if layer.name != name)
    for heir in dict.fromkeys([removed.inputs[0] if removed.inputs else UNCONNECTED, UNCONNECTED]):
        try:
            return drop_unfitting_weights(Network(tuple(_reading(layer, name, heir) for layer in rest)))
        except ValueError:
            if heir == UNCONNECTED:
                raise
    raise AssertionError("the open port always fits")


def _reading(layer: Layer, old: str, new: str) -> Layer:
    if old not in layer.inputs:
        return layer
    return replace(layer, inputs=tuple(new if source == old else source for source in layer.inputs))


def _replaced(network: Network, layer: Layer) -> Network:
    return Network(tuple(layer if each.name == layer.name else each for each in network.layers))


def _rewired(layer: Layer, port: int, source: str) -> Layer:
    return replace(layer, inputs=(*layer.inputs[:port], source, *layer.inputs[port + 1 :]))


def _source_at(network: Network, target: str, port: int) -> str:
    inputs = network[target].inputs
    if not 0 <= port < len(inputs):
        raise WiringError(f"'{target}' has no input {port + 1}.", target)
    return inputs[port]


def _checked_name(network: Network, name: str) -> str:
    if not _NAME.fullmatch(name):
        raise LayerNameError(
            f"'{name}' cannot be a layer name: use letters, digits and _, starting with a letter.", name
        )
    if name in network:
        raise LayerNameError(f"There is already a layer called '{name}'.", name)
    return name
