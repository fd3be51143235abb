"""The whole-number model: how long the first answer takes after a change of precision, beside a compiler's.

Times with "CPU" are this process's processor time over both cores; ratios are of one run on one computer. The real
networks are measured where the shared models are.
"""

import contextlib
import io
import tempfile
from pathlib import Path
from time import perf_counter, process_time

import numpy as np

from app.folders import EXAMPLES
from engine.boards import board
from engine.design import Design, Target, set_on_layers
from engine.emulate.data import Samples, random_samples
from engine.flows.hls4ml.config import apply_config
from engine.flows.hls4ml.evaluate import Comparer
from engine.flows.hls4ml.golden import Evaluator
from engine.network import TensorStore
from engine.precision import FixedType
from engine.project.file import load_project
from engine.readers.read import read_model
from tests.benchmarks._table import Row
from tests.samples import SHARED

MODELS = SHARED / "models"
COUNT = 1000
AD08_S, RN07_S, EDIT_S, TIMES_FASTER = 0.2, 20.0, 0.2, 20.0


def run() -> list[Row]:
    """Rows of name, value, unit and limit."""
    with tempfile.TemporaryDirectory() as folder:
        store = TensorStore(Path(folder) / "tensors")
        rows = []
        if MODELS.is_dir():
            rows += _timed("AD08", _ad08(store), store, "q_dense_batchnorm_4", AD08_S)
            rows += _timed("RN07", _design("rn07", "mlperf_tiny/rn07.h5", store), store, "q_dense", RN07_S)
        return [*rows, *_beside_the_compiler(store, Path(folder))]


def _design(name: str, file: str, store: TensorStore) -> Design:
    network = read_model(MODELS / file, store).network
    return Design(name, network, Target(board("pynq-z2"), 10.0, "vitis", "io_stream"))


def _ad08(store: TensorStore) -> Design:
    text = (MODELS / "mlperf_tiny/ad08_hls4ml_config.yml").read_text("utf-8")
    return apply_config(_design("ad08", "mlperf_tiny/ad08.h5", store), text).design


def _timed(name: str, design: Design, store: TensorStore, edited: str, limit: float) -> list[Row]:
    """The first evaluation, and the one after an edit of one layer."""
    evaluator = Evaluator(store, random_samples(design.network, {}, COUNT))
    wall, processor = perf_counter(), process_time()
    evaluator.evaluate(design)
    wall, processor = perf_counter() - wall, process_time() - processor
    edit = set_on_layers(design, (edited,), "weight", FixedType(5, 2))
    start = process_time()
    evaluator.evaluate(edit)
    return [
        (f"{name}, {COUNT:,} samples", wall, "s", limit),
        (f"{name}, {COUNT:,} samples, CPU", processor, "s", None),
        (f"{name} after an edit of {edited}, CPU", process_time() - start, "s", None),
    ]


def _beside_the_compiler(store: TensorStore, folder: Path) -> list[Row]:
    """The digits CNN after an edit of precision: convert, compile and predict, against the model with its accuracy."""
    design = load_project(EXAMPLES / "digits_cnn.codesign", store).design
    samples = random_samples(design.network, {}, COUNT)
    np.savez(folder / "samples.npz", x=samples.inputs[design.network.inputs[0]], y=np.arange(COUNT) % 10)
    edited = set_on_layers(design, ("conv2",), "weight", FixedType(5, 2))
    start = perf_counter()
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        _compiled_answer(edited, store, folder, samples)
    compiled = perf_counter() - start
    comparer = Comparer(store)
    comparer.compare(design, folder / "samples.npz")
    start, processor = perf_counter(), process_time()
    comparer.compare(edited, folder / "samples.npz")
    ours, processor = perf_counter() - start, process_time() - processor
    return [
        ("digits CNN, convert + compile + predict", compiled, "s", None),
        (f"digits CNN, accuracy on {COUNT:,} samples after an edit of conv2", ours, "s", EDIT_S),
        ("the same, CPU", processor, "s", None),
        ("its share of the compiler's time", 100 * ours / compiled, "%", 100 / TIMES_FASTER),
    ]


def _compiled_answer(design: Design, store: TensorStore, folder: Path, samples: Samples) -> None:
    from engine.flows.hls4ml.compiled import predict
    from tests.engine.flows.hls4ml.bit_exact import compiled

    predict(compiled(design, store, folder / "compiled", optimised=True), samples, lambda fraction: None)
