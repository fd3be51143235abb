"""A network of several outputs whose answers stand each in an array of its own: read, split, judged, and learnt."""

from dataclasses import replace

import numpy as np
import pytest

from engine.boards import board
from engine.data import DataError, load_data_set
from engine.design import DataReference, DataSource
from engine.emulate.data import load_samples
from engine.flows.registry import flow
from engine.network import Layer, Network
from engine.network.kinds import Activation, Dense, Input, Softmax
from engine.opening import starting_design
from engine.scan.figure import ACCURACY
from engine.training.errors import NotTrainableError
from engine.training.score import Scoring
from engine.training.task import CLASSES, PROBABILITIES, SEVERAL, SHARES, VALUES, task_of


def network():
    """A class of three, whether it is large, and how large."""
    return Network(
        (
            Layer("x", Input((4,))),
            Layer("kind", Dense(units=3), ("x",)),
            Layer("logit", Dense(units=1), ("x",)),
            Layer("large", Activation("sigmoid"), ("logit",)),
            Layer("size", Dense(units=2), ("x",)),
        )
    )


@pytest.fixture
def file(tmp_path):
    draw = np.random.default_rng(4)
    x = draw.normal(size=(200, 4))
    arrays = {"x": x, "kind": np.arange(200) % 3, "large": (x[:, 0] > 0).astype(int), "size": x[:, :2]}
    np.savez(tmp_path / "three.npz", **arrays)
    return tmp_path / "three.npz"


def test_each_output_has_its_own_answers(file):
    data = load_data_set(DataReference(DataSource.FILE, str(file)), network())
    assert data.train.choices == data.test.choices == {"kind", "large"}
    assert data.train.labels is None
    x, targets = data.test.inputs["x"], data.test.targets
    assert targets.shape == (len(data.test), 6)
    assert (targets[:, :3].sum(axis=1) == 1).all()
    np.testing.assert_allclose(targets[:, 3], x[:, 0] > 0)
    np.testing.assert_allclose(targets[:, 4:], x[:, :2])
    assert load_samples(file, network()).choices == {"kind", "large"}


def test_the_hardware_is_judged_output_by_output(file, store):
    kernels = {"kind": np.eye(4, 3), "logit": np.eye(4, 1), "size": np.eye(4, 2)}
    layers = (
        replace(
            layer,
            op=replace(layer.op, use_bias=False),
            weights=(("kernel", store.put(kernels[layer.name].astype(np.float32))),),
        )
        if layer.name in kernels
        else layer
        for layer in network().layers
    )
    design = starting_design("three", Network(tuple(layers)), board("pynq-z2"))
    found = flow(design.target.flow).comparer(store).compare(design, file)
    shares = {row["name"]: row["hardware"] for row in found["by_output"]}
    assert shares["large"] > 0.99
    assert found["accuracy"]["hardware"] == pytest.approx((shares["kind"] + shares["large"]) / 2)
    assert found["accuracy"]["low"] < found["accuracy"]["hardware"] < found["accuracy"]["high"]
    assert f"large {100 * shares['large']:.1f} %" in found["summary"]


def test_each_output_learns_what_its_answers_are(file, tmp_path):
    data = load_data_set(DataReference(DataSource.FILE, str(file)), network())
    task = task_of(network(), data.train)
    assert [each.kind for _, each in task.parts] == [CLASSES, SHARES, VALUES]
    right = task.targets(data.test)
    assert task.accuracy(right, right) == 1
    guessed = right.copy()
    guessed[:, 3] = 1 - guessed[:, 3]
    assert task.accuracy(guessed, right) == 0.5
    scoring = Scoring(tmp_path, data, network(), task)
    assert scoring.of(right).kind == ACCURACY
    again = load_samples(tmp_path / "samples.npz", network())
    np.testing.assert_array_equal(again.targets, data.test.targets)
    assert again.choices == data.test.choices


def test_a_softmax_answers_with_probabilities_and_cannot_learn_values(file):
    shares = Network((*network().layers, Layer("odds", Softmax(), ("kind",))))
    arrays = dict(np.load(file))
    np.savez(file, odds=arrays.pop("kind"), **arrays)
    task = task_of(shares, load_data_set(DataReference(DataSource.FILE, str(file)), shares).train)
    assert task.kind == SEVERAL
    assert {part.name: each.kind for part, each in task.parts}["odds"] == PROBABILITIES
    np.savez(file, odds=np.full((200, 3), 0.3), **arrays)
    with pytest.raises(NotTrainableError, match="'odds' is a softmax"):
        task_of(shares, load_data_set(DataReference(DataSource.FILE, str(file)), shares).train)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"size": None}, "has answers called kind, large, but none called size"),
        ({"kind": np.arange(200)}, "name class 3 for sample 3"),
        ({"kind": np.arange(5)}, "are int64 of 5; give one number or one row of numbers for each of 200"),
        ({"size": np.full((200, 2), np.nan)}, "are no finite number for sample 0"),
        ({"size": np.ones((200, 3))}, "no classes and no 2 values"),
    ],
)
def test_answers_that_do_not_fit_are_named(file, change, said):
    arrays = {name: values for name, values in (dict(np.load(file)) | change).items() if values is not None}
    np.savez(file, **arrays)
    with pytest.raises(DataError, match=said):
        load_data_set(DataReference(DataSource.FILE, str(file)), network())
