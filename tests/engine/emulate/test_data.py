"""Samples from files and made up, and how differences are counted."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.emulate.compare import accuracy, agreement, difference
from engine.emulate.data import DataError, load_samples, random_samples
from engine.network import Layer, Network
from engine.network.kinds import Concatenate, Input
from engine.precision import parse
from engine.precision.cast import cast

ONE = Network((Layer("image", Input(shape=(2, 3, 1))),))
TWO = Network((Layer("a", Input(shape=(2,))), Layer("b", Input(shape=(3,))), Layer("both", Concatenate(), ("a", "b"))))


@pytest.mark.parametrize("key", ["x", "image", "x_test", "arr_0"])
def test_a_single_input_may_have_usual_names(key, tmp_path):
    np.savez(tmp_path / "d.npz", **{key: np.arange(12).reshape(2, 6)})
    samples = load_samples(tmp_path / "d.npz", ONE)
    assert (samples.inputs["image"].shape, len(samples)) == ((2, 2, 3, 1), 2)
    assert samples.labels is None


def test_a_bare_array_will_do(tmp_path):
    np.save(tmp_path / "d.npy", np.zeros((4, 2, 3, 1), np.float32))
    assert len(load_samples(tmp_path / "d.npy", ONE)) == 4


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        (np.array([2, 0]), [2, 0]),
        (np.array([[0, 0, 1], [1, 0, 0]]), [2, 0]),
        (np.array([[2.0], [0.0]]), [2, 0]),
        (np.array([0.5, 0.25]), None),
        (np.array([1, 2, 3]), None),
    ],
)
def test_labels_are_numbers_or_one_hot(labels, expected, tmp_path):
    np.savez(tmp_path / "d.npz", x=np.zeros((2, 6)), y=labels)
    found = load_samples(tmp_path / "d.npz", ONE).labels
    assert (None if found is None else found.tolist()) == expected


def test_each_of_several_inputs_needs_its_name(tmp_path):
    np.savez(tmp_path / "d.npz", a=np.zeros((4, 2)), b=np.zeros((4, 3)), y=np.zeros(4))
    samples = load_samples(tmp_path / "d.npz", TWO)
    assert {name: array.shape for name, array in samples.part(1, 3).inputs.items()} == {"a": (2, 2), "b": (2, 3)}
    np.savez(tmp_path / "d.npz", a=np.zeros((4, 2)), x=np.zeros((4, 3)))
    with pytest.raises(DataError, match="no samples for the input 'b'; the file holds a, x"):
        load_samples(tmp_path / "d.npz", TWO)
    np.savez(tmp_path / "d.npz", a=np.zeros((4, 2)), b=np.zeros((3, 3)))
    with pytest.raises(DataError, match="not equally many"):
        load_samples(tmp_path / "d.npz", TWO)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no", b"\x93NUMPY\x01\x00", b"text"])
def test_broken_files_are_named(content, tmp_path):
    (tmp_path / "d.npz").write_bytes(content)
    with pytest.raises(DataError, match=r"d\.npz"):
        load_samples(tmp_path / "d.npz", ONE)


@given(st.sampled_from(["ap_fixed<16,6>", "ap_ufixed<8,0>", "ap_fixed<8,8>", "ap_int<4>", "ap_ufixed<6,2,AP_RND>"]))
def test_made_up_samples_fit_the_inputs_type(text):
    type_ = parse(text)
    values = random_samples(ONE, {"image": type_}, 50).inputs["image"]
    np.testing.assert_array_equal(cast(values, type_), values)
    assert len(np.unique(values)) > 3


def test_made_up_samples_come_again():
    first, second = (random_samples(TWO, {}, 3).inputs for _ in range(2))
    assert all(np.array_equal(first[name], second[name]) for name in ("a", "b"))


def test_differences_in_numbers():
    hardware, reference = np.array([[1.0, 2.0], [0.0, 4.0]]), np.array([[1.5, 2.0], [-9.0, 4.0]])
    found = difference(hardware, reference, parse("ap_fixed<8,4>"))
    assert (found.max_abs, found.mean_abs) == (9.0, 9.5 / 4)
    assert (found.lowest, found.highest) == (-9.0, 4.0)
    assert found.beyond == 0.25  # −9 is below −8
    with pytest.raises(ValueError, match="cannot be compared"):
        difference(hardware, reference[:1])


def test_agreement_and_accuracy_count_winners():
    hardware, reference = np.array([[1, 2], [3, 0], [0, 1]]), np.array([[0, 9], [0, 9], [0, 9]])
    assert agreement(hardware, reference) == pytest.approx(2 / 3)
    assert accuracy(hardware, np.array([1, 0, 0])) == pytest.approx(2 / 3)
