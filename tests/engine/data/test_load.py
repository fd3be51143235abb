"""Data sets from NumPy files, from the studio and made up: splits, classes, targets, and what does not fit."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.data import DataError, load_data_set
from engine.data.generators import GENERATORS
from engine.data.load import load_split
from engine.data.split import shared_out
from engine.design import DataReference, DataSource, DesignError
from engine.emulate.data import Samples
from tests.engine.data.networks import network

OUTPUTS = {"jets": 5, "calorimeter": 2, "sounds": 64, "qubits": 2, "bragg": 2}
NET = network((6,), 3)


def _file(tmp_path, **arrays):
    np.savez(tmp_path / "set.npz", **arrays)
    return DataReference(DataSource.FILE, str(tmp_path / "set.npz"))


def _rows(samples):
    return {tuple(row) for row in samples.inputs["x"].reshape(len(samples), -1).tolist()}


@given(
    st.lists(st.integers(0, 4), min_size=1, max_size=200),
    st.floats(0, 0.5),
    st.floats(0, 0.5),
    st.integers(0, 9),
)
def test_splits_share_no_sample_and_lose_none(labels, validation, test, seed):
    count = len(labels)
    samples = Samples({"x": np.arange(count)}, np.array(labels))
    reference = DataReference(DataSource.FILE, "any.npz", seed=seed, validation=validation, test=test)
    parts = shared_out(samples, reference)
    assert sorted(np.concatenate([part.inputs["x"] for part in parts])) == list(range(count))
    again = shared_out(samples, reference)
    assert all((a.inputs["x"] == b.inputs["x"]).all() for a, b in zip(parts, again, strict=True))
    for each in range(5):
        assert abs((parts[2].labels == each).sum() - test * labels.count(each)) <= 1


def test_a_file_that_is_split_stays_so(tmp_path):
    x = np.arange(120.0).reshape(20, 6)
    reference = _file(tmp_path, x_train=x[:15], y_train=np.arange(15) % 3, x_test=x[15:], y_test=np.arange(5) % 3)
    data = load_data_set(reference, NET)
    assert _rows(data.test) == {tuple(row) for row in x[15:].tolist()}
    assert len(data.train) + len(data.validation) == 15
    assert len(data.validation) in (2, 3)
    assert data.classes == ("0", "1", "2")


def test_a_file_with_one_table_is_shared_out(tmp_path):
    data = load_data_set(_file(tmp_path, x=np.zeros((200, 6)), y=np.arange(200) % 2), NET)
    assert [len(samples) for _, samples in data.splits] == [140, 30, 30]
    everything = replace(_file(tmp_path, x=np.zeros((100, 6))), validation=0.0, test=1.0)
    assert len(load_data_set(everything, NET).test) == 100


def test_values_for_each_output_are_targets(tmp_path):
    data = load_data_set(_file(tmp_path, x=np.zeros((10, 6)), y=np.linspace(0, 1, 30).reshape(10, 3)), NET)
    assert data.train.labels is None
    assert data.train.targets.shape == (len(data.train), 3)
    assert data.classes == ()


def test_an_autoencoder_shall_restore_its_input_and_may_know_what_is_odd(tmp_path):
    x = np.random.default_rng(1).normal(size=(20, 6))
    data = load_data_set(_file(tmp_path, x=x, y=np.arange(20) % 2), network((6,), 6))
    assert (data.train.targets == data.train.inputs["x"]).all()
    assert set(data.test.labels) <= {0, 1}


@pytest.mark.parametrize(
    ("arrays", "words"),
    [
        ({"x": np.zeros((4, 5))}, r"shape samples×6; 'x' in set\.npz is float64 of 4×5"),
        ({"x": np.full((4, 6), np.nan)}, r"Sample 0 of 'x' in set\.npz"),
        ({"x": np.zeros((4, 6)), "y": np.array([0, 1, 3, 0])}, "class 3 for sample 2; .* classes 0 to 2"),
        ({"x": np.zeros((4, 6)), "y": np.array([0.5, 1, 3, 0])}, "4 values, which are no classes and no 3 values"),
        ({"x": np.zeros((4, 6)), "y": np.array([0, 1, np.inf, 0])}, "no finite number for sample 2"),
        ({"x": np.zeros((4, 6)), "y": np.zeros(3)}, "for each of 4 samples"),
        ({"x": np.zeros((0, 6))}, "holds no samples"),
        ({"x": np.array([["a"] * 6])}, "needs numbers"),
        ({"x_train": np.zeros((4, 6)), "x_test": np.zeros((4, 5))}, "'x_test' in set"),
    ],
)
def test_what_does_not_fit_is_named(arrays, words, tmp_path):
    with pytest.raises(DataError, match=words):
        load_data_set(_file(tmp_path, **arrays), NET)


@pytest.mark.parametrize("name", GENERATORS)
def test_made_up_data_fit_and_follow_from_their_seed(name):
    net = network(GENERATORS[name].shape, OUTPUTS[name])
    reference = DataReference(DataSource.GENERATOR, name)
    data, again = load_data_set(reference, net), load_data_set(reference, net)
    other = load_data_set(replace(reference, seed=2), net)
    assert (data.test.inputs["x"] == again.test.inputs["x"]).all()
    assert not np.array_equal(data.test.inputs["x"], other.test.inputs["x"])
    assert sum(len(samples) for _, samples in data.splits) == GENERATORS[name].count
    assert np.isfinite(data.train.inputs["x"]).all()
    assert (data.test.labels is None) == (name == "bragg")


def test_odd_sounds_are_in_the_test_only():
    data = load_data_set(DataReference(DataSource.GENERATOR, "sounds"), network((64,), 64))
    assert data.train.labels is None
    assert data.test.labels.mean() == 0.5
    assert data.classes == ("normal", "odd")


def test_the_digits_need_nothing_installed():
    data = load_data_set(DataReference(DataSource.SHIPPED, "digits"), network((64,), 10))
    assert [len(samples) for _, samples in data.splits] == [1110, 237, 450]
    assert data.train.inputs["x"].max() == 1


@pytest.mark.parametrize(
    "reference",
    [
        DataReference(DataSource.SHIPPED, "../examples/data/digits_cnn"),
        DataReference(DataSource.SHIPPED, "digit"),
        DataReference(DataSource.GENERATOR, "jets2"),
        DataReference(DataSource.GENERATOR, "jets"),
        DataReference(DataSource.FILE, "nowhere.npz"),
    ],
)
def test_a_set_that_is_not_there_or_does_not_fit_is_refused(reference):
    with pytest.raises(DataError, match=r"digit|jets2|Jets have the shape 16; the network takes 6|nowhere"):
        load_data_set(reference, NET)


def test_shares_leave_something():
    with pytest.raises(DesignError, match="0 to 100 %"):
        DataReference(DataSource.FILE, "x.npz", validation=0.6, test=0.5)


def test_of_the_test_alone_some_are_taken_evenly_and_nothing_else_is_read(tmp_path):
    x = np.arange(600.0).reshape(100, 6)
    reference = _file(
        tmp_path, x_train=np.full((9, 6), np.nan), y_train=np.zeros(9), x_test=x, y_test=np.arange(100) // 34
    )
    samples, name = load_split(reference, NET, "test", 10)
    assert (len(samples), name) == (10, "set")
    assert set(samples.labels) == {0, 1, 2}
    with pytest.raises(DataError, match="no samples for the split 'test'"):
        load_split(replace(_file(tmp_path, x=x), test=0.0), NET, "test", 10)
