"""Many small networks side by side in one design, so that one compilation tries them all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from engine.boards import board
from engine.design import Design, Target, set_on_layers
from engine.network import Layer, Network, Op, TensorStore
from engine.network.kinds import Input
from engine.precision import parse
from tests.samples import with_random_weights


@dataclass(frozen=True)
class Branch:
    """Layers one behind the other, and what is set on them: layer's place → key → value."""

    shape: tuple[int, ...]
    ops: Sequence[Op]
    settings: Mapping[int, Mapping[str, Any]] = field(default_factory=dict)
    input: str = "ap_fixed<8,4>"


def branched(store: TensorStore, branches: Sequence[Branch], io_type: str = "io_stream", seed: int = 1) -> Design:
    """A design with an input and an output for each; layers are called `branch<number>_<place>`."""
    layers = []
    for number, branch in enumerate(branches):
        name = f"in{number}"
        layers.append(Layer(name, Input(shape=branch.shape)))
        for place, op in enumerate(branch.ops):
            before, name = name, f"branch{number}_{place}"
            layers.append(Layer(name, op, (before,)))
    network = with_random_weights(Network(tuple(layers)), store, seed)
    design = Design("branches", network, Target(board("pynq-z2"), 10.0, "vitis", io_type))
    for number, branch in enumerate(branches):
        design = set_on_layers(design, (f"in{number}",), "result", parse(branch.input))
        for place, chosen in branch.settings.items():
            for key, value in chosen.items():
                design = set_on_layers(design, (f"branch{number}_{place}",), key, value)
    return design
