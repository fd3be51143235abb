"""Areas under curves and errors: against their definition, with intervals that hold as often as they say."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.emulate.data import Samples
from engine.emulate.score import score
from engine.network import Layer, Network
from engine.network.kinds import Dense, Input

ENCODER = Network((Layer("x", Input(shape=(2,))), Layer("out", Dense(units=2), ("x",))))
SINGLE = Network((Layer("x", Input(shape=(2,))), Layer("out", Dense(units=1), ("x",))))
CLASSES = Network((Layer("x", Input(shape=(2,))), Layer("out", Dense(units=3), ("x",))))


def column(values):
    return np.asarray(values, float).reshape(-1, 1)


@given(st.lists(st.tuples(st.integers(0, 5), st.booleans()), min_size=2, max_size=40))
def test_the_area_is_the_share_of_pairs_in_the_right_order(graded):
    grades, odd = np.array([grade for grade, _ in graded], float), np.array([each for _, each in graded])
    found = score(SINGLE, Samples({"x": np.zeros((len(odd), 2))}, odd.astype(int)), column(grades), column(grades))
    if odd.all() or not odd.any():
        assert found is None
        return
    pairs = np.sign(grades[odd][:, None] - grades[~odd])
    assert found["hardware"] == pytest.approx((pairs + 1).mean() / 2)
    assert found["low"] <= found["hardware"] <= found["high"]


def test_an_autoencoder_tells_odd_samples_by_how_badly_it_restores_them():
    x = np.zeros((6, 2))
    odd = np.array([0, 0, 0, 1, 1, 1])
    samples = Samples({"x": x}, odd, x)
    outputs = np.where(odd[:, None] == 1, 0.5, 0.1) * np.ones((6, 2))
    found = score(ENCODER, samples, outputs, outputs[::-1])
    assert (found["kind"], found["hardware"], found["float"]) == ("auc", 1.0, 0.0)


def test_values_are_judged_by_their_error_and_its_interval_holds():
    random, held = np.random.default_rng(1), 0
    for _ in range(300):
        noise = random.normal(0, 1, (60, 1))
        found = score(SINGLE, Samples({"x": np.zeros((60, 2))}, None, np.zeros((60, 1))), noise, 0 * noise)
        held += found["low"] <= np.sqrt(2 / np.pi) <= found["high"]
    assert found["float"] == 0
    assert 0.85 <= held / 300 <= 0.95


def test_classes_among_several_outputs_have_an_accuracy_instead():
    assert score(CLASSES, Samples({"x": np.zeros((2, 2))}, np.array([0, 1])), np.eye(3)[:2], np.eye(3)[:2]) is None
    assert score(CLASSES, Samples({"x": np.zeros((2, 2))}), np.eye(3)[:2], np.eye(3)[:2]) is None
