"""The float network agrees with Keras, layer kind by layer kind, and obeys its quantisers."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from engine.emulate.float_forward import forward
from engine.network import Layer, Network
from engine.network.kinds import Activation, Dense, Input
from engine.network.weights import effective_weight
from engine.precision.quantizer import Quantizer, QuantizerKind
from tests.engine.emulate.zoo import names, network
from tests.samples import with_random_weights

# What Keras does not have, or has with other constants.
NOT_IN_KERAS = {"act_hard_tanh", "act_binary_tanh", "act_ternary_tanh"}


def positive_variances(layers, store):
    """Random weights are of both signs; variances are not."""
    return Network(
        tuple(
            replace(
                layer,
                weights=tuple(
                    (role, store.put(np.abs(store.get(ref)) + 0.1) if role == "variance" else ref)
                    for role, ref in layer.weights
                ),
            )
            for layer in layers
        )
    )


def sample(name, store):
    """A network with weights, and three inputs."""
    made = with_random_weights(network(name), store, seed=len(name))
    made = positive_variances(made.layers, store)
    x = np.random.default_rng(3).normal(0, 1.5, (3, *made["source"].op.shape)).astype(np.float32)
    return made, x


@pytest.mark.tensorflow
def test_every_kind_agrees_with_keras(tmp_path, store):
    cases, ours = {}, {}
    for name in sorted(set(names()) - NOT_IN_KERAS):
        made, x = sample(name, store)
        ours[name] = forward(made, store, {"source": x})["layer"]
        cases[f"{name}/x"] = x
        for index, (_, ref) in enumerate(made["layer"].weights):
            cases[f"{name}/w{index}"] = store.get(ref)
    np.savez(tmp_path / "cases.npz", **cases)
    command = [sys.executable, "-m", "tests.engine.emulate.keras_reference", "cases.npz", "answers.npz"]
    root = str(Path(__file__).parents[3])
    environment = {**os.environ, "PYTHONPATH": root, "TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": ""}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    with np.load(tmp_path / "answers.npz") as answers:
        for name, result in ours.items():
            np.testing.assert_allclose(result, answers[name], rtol=1e-4, atol=2e-5, err_msg=name)


def test_functions_that_keras_lacks():
    x = np.array([[-3.0, -0.6, -0.5, 0.0, 0.4, 0.6]])

    def run(function):
        layers = (Layer("source", Input(shape=(6,))), Layer("layer", Activation(function=function), ("source",)))
        return forward(Network(layers), None, {"source": x})["layer"][0].tolist()

    assert run("binary_tanh") == [-1, -1, -1, 1, 1, 1]
    assert run("ternary_tanh") == [-1, -1, -1, 0, 0, 1]
    assert run("hard_tanh") == pytest.approx([-1, -0.24, -0.2, 0, 0.16, 0.24])


def test_quantisers_act_on_weights_and_results(store):
    kernel = store.put(np.array([[0.3], [-0.8]]))
    bits = Quantizer(QuantizerKind.BITS, bits=3, integer=0)
    relu = Quantizer(QuantizerKind.RELU, bits=2, integer=1)
    dense = Layer("dense", Dense(units=1, use_bias=False), ("x",), (("kernel", kernel),), (("kernel", bits),))
    act = Layer("act", Activation(), ("dense",), (), (("result", relu),))
    made = Network((Layer("x", Input(shape=(2,))), dense, act))
    assert effective_weight(dense, "kernel", store).ravel().tolist() == [0.25, -0.75]
    found = forward(made, store, {"x": np.array([[4.0, 1.0], [1.0, 1.0], [8.0, 0.0]])})
    assert found["dense"].ravel().tolist() == [0.25, -0.5, 2.0]
    assert found["act"].ravel().tolist() == [0.0, 0.0, 1.5]


def test_a_batch_may_come_flat(store):
    made, x = sample("conv2d", store)
    whole = forward(made, store, {"source": x})["layer"]
    flat = forward(made, store, {"source": x.reshape(3, -1)})["layer"]
    np.testing.assert_array_equal(whole, flat)
