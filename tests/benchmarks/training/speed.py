"""Processor time of an epoch, beside a bare QKeras script on the same network and data: they take turns in one run.

Both compile their model before the first epoch, as the job and as a script do.
"""

import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

from tests.benchmarks._table import Row
from tests.benchmarks.training.parts.trained import cnn, mlp

# isort: split
import qkeras
import tf_keras
from tf_keras import layers

from engine.data import load_data_set
from engine.design import Design
from engine.jobs.reporter import EventChannel, Reporter
from engine.training.checkpoint import Checkpoint
from engine.training.keras.fit import Examples, fit
from engine.training.keras.model import exact_model
from engine.training.settings import Start, TrainingSettings
from engine.training.task import task_of
from engine.training.watched import Watched

EPOCHS, TURNS, BATCH, BITS = 30, 9, 64, 6
MOST_RATIO = 1.1


def run() -> list[Row]:
    """Rows of name, value, unit and limit."""
    return [row for name, design in (("MLP", mlp(BITS)), ("CNN", cnn(BITS))) for row in _rows(name, design)]


def _rows(name: str, design: Design) -> list[Row]:
    data = load_data_set(design.data, design.network)
    task = task_of(design.network, data.train)
    (inputs,), targets = data.train.inputs.values(), task.targets(data.train)
    bare = _bare_mlp() if name == "MLP" else _bare_cnn()
    loss = tf_keras.losses.CategoricalCrossentropy(from_logits=True)

    def script() -> None:
        bare.compile(tf_keras.optimizers.Adam(1e-3), loss, metrics=["accuracy"])
        bare.fit(inputs, targets, batch_size=BATCH, epochs=EPOCHS, verbose=0)

    studio = _studio(design, Examples(dict(data.train.inputs), targets), task)
    script(), studio()
    pairs = [(_time(studio), _time(script)) for _ in range(TURNS)]
    ours, theirs = (median(each) for each in zip(*pairs, strict=True))
    return [
        (f"digits {name}: an epoch of the studio, processor time", 1000 * ours / EPOCHS, "ms", None),
        (f"digits {name}: an epoch of a bare QKeras script", 1000 * theirs / EPOCHS, "ms", None),
        (f"digits {name}: the first over the second", ours / theirs, "", MOST_RATIO),
    ]


def _studio(design: Design, examples: Examples, task: Any) -> Callable[[], None]:
    """Training as the job does it, checkpoints and live numbers included."""
    settings = TrainingSettings(Start.SCRATCH, EPOCHS, BATCH, 0.001)
    built = exact_model(design)
    none = Examples({name: each[:0] for name, each in examples.inputs.items()}, examples.targets[:0])

    def once() -> None:
        with tempfile.TemporaryDirectory() as folder, (Path(folder) / "events").open("wb") as events:
            reporter = Reporter(EventChannel(events.fileno()), "benchmark", Path(folder))
            watched = Watched(reporter, "quantised", "Training", EPOCHS, (0.0, 1.0))
            fit(built, (examples, none), task, settings, watched, Checkpoint(Path(folder)))

    return once


def _bare_mlp() -> Any:
    weights = {"kernel_quantizer": f"quantized_bits({BITS},0,alpha=1)", "bias_quantizer": f"quantized_bits({BITS},0)"}
    x = inputs = layers.Input((64,))
    x = qkeras.QActivation(f"quantized_relu({BITS},2)")(qkeras.QDense(16, **weights)(x))
    return tf_keras.Model(inputs, qkeras.QDense(10, **weights)(x))


def _bare_cnn() -> Any:
    weights = {"kernel_quantizer": f"quantized_bits({BITS},0,alpha=1)", "bias_quantizer": f"quantized_bits({BITS},0)"}
    x = inputs = layers.Input((8, 8, 1))
    for filters in (8, 16):
        x = qkeras.QConv2D(filters, 3, padding="same", **weights)(x)
        x = layers.MaxPooling2D()(qkeras.QActivation(f"quantized_relu({BITS},2)")(x))
    return tf_keras.Model(inputs, qkeras.QDense(10, **weights)(layers.Flatten()(x)))


def _time(work: Callable[[], None]) -> float:
    start = process_time()
    work()
    return process_time() - start
