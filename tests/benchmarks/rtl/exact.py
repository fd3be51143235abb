"""Real networks as Verilog, run on 200 frames: every bit against the golden model, every cycle against the timeline.

The golden model itself is held against hls4ml's compiled C++ on the same frames for the jet taggers here, and for all
networks on 1,000 samples by `make prove`. Networks are folded so that each matrix takes one input at a time.
"""

import tempfile
from pathlib import Path

from engine.flows.hls4ml.exact.lower import Lowering
from engine.network import TensorStore
from tests.benchmarks._table import Row
from tests.benchmarks.rtl.parts.designs import real
from tests.benchmarks.rtl.parts.proofs import against_compiled, folded, proved

_FRAMES = 200
# name, file, configuration, whether the C++ is compiled
_NETWORKS = [
    ("jet tagger, QKeras", "hls4ml_examples/qkeras_3layer.json", "", True),
    ("jet tagger, Keras", "hls4ml_examples/KERAS_3layer.json", "", True),
    ("AD08", "mlperf_tiny/ad08.h5", "mlperf_tiny/ad08_hls4ml_config.yml", False),
    ("MNIST CNN", "hls4ml_examples/qkeras_mnist_cnn.json", "", False),
]


def run() -> list[Row]:
    """Rows of name, value, unit and limit."""
    rows: list[Row] = []
    for name, file, config, compiles in _NETWORKS:
        with tempfile.TemporaryDirectory() as folder:
            store = TensorStore(Path(folder) / "tensors")
            design = folded(real(file, store, config))
            rows += proved(name, Lowering(store).lower(design), Path(folder) / "simulation", _FRAMES)
            if compiles:
                rows.append(against_compiled(name, design, store, Path(folder) / "compiled", _FRAMES))
    return rows
