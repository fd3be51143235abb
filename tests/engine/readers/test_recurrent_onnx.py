"""Recurrent layers of ONNX files: each way to write the same one gives the same layer; what has no counterpart is said.

That they answer as they should is held by the networks of `onnx_files.py`, which qonnx's executor runs.
"""

import numpy as np
import pytest

from engine.network.kinds import GRU, LSTM
from engine.onnx.model import Graph, Model, ValueInfo, written
from engine.precision import FixedType
from engine.readers import ModelFileError, UnsupportedModelError, read_model
from tests.engine.readers.onnx_files import Sketch

FIRST = 10**9
"""An end beyond every extent."""


def a_lstm(s, x, outputs=3, **attributes):
    """An LSTM of 3 units that reads 2 features; its weights are the same each time."""
    draw = np.random.default_rng(7)
    matrices = [s.const(draw.normal(0, 0.5, shape)) for shape in ((1, 12, 2), (1, 12, 3), (1, 24))]
    return s.op("LSTM", x, *matrices, outputs=outputs, hidden_size=3, **attributes)


def turned(s, x, **attributes):
    """States of every step, samples behind the steps, directions taken away."""
    return s.op("Squeeze", a_lstm(s, s.op("Transpose", x, perm=[1, 0, 2]), **attributes), s.whole(1))


def network_of(path, store, make, shape=(4, 2)):
    s = Sketch(*shape)
    path.write_bytes(s.file(make(s), opset=14))
    return read_model(path, store).network


def only_layer(network):
    return next((layer.op, layer.weights) for layer in network.layers if layer.op.GROUP == "recurrent")


EVERY = {
    "turned back": lambda s: s.op("Transpose", turned(s, "x"), perm=[1, 0, 2]),
    "samples first": lambda s: s.op("Squeeze", a_lstm(s, "x", layout=1), s.whole(2)),
    "reshaped": lambda s: s.op(
        "Transpose",
        s.op(
            "Reshape",
            s.op("Transpose", a_lstm(s, s.op("Transpose", "x", perm=[1, 0, 2])), perm=[0, 2, 1, 3]),
            s.whole(4, -1, 3),
        ),
        perm=[1, 0, 2],
    ),
    "functions stated": lambda s: s.op(
        "Transpose",
        s.op("Identity", turned(s, "x", activations=["Sigmoid", "tanh", "Tanh"], direction="forward")),
        perm=[1, 0, 2],
    ),
}
LAST = {
    "picked": lambda s: s.op("Gather", turned(s, "x"), s.const(3, dtype=np.int64), axis=0),
    "picked, its shape asked for": lambda s: _with_shape(s),
    "picked, its axis kept": lambda s: s.op("Squeeze", s.op("Gather", turned(s, "x"), s.whole(-1), axis=0), s.whole(0)),
    "cut out": lambda s: s.op(
        "Squeeze", s.op("Slice", turned(s, "x"), s.whole(-1), s.whole(FIRST), s.whole(0)), s.whole(0)
    ),
    "state": lambda s: s.op("Squeeze", _state(s), s.whole(0)),
    "state, samples first": lambda s: s.op("Squeeze", _state(s, layout=1), s.whole(1)),
}


def _with_shape(s):
    states = turned(s, "x")
    s.op("Shape", states)
    last = s.op("Gather", states, s.const(-1, dtype=np.int64), axis=0)
    return s.op("Reshape", last, s.op("Concat", s.op("Gather", s.op("Shape", states), s.whole(1)), s.whole(3), axis=0))


def _state(s, layout=0):
    x = "x" if layout else s.op("Transpose", "x", perm=[1, 0, 2])
    return a_lstm(s, x, layout=layout).removesuffix("_0") + "_1"


@pytest.mark.parametrize(("ways", "every"), [(EVERY, True), (LAST, False)])
def test_all_ways_to_write_a_layer_give_the_same_one(store, tmp_path, ways, every):
    found = [only_layer(network_of(tmp_path / "a.onnx", store, make)) for make in ways.values()]
    assert found == [found[0]] * len(ways)
    assert found[0][0] == LSTM(units=3, return_sequences=every)


def test_an_input_with_its_steps_first_is_taken_sample_by_sample(store, tmp_path):
    """As PyTorch exports it without batch_first: 4 steps × 1 sample × 2 features."""
    s = Sketch()
    out = s.op("Squeeze", a_lstm(s, "x"), s.whole(1))
    graph = Graph(tuple(s.nodes), (ValueInfo("x", (4, 1, 2)),), (ValueInfo(out, None),), tuple(s.tensors))
    (tmp_path / "a.onnx").write_bytes(written(Model(graph, {"": 14}), ir_version=8))
    model = read_model(tmp_path / "a.onnx", store)
    assert model.network.shapes["x"] == (4, 2)
    usual = network_of(tmp_path / "b.onnx", store, EVERY["turned back"])
    assert only_layer(model.network) == only_layer(usual)
    assert any(note.startswith("x: the file has its steps first") for note in model.notes)


def test_weights_on_a_grid_keep_its_type(store, tmp_path):
    s = Sketch(4, 2)
    kernel, states = (s.quant(s.random(1, 9, rows), 0.125, 5) for rows in (2, 3))
    x = s.op("GRU", s.op("Transpose", "x", perm=[1, 0, 2]), kernel, states, outputs=2, linear_before_reset=1)
    (tmp_path / "a.onnx").write_bytes(s.file(s.op("Transpose", s.op("Squeeze", x, s.whole(1)), perm=[1, 0, 2])))
    model = read_model(tmp_path / "a.onnx", store)
    assert model.network["GRU_3"].op == GRU(units=3, return_sequences=True, use_bias=False)
    settings = dict(model.settings)["GRU_3"]
    assert {settings.get(key) for key in ("weight", "recurrent_weight")} == {FixedType(5, 2)}


@pytest.mark.parametrize(
    ("make", "what"),
    [
        (lambda s: turned(s, "x", direction="reverse"), "backwards or both ways"),
        (lambda s: turned(s, "x", clip=3.0), "clipped"),
        (lambda s: turned(s, "x", input_forget=1), "coupled"),
        (lambda s: turned(s, "x", activations=["Sigmoid", "Tanh", "Relu"]), "two functions"),
        (
            lambda s: turned(s, "x", activations=["HardSigmoid", "Tanh", "Tanh"], activation_alpha=[0.3]),
            "another slope",
        ),
        (lambda s: turned(s, "x", activations=["Affine", "Tanh", "Tanh"]), "Affine"),
        (lambda s: s.op("Add", turned(s, "x"), _state(s)), "samples are not the first axis"),
        (lambda s: a_lstm(s, "x", layout=0).removesuffix("0") + "2", "memory of its cells"),
        (lambda s: s.op("Gather", turned(s, "x"), s.const(1, dtype=np.int64), axis=0), "picking values"),
        (lambda s: s.op("Slice", turned(s, "x"), s.whole(1), s.whole(3), s.whole(0)), "cutting values out"),
        (lambda s: a_lstm(s, s.op("Relu", "x")), "steps × samples × features"),
    ],
)
def test_what_has_no_counterpart_is_named(store, tmp_path, make, what):
    with pytest.raises(UnsupportedModelError) as caught:
        network_of(tmp_path / "a.onnx", store, make)
    assert any(what in str(problem) for problem in caught.value.problems), caught.value.problems


def test_first_states_and_weights_that_do_not_fit_are_named(store, tmp_path):
    with pytest.raises(ModelFileError, match="do not fit what it reads"):
        network_of(tmp_path / "a.onnx", store, lambda s: turned(s, "x"), shape=(4, 5))
    s = Sketch(4, 2)
    x, ones = s.op("Transpose", "x", perm=[1, 0, 2]), s.const(np.ones((1, 1, 3)))
    (tmp_path / "a.onnx").write_bytes(
        s.file(s.op("RNN", x, s.random(1, 3, 2), s.random(1, 3, 3), "", "", ones, outputs=2))
    )
    with pytest.raises(UnsupportedModelError, match="a first state other than zero"):
        read_model(tmp_path / "a.onnx", store)
