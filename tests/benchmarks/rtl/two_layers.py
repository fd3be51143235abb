"""Two dense layers folded onto few multipliers, beside what Vitis HLS 2023.2 and Vivado made of the same sizes.

Their figures are the rows of the wa-hls4ml data set. LUT are all cells LUT1 to LUT6 and, in LUTs, memory made of them.
The comparison favours us in one thing: our design takes one value a word, theirs has all values at its ports at once,
and keeps them there; both have random weights, theirs are not published.
"""

import tempfile
from pathlib import Path

from engine.flows.rtl.timeline import timeline
from engine.network import TensorStore
from tests.benchmarks._table import Row
from tests.benchmarks.rtl.parts.designs import two_layers
from tests.benchmarks.rtl.parts.mapped import cells_of, hardware_of, resources

# sizes, reuse factors, bits, most LUT; Vitis HLS and Vivado: LUT, DSP, cycles
_CASES = [
    ((80, 24, 120), (960, 960), 8, 1950, (15_198, 5, 1925)),
    ((104, 64, 120), (3328, 3840), 16, 3100, (25_495, 4, 7173)),
]
_MORE_CYCLES = 1.01


def run() -> list[Row]:
    """Rows of name, value, unit and limit."""
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as folder:
        store = TensorStore(Path(folder) / "tensors")
        for sizes, reuse_factors, bits, most, (lut, dsp, cycles) in _CASES:
            name = f"{'-'.join(map(str, sizes))}, {bits} bits"
            hardware = hardware_of(two_layers(sizes, reuse_factors, bits, store), store)
            cells, foretold = cells_of(hardware, Path(folder) / "y"), timeline(hardware)
            rows += [
                (f"{name}, LUT1-6 and LUTRAM", cells.lut + cells.lut_ram, "", most),
                (f"{name}, of which LUTRAM", cells.lut_ram, "", None),
                (f"{name}, DSP", cells.dsp, "", dsp),
                (f"{name}, latency", foretold.latency, "cycles", _MORE_CYCLES * cycles),
                (f"{name}, interval", foretold.interval, "cycles", max(reuse_factors)),
                *resources(name, cells),
                (f"{name}, LUT of Vitis HLS + Vivado", lut, "", None),
                (f"{name}, its DSP", dsp, "", None),
                (f"{name}, its latency", cycles, "cycles", None),
            ]
    return rows
