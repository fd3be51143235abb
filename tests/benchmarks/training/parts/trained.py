"""Designs on scikit-learn's digits, and the train job run in this process."""

import os
import tempfile
from pathlib import Path
from typing import Any

from engine.training.entry import ENVIRONMENT
from engine.training.job import train

os.environ.update(ENVIRONMENT)

from engine.boards import board
from engine.design import BIAS, RESULT, WEIGHT, DataReference, DataSource, Design, set_data, set_on_layers
from engine.jobs.reporter import EventChannel, Reporter
from engine.network import Layer, Network, Op
from engine.network.kinds import Activation, Conv2D, Dense, Flatten, Input, Pool2D
from engine.opening import starting_design
from engine.precision import FixedType, Overflow, Rounding
from engine.project import design_to_json
from engine.training.checkpoint import CURVE, Point, read_curve
from engine.training.score import Scores, scores_from_json
from engine.training.settings import Start, TrainingSettings

DATA = DataReference(DataSource.SHIPPED, "digits", validation=0.0)
"""Trained on all that is no test: 1,347 samples; 450 are the test."""

SETTINGS = TrainingSettings(Start.FLOAT, epochs=60, batch=64, learning_rate=0.01)
"""What `choose` found best, without a look at the test samples."""


def mlp(bits: int) -> Design:
    """64-16-10: weights and results of so many bits, rounded to nearest and saturated."""
    return _typed(_chain((64,), Dense(units=16), Activation(), Dense(units=10)), bits)


def cnn(bits: int) -> Design:
    """Two convolutions of 8 and 16 filters with pooling, and a dense layer."""
    same = {"padding": "same"}
    ops = (Conv2D(filters=8, **same), Activation(), Pool2D(), Conv2D(filters=16, **same), Activation(), Pool2D())
    return _typed(_chain((8, 8, 1), *ops, Flatten(), Dense(units=10)), bits)


def scores(design: Design, settings: TrainingSettings) -> Scores:
    """Train a design in this process; how good it is before and after."""
    with tempfile.TemporaryDirectory() as folder:
        return scores_from_json(_train(design, settings, folder)["scores"])


def curve(design: Design, settings: TrainingSettings) -> tuple[Point, ...]:
    """Train a design in this process; how its epochs went."""
    with tempfile.TemporaryDirectory() as folder:
        _train(design, settings, folder)
        return read_curve(Path(folder) / CURVE)


def _train(design: Design, settings: TrainingSettings, folder: str) -> dict[str, Any]:
    """The train job's result."""
    with open(os.devnull, "wb") as nowhere:
        reporter = Reporter(EventChannel(nowhere.fileno()), "benchmark", Path(folder))
        arguments = {"design": design_to_json(design), "tensors": folder, "settings": settings.to_json()}
        return train(reporter, **arguments)


def _chain(shape: tuple[int, ...], *ops: Op) -> Network:
    layers = [Layer("digits", Input(shape=shape))]
    for place, op in enumerate(ops, start=1):
        layers.append(Layer(f"{op.KIND}{place}", op, (layers[-1].name,)))
    return Network(tuple(layers))


def _typed(network: Network, bits: int) -> Design:
    design = set_data(starting_design("digits", network, board("pynq-z2")), DATA)
    weights = FixedType(bits, 2, rounding=Rounding.RND, overflow=Overflow.SAT)
    results = FixedType(bits, 3, signed=False, rounding=Rounding.RND, overflow=Overflow.SAT)
    design = set_on_layers(design, network.inputs, RESULT, FixedType(8, 2))
    for layer in network.layers:
        if layer.op.GROUP in ("dense", "conv"):
            for key in (WEIGHT, BIAS):
                design = set_on_layers(design, (layer.name,), key, weights)
        if layer.op.GROUP == "activation":
            design = set_on_layers(design, (layer.name,), RESULT, results)
    return design
