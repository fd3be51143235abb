"""A job for tests: QKeras models beside the hardware's bits, for designs that are given as JSON."""

from pathlib import Path

import numpy as np

from engine.design import RESULT
from engine.emulate.data import Samples
from engine.flows.hls4ml.golden import evaluate
from engine.flows.registry import flow
from engine.network import TensorStore
from engine.precision.cast import cast
from engine.project.codec import design_from_json


def mismatches(reporter, *, designs, tensors):
    """Share of output values that differ, and by how much at most, of each design."""
    from engine.training.keras.model import exact_model
    from engine.training.keras.weights import load_weights, stored_weights

    store, found = TensorStore(Path(tensors)), []
    for design in map(design_from_json, designs):
        built = exact_model(design)
        load_weights(built, stored_weights(design.network, store))
        (name,) = design.network.inputs
        x = np.random.default_rng(1).normal(0, 0.8, (40, *design.network.shapes[name]))
        entered = cast(x, flow(design.target.flow).resolve(design, name, RESULT).value)
        ours = np.asarray(built.model(entered.astype(np.float32))).reshape(40, -1)
        outputs = evaluate(design, store, Samples({name: x})).outputs
        bits = np.concatenate([outputs[each].reshape(40, -1) for each in design.network.outputs], axis=1)
        off = np.abs(ours - bits)
        assert np.abs(bits).max() > 0
        found.append([float(np.mean(off > 0)), float(off.max())])
    return found
