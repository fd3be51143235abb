"""Many small networks side by side in one design, so that one compilation tries them all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from engine.boards import board
from engine.design import Design, Target, set_on_layers
from engine.flows.rtl.build import Hardware
from engine.flows.rtl.simulate.run import Simulation
from engine.network import Layer, Network, Op, TensorStore
from engine.network.kinds import Input
from engine.precision import parse
from tests.engine.flows.rtl.running import assert_exact, assert_lint_clean, built, expectation
from tests.samples import with_random_weights

_FRAMES = 6


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


def assert_branches_exact(
    store: TensorStore, folder: Path, branches: Sequence[Branch], io_type: str = "io_stream", seed: int = 1
) -> None:
    """All branches are clean Verilog, bit-exact in the cycles foretold, and frames follow each other as fast as each
    module says."""
    specification, hardware = built(branched(store, branches, io_type, seed), store)
    assert_lint_clean(hardware, folder)
    assert_exact(specification, hardware, folder, frames=_FRAMES)
    codes, _ = expectation(specification, _FRAMES)
    cycles = Simulation(hardware, folder).run(codes, cycles=1_000_000).cycles
    for layer, source in hardware.outputs.items():
        ends = cycles[layer].reshape(_FRAMES, -1)[:, -1]
        assert ends[-1] - ends[-2] == _interval(hardware, source), layer


def _interval(hardware: Hardware, source: str) -> int:
    """Of the branch that ends in a block: its slowest module's, or that of its input's words."""
    block = next(each for each in hardware.blocks if each.name == source)
    before = block.sources[0]
    ours = max(block.cycles, block.reads[0].words)
    return (
        max(ours, hardware.gives(before).words)
        if before in hardware.entries.values()
        else max(ours, _interval(hardware, before))
    )
