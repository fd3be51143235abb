"""Samples from files and made up, and how differences are counted."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.folders import EXAMPLES
from engine.data.choice import MOST, choose_samples
from engine.emulate.compare import accuracy, agreement, difference
from engine.emulate.data import load_samples, random_samples
from engine.emulate.stored import DataError
from engine.network import Layer, Network, TensorStore, edits
from engine.network.kinds import Concatenate, Dense, Input
from engine.opening import open_file
from engine.precision import parse
from engine.precision.cast import cast
from tests.engine.data.networks import network
from tests.samples import with_random_weights

ONE = Network((Layer("image", Input(shape=(2, 3, 1))),))
TWO = Network((Layer("a", Input(shape=(2,))), Layer("b", Input(shape=(3,))), Layer("both", Concatenate(), ("a", "b"))))


@pytest.mark.parametrize("key", ["x", "image", "x_test", "arr_0"])
def test_a_single_input_may_have_usual_names(key, tmp_path):
    np.savez(tmp_path / "d.npz", **{key: np.arange(12).reshape(2, 6)})
    samples = load_samples(tmp_path / "d.npz", ONE)
    assert (samples.inputs["image"].shape, len(samples)) == ((2, 2, 3, 1), 2)
    assert samples.labels is None


def test_channels_that_come_first_are_put_last(tmp_path):
    picture = np.random.default_rng(1).normal(size=(3, 4, 5, 2))
    for stored in (np.moveaxis(picture, -1, 1), picture, picture.reshape(3, -1)):
        np.savez(tmp_path / "d.npz", x=stored)
        np.testing.assert_array_equal(load_samples(tmp_path / "d.npz", network((4, 5, 2), 3)).inputs["x"], picture)
    # Keyword spotting: 49 frames of 10 cepstra for a network that takes cepstra by frames.
    np.savez(tmp_path / "d.npz", x=picture[..., 0])
    found = load_samples(tmp_path / "d.npz", network((1, 5, 4), 3)).inputs["x"]
    np.testing.assert_array_equal(found[:, 0], picture[..., 0].transpose(0, 2, 1))
    np.savez(tmp_path / "d.npz", x=picture.reshape(3, 10, 4))
    with pytest.raises(DataError, match="needs numbers of the shape samples×4×5×2"):
        load_samples(tmp_path / "d.npz", network((4, 5, 2), 3))


def test_a_bare_array_will_do(tmp_path):
    np.save(tmp_path / "d.npy", np.zeros((4, 2, 3, 1), np.float32))
    assert len(load_samples(tmp_path / "d.npy", ONE)) == 4


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        (np.array([2, 0]), [2, 0]),
        (np.array([[0, 0, 1], [1, 0, 0]]), [2, 0]),
        (np.array([[2.0], [0.0]]), [2, 0]),
    ],
)
def test_labels_are_numbers_or_one_hot(labels, expected, tmp_path):
    np.savez(tmp_path / "d.npz", x=np.zeros((2, 6)), y=labels)
    assert load_samples(tmp_path / "d.npz", network((2, 3, 1), 3)).labels.tolist() == expected


def test_other_numbers_are_values_of_the_output_or_refused(tmp_path):
    np.savez(tmp_path / "d.npz", x=np.zeros((2, 6)), y=np.array([0.5, 0.25]))
    found = load_samples(tmp_path / "d.npz", network((6,), 1))
    assert (found.labels, found.targets.tolist()) == (None, [[0.5], [0.25]])
    with pytest.raises(DataError, match="no classes and no 3 values for each sample"):
        load_samples(tmp_path / "d.npz", network((6,), 3))
    np.savez(tmp_path / "d.npz", x=np.zeros((2, 6)), y=np.array([[0.5, 0.5, 0], [0.2, 0.8, 0]]))
    assert load_samples(tmp_path / "d.npz", network((6,), 3)).targets.shape == (2, 3)


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


CLASSES = Network((Layer("x", Input(shape=(6,))), Layer("scores", Dense(units=3), ("x",))))
OBJECTS = np.array([{"a": 1}, 2], dtype=object)


@pytest.mark.parametrize(
    ("arrays", "words"),
    [
        ({"x": np.zeros((2, 5))}, "'x' needs numbers of the shape samples×6; 'x' in d.npz is float64 of 2×5"),
        ({"x": np.array([["a"] * 6] * 2)}, "<U1 of 2×6"),
        ({"x": np.zeros((2, 6), complex)}, "complex128"),
        ({"x": np.float64(1)}, "float64 of one value"),
        ({"x": OBJECTS}, "Python objects, which are never unpickled. Save it as an array of numbers"),
        ({"z": np.zeros((2, 6))}, "the file holds z. Call the array 'x' in d.npz"),
        ({"y": np.zeros(2)}, "the file holds y"),
        ({}, "the file holds nothing"),
        ({"x": np.zeros((0, 6))}, "holds no samples"),
        ({"x": np.array([[0.0] * 6, [np.nan] * 6, [np.inf] * 6])}, "Sample 1 of 'x' in d.npz .* 1 other"),
        ({"x": np.zeros((2, 6)), "y": np.zeros(3)}, "'y' in d.npz are 3, but there are 2 samples"),
        ({"x": np.zeros((2, 6)), "y": OBJECTS}, "Give class numbers from 0, or one-hot rows"),
        ({"x": np.zeros((2, 6)), "y": np.array(["cat", "dog"])}, "<U3 of 2"),
        ({"x": np.zeros((2, 6)), "y": np.array([1, 3])}, "class 3 for sample 1; .* the classes 0 to 2"),
        ({"x": np.zeros((2, 6)), "y": np.array([1, -1])}, "class -1"),
        ({"x": np.zeros((2, 6)), "y": np.array([1, np.nan])}, "no finite number for sample 1"),
        ({"x": np.zeros((2, 6)), "y": np.float64(1)}, "one value, not an array"),
    ],
)
def test_bad_samples_are_refused_with_what_where_and_what_to_do(arrays, words, tmp_path):
    np.savez(tmp_path / "d.npz", **arrays)
    with pytest.raises(DataError, match=words):
        load_samples(tmp_path / "d.npz", CLASSES)


@pytest.mark.parametrize("order", ["C", "F"])
@pytest.mark.parametrize("save", [np.savez, np.savez_compressed])
def test_only_the_rows_asked_for_are_read(order, save, tmp_path):
    values = np.asarray(np.arange(24.0).reshape(4, 6), order=order)
    values[3] = np.nan
    save(tmp_path / "d.npz", x=values, y=np.array([0, 1, 2, 0]))
    samples = load_samples(tmp_path / "d.npz", CLASSES, most=3)
    assert samples.inputs["x"].tolist() == values[:3].tolist()
    assert samples.labels.tolist() == [0, 1, 2]
    with pytest.raises(DataError, match="Sample 3"):
        load_samples(tmp_path / "d.npz", CLASSES)


def test_a_header_that_promises_too_much_asks_for_no_memory(tmp_path):
    with (tmp_path / "d.npy").open("wb") as file:
        np.lib.format.write_array_header_2_0(file, {"descr": "<f8", "fortran_order": False, "shape": (1 << 40, 6)})
        file.write(bytes(48))
    with pytest.raises(DataError, match="more than 2 GB"):
        load_samples(tmp_path / "d.npy", CLASSES)
    with pytest.raises(DataError, match="ends in the middle"):
        load_samples(tmp_path / "d.npy", CLASSES, most=2)


@given(st.data())
def test_a_damaged_file_is_refused_or_read(tmp_path_factory, data):
    path = tmp_path_factory.mktemp("damaged") / "d.npz"
    np.savez_compressed(path, x=np.arange(12.0).reshape(2, 6), y=np.array([0, 1]))
    content = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    path.write_bytes(content[: data.draw(st.integers(0, len(content)))])
    try:
        found = len(load_samples(path, CLASSES))
    except DataError as error:
        found = str(error)
    assert isinstance(found, int) or "d.npz" in found


@pytest.fixture
def example(tmp_path):
    """The network of the jet tagger that ships, and where its weights are."""
    store = TensorStore(tmp_path / "tensors")
    return open_file(EXAMPLES / "jet_tagger.codesign", store).design.network, store


def test_an_example_has_its_own_samples_also_when_it_is_edited(example):
    network, _ = example
    shipped = choose_samples(network)
    assert (shipped.given.name, shipped.count) == ("jet_tagger.npz", 500)
    assert len(load_samples(shipped.given, network, shipped.count)) == 500
    assert choose_samples(edits.remove_layers(network, ["softmax"])).given == shipped.given
    assert choose_samples(edits.rename(network, "features", "jets")).given == shipped.given


def test_a_strangers_network_of_the_same_form_gets_none_of_them(example):
    network, store = example
    stranger = with_random_weights(network, store)
    assert stranger.shapes == network.shapes
    assert choose_samples(stranger).given is None


def test_an_example_that_no_longer_fits_gets_none_of_them(example):
    network, _ = example
    wider = Network(
        tuple(replace(layer, op=Input(shape=(17,))) if not layer.inputs else layer for layer in network.layers)
    )
    assert (choose_samples(wider).given, choose_samples(wider).count) == (None, 1000)


def test_samples_of_the_users_own_come_first(tmp_path):
    np.save(tmp_path / "d.npy", np.zeros((4, 6)))
    assert choose_samples(CLASSES, tmp_path / "d.npy").arguments == {
        "data": str(tmp_path / "d.npy"),
        "samples": MOST,
    }
    with pytest.raises(DataError, match="could not be read"):
        choose_samples(CLASSES, tmp_path / "gone.npy")


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
    assert (found.hardware_lowest, found.hardware_highest) == (0.0, 4.0)
    assert found.relative == pytest.approx((81.25 / (1.5**2 + 4 + 81 + 16)) ** 0.5)
    assert difference(hardware * 0, hardware * 0).relative == 0.0
    assert difference(hardware, hardware * 0).relative is None
    with pytest.raises(ValueError, match="cannot be compared"):
        difference(hardware, reference[:1])


def test_agreement_and_accuracy_count_winners():
    hardware, reference = np.array([[1, 2], [3, 0], [0, 1]]), np.array([[0, 9], [0, 9], [0, 9]])
    assert agreement(hardware, reference) == pytest.approx(2 / 3)
    assert accuracy(hardware, np.array([1, 0, 0])) == pytest.approx(2 / 3)
