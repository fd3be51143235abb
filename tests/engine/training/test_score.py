"""Figures of float outputs and of the hardware, by one measure: areas for autoencoders, errors for values."""

import numpy as np
import pytest

from engine.boards import board
from engine.data import DataSet
from engine.emulate.data import Samples
from engine.emulate.score import AUC, ERROR
from engine.network import Layer, Network
from engine.network.kinds import Dense, Input
from engine.opening import starting_design
from engine.training.score import Scoring, interval
from engine.training.task import task_of

NONE = Samples({"source": np.zeros((0, 3), np.float32)})


def _dense(name, kernel, store):
    kernel = np.asarray(kernel, np.float32)
    return Layer(name, Dense(units=kernel.shape[1], use_bias=False), ("source",), (("kernel", store.put(kernel)),))


def _scoring(folder, samples, *layers):
    network = Network((Layer("source", Input(shape=(3,))), *layers))
    data = DataSet("made up", "", NONE, NONE, samples)
    scoring = Scoring(folder, data, network, task_of(network, samples))
    return scoring, starting_design("made_up", network, board("pynq-z2"))


@pytest.fixture
def drawn():
    return np.random.default_rng(1).normal(0, 1, (60, 3)).astype(np.float32)


def test_an_autoencoder_is_judged_by_how_well_it_tells_odd_samples(drawn, store, tmp_path):
    odd = np.arange(60) % 2
    drawn[odd == 1] *= 3
    samples = Samples({"source": drawn}, odd, drawn)
    scoring, design = _scoring(tmp_path, samples, _dense("restored", 0.5 * np.eye(3), store))
    float_network, hardware = scoring.of(drawn / 2), scoring.hardware(design, store)
    assert float_network.kind == hardware.kind == AUC
    assert hardware.value == pytest.approx(float_network.value, abs=0.02)
    assert 0.5 < hardware.low < hardware.value


def test_one_that_sees_no_odd_samples_is_judged_by_its_error(drawn, store, tmp_path):
    samples = Samples({"source": drawn}, np.zeros(60, np.int64), drawn)
    scoring, design = _scoring(tmp_path, samples, _dense("restored", np.eye(3), store))
    assert scoring.of(drawn).value == 0
    assert scoring.hardware(design, store).kind == ERROR


def test_several_outputs_are_judged_together(drawn, store, tmp_path):
    kernels = np.array([[0.5], [0.25], [-1.0]]), np.array([[1.0, 0.0], [0.5, 0.5], [0.0, 1.0]])
    targets = np.concatenate([drawn @ each for each in kernels], axis=1)
    samples = Samples({"source": drawn}, None, targets)
    layers = (_dense(name, each, store) for name, each in zip(("size", "place"), kernels, strict=True))
    scoring, design = _scoring(tmp_path, samples, *layers)
    hardware = scoring.hardware(design, store)
    assert hardware.kind == ERROR
    assert hardware.value < 0.01
    assert interval(scoring.of(targets + 0.5)) == "0.5 to 0.5"


def test_answers_no_better_than_always_the_same_are_told(drawn, store, tmp_path):
    targets = drawn[:, :1]
    samples = Samples({"source": drawn}, None, targets)
    scoring, _ = _scoring(tmp_path, samples, _dense("value", np.ones((3, 1)), store))
    assert scoring.is_guessing(scoring.of(np.full_like(targets, targets.mean())), samples)
    assert not scoring.is_guessing(scoring.of(targets * 0.9), samples)
    labels = (drawn[:, 0] > 0).astype(np.int64)
    samples = Samples({"source": drawn}, labels)
    scoring, _ = _scoring(tmp_path, samples, _dense("class", np.ones((3, 2)), store))
    right = np.eye(2)[labels]
    assert scoring.is_guessing(scoring.of(np.roll(right, 1, axis=0)), samples)
    assert not scoring.is_guessing(scoring.of(right), samples)
