"""The jet tagger with its own 6-bit weights, softmax left out: folded, and unrolled beside da4ml's Verilog.

Both go through the same Yosys. LUT are all cells LUT1 to LUT6. da4ml takes part where CODESIGN_DA4ML names a folder
that has it; its circuit must compute the same numbers first.
"""

import tempfile
from pathlib import Path

import numpy as np

from engine.emulate.exact.evaluate import run as golden
from engine.emulate.exact.stage import Specification
from engine.flows.hls4ml.exact.lower import Lowering
from engine.flows.rtl.build import build
from engine.flows.rtl.frames import made_up
from engine.flows.rtl.synthesis import Technology, synthesise, user_cache
from engine.flows.rtl.timeline import timeline
from engine.network import TensorStore
from tests.benchmarks._table import Row
from tests.benchmarks.rtl.parts import da4ml
from tests.benchmarks.rtl.parts.designs import jet
from tests.benchmarks.rtl.parts.mapped import cells_of, resources

_SAMPLES = 2000
_FOLDED = 32
_MOST = 12_000


def run() -> list[Row]:
    """Rows of name, value, unit and limit."""
    with tempfile.TemporaryDirectory() as folder:
        store = TensorStore(Path(folder) / "tensors")
        folded, unrolled = (
            Lowering(store).lower(jet(factors, store))
            for factors in ((_FOLDED, _FOLDED, _FOLDED, _FOLDED), (1, 1, 1, 1))
        )
        rows = _ours(f"reuse factor {_FOLDED}", folded, Path(folder) / "folded", _MOST)
        peer, most = _peer(unrolled, Path(folder) / "da4ml") if da4ml.is_there() else ([], None)
        return [*rows, *_ours("reuse factor 1", unrolled, Path(folder) / "unrolled", most), *peer]


def _ours(name: str, specification: Specification, folder: Path, most: float | None) -> list[Row]:
    hardware = build(specification, "dut")
    cells, foretold = cells_of(hardware, folder), timeline(hardware)
    return [
        (f"{name}, LUT1-6", cells.lut, "", most),
        (f"{name}, LUTRAM", cells.lut_ram, "", None),
        (f"{name}, DSP", cells.dsp, "", None),
        *resources(name, cells),
        (f"{name}, latency", foretold.latency, "cycles", None),
        (f"{name}, interval", foretold.interval, "cycles", None),
    ]


def _peer(specification: Specification, folder: Path) -> tuple[list[Row], float]:
    """Its rows, and its LUTs."""
    circuit = da4ml.traced(specification)
    wrong = _differences(specification, circuit)
    cells = synthesise(circuit.sources(folder), "dut", Technology.XC7, folder / "y", cache=user_cache())
    name = "da4ml"
    rows: list[Row] = [
        (f"{name}, values of {_SAMPLES:,} samples that differ from the golden model's", wrong, "", 0),
        (f"{name}, LUT1-6", cells.lut, "", None),
        (f"{name}, DSP", cells.dsp, "", None),
        *resources(name, cells),
        (f"{name}, its own estimate of LUT", circuit.circuit.cost, "", None),
    ]
    return rows, cells.lut


def _differences(specification: Specification, circuit: da4ml.Traced) -> int:
    """How many values differ, on random and extreme inputs."""
    (layer, entry), (_, stage) = *specification.entries.items(), *specification.outputs.items()
    codes = made_up(specification, _SAMPLES).inputs[layer]
    inputs = np.ldexp(codes.astype(float), -specification.by_name[entry].result.fraction)
    expected = golden(specification, {layer: inputs}, {stage})[stage]
    return int((circuit.predict(inputs).reshape(expected.shape) != expected).sum())
