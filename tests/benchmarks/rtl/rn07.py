"""RN07, a residual network, as Verilog: one whole frame, with every module's result held against the golden model."""

import tempfile
from pathlib import Path

from engine.flows.hls4ml.exact.lower import Lowering
from engine.network import TensorStore
from tests.benchmarks._table import Row
from tests.benchmarks.rtl.parts.designs import real
from tests.benchmarks.rtl.parts.proofs import folded, proved, tapped

_FRAMES = 2
"""So that the cycles between them are counted too."""


def run() -> list[Row]:
    """Rows of name, value, unit and limit."""
    with tempfile.TemporaryDirectory() as folder:
        store = TensorStore(Path(folder) / "tensors")
        specification = tapped(Lowering(store).lower(folded(real("mlperf_tiny/rn07.h5", store))))
        name = f"RN07 and its {len(specification.outputs)} modules"
        return proved(name, specification, Path(folder) / "simulation", _FRAMES)
