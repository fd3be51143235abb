"""Types that a file states for layers that only pass values on, as settings that the built hardware keeps."""

from collections.abc import Mapping

from engine.design.settings import EMPTY, RESULT, Settings
from engine.network import Network
from engine.network.edits import remove_layers
from engine.precision import FixedType

CHOOSES = ("dense", "conv", "norm", "activation")
"""Groups of layers whose type hls4ml may choose itself: it drops a linear layer behind one, and forgets its type."""
WIDE = FixedType(32, 16)
"""Of results that others read too, before they are quantised."""


def settled(network: Network, types: Mapping[str, FixedType]) -> tuple[Network, tuple[tuple[str, Settings], ...]]:
    """The network and settings in which these linear layers have these types.

    Where what they read yields its values for them alone, it gets the type itself and the layer goes.
    """
    found = dict(types)
    for name in types:
        maker = _maker(network, name)
        if maker is not None and maker not in found and network[maker].quantizer(RESULT) is None:
            found[maker] = found.pop(name)
            network = remove_layers(network, [name])
            continue
        (source,) = network[name].inputs
        if network[source].op.GROUP in CHOOSES and network[source].quantizer(RESULT) is None:
            found.setdefault(source, WIDE)
    return network, tuple((name, EMPTY.with_(RESULT, type_)) for name, type_ in found.items())


def _maker(network: Network, name: str) -> str | None:
    """The layer that computes what a layer reads, past those that only move values or take the largest; None where
    others read it too."""
    while True:
        (source,) = network[name].inputs
        if network.consumers[source] != (name,):
            return None
        op = network[source].op
        if op.GROUP in (*CHOOSES, "io"):
            return source
        if op.GROUP != "shape" and not (op.GROUP == "pool" and getattr(op, "mode", "") == "max"):
            return None
        name = source
