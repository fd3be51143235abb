"""Broken and hostile files end in an error that says what is wrong, where, and what to do."""

import json
import subprocess
import sys
import zipfile
from contextlib import nullcontext

import h5py
import numpy as np
import pytest

from engine.readers import ModelFileError, read_model
from engine.readers.hdf5 import load, open_hdf5
from tests.engine.readers.conftest import ROOT
from tests.engine.readers.mutants import check, mutant, outcome
from tests.engine.readers.sample_files import (
    functional,
    h5_file,
    json_file,
    keras_archive,
    layer,
    sample_arrays,
    sample_model,
    sequential,
    start,
)


def refusal(path, store):
    with pytest.raises(ModelFileError) as caught:
        read_model(path, store)
    error = caught.value
    assert error.what
    assert error.where
    assert error.remedy
    assert str(error).startswith(error.what.rstrip("."))
    return str(error)


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("model.onnx", "damaged"),
        ("model.pb", "not a kind of model file"),
        ("model", "not a kind of model file"),
        ("model.h5", "damaged"),
        ("model.keras", "damaged"),
        ("model.json", "damaged"),
    ],
)
def test_other_files_are_told_apart(store, tmp_path, name, what):
    (tmp_path / name).write_bytes(b"nothing of the kind")
    assert what in refusal(tmp_path / name, store)


def test_folders_and_missing_files_are_named(store, tmp_path):
    assert "folder" in refusal(tmp_path, store)
    assert "no such file" in refusal(tmp_path / "missing.h5", store)


def test_an_unreadable_file_is_a_typed_error(store, tmp_path, monkeypatch):
    def denied(*arguments):
        raise PermissionError(13, "Permission denied")

    path = json_file(tmp_path / "m.json")
    monkeypatch.setattr(type(path), "read_bytes", denied)
    with pytest.raises(ModelFileError, match="Permission denied"):
        read_model(path, store)


@pytest.mark.parametrize("text", ["[]", "3", '"text"', "{}", '{"class_name": 3, "config": {}}'])
def test_json_that_is_no_model_is_named(store, tmp_path, text):
    (tmp_path / "m.json").write_text(text)
    refusal(tmp_path / "m.json", store)


def test_deep_nesting_does_not_overflow(store, tmp_path):
    model = functional(start(2), layer("Dense", "inner", "start", units=2))
    for depth in range(1500):
        inner = {**model, "name": f"m{depth}", "inbound_nodes": [[["start", 0, 0, {}]]]}
        model = functional(start(2), inner)
    path = tmp_path / "m.json"
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(100_000)
    path.write_text(json.dumps(model))
    sys.setrecursionlimit(limit)
    message = refusal(path, store)
    assert "deep" in message or "recursion" in message


def test_a_circle_of_layers_is_found(store, tmp_path):
    model = functional(start(4), layer("Dense", "a", "b", units=4), layer("Dense", "b", "a", units=4), outputs=["b"])
    assert "circle" in refusal(json_file(tmp_path / "m.json", model), store)
    model = functional(start(4), layer("Dropout", "a", "b"), layer("Dropout", "b", "a"), outputs=["b"])
    assert "circle" in refusal(json_file(tmp_path / "m.json", model), store)


@pytest.mark.parametrize(
    ("model", "what"),
    [
        (functional(start(4), layer("Dense", "a", "ghost", units=4)), "'ghost' is read but not there"),
        (functional(start(4), layer("Dense", "a", "start")), "'units' is missing"),
        (functional(start(4), layer("Dense", "a", "start", units="4")), "'units' is '4'"),
        (functional(start(4), layer("Dense", "a", "start", units=10**9)), "10000000"),
        (functional(start(4), layer("Conv2D", "a", "start", filters=1, kernel_size=[3, 3])), "do not fit together"),
        (functional(start(4), layer("Dense", "", "start", units=4)), "no name"),
        (functional(start(4), layer("MaxPooling1D", "a", "start", pool_size=0)), "'pool_size'"),
        (functional(start(4), layer("Conv1D", "a", "start", filters=1, kernel_size=1, padding="odd")), "odd"),
        (sequential(), "no layers"),
    ],
)
def test_broken_descriptions_are_named_with_their_layer(store, tmp_path, model, what):
    assert what in refusal(json_file(tmp_path / "m.json", model, arrays=False), store)


def test_weights_that_are_missing_or_do_not_fit_are_named(store, tmp_path):
    arrays = sample_arrays()
    arrays["dense"]["kernel"] = np.ones((8, 4), np.float32)
    message = refusal(h5_file(tmp_path / "a.h5", arrays), store)
    assert "'kernel' of layer 'dense'" in message
    assert "8×4" in message
    assert "8×3" in message
    del arrays["dense"]["kernel"]
    assert "'kernel' of layer 'dense' are missing" in refusal(h5_file(tmp_path / "b.h5", arrays), store)
    del arrays["norm"]
    arrays["dense"]["kernel"] = np.ones((8, 3), np.float32)
    assert "layer 'norm' are missing" in refusal(json_file(tmp_path / "c.json", arrays=arrays), store)


@pytest.mark.parametrize("value", [np.nan, np.inf, 1e39])
def test_weights_that_are_not_numbers_are_refused(store, tmp_path, value):
    arrays = sample_arrays()
    arrays["dense"]["kernel"] = np.full((8, 3), value, np.float64)
    assert "not numbers" in refusal(h5_file(tmp_path / "a.h5", arrays), store)


@pytest.mark.parametrize(("layer_name", "role"), [("conv", "batch_norm/moving_variance"), ("norm", "moving_variance")])
def test_a_variance_that_is_not_above_zero_is_refused(store, tmp_path, layer_name, role):
    arrays = sample_arrays()
    arrays[layer_name][role] -= 5
    assert "variance" in refusal(h5_file(tmp_path / "a.h5", arrays), store)


def test_weights_of_another_model_beside_it_are_refused(store, tmp_path):
    def labelled(content):
        path = tmp_path / "labelled.h5"
        path.write_bytes(content)
        with h5py.File(path, "a") as file:
            file["layers/q_dense/vars"].attrs["name"] = "another"
        return path.read_bytes()

    assert "labelled 'another'" in refusal(keras_archive(tmp_path / "a.keras", weights=labelled), store)


def test_weights_of_strange_types_are_refused_only_where_they_are_wanted(store, tmp_path):
    path = h5_file(tmp_path / "a.h5")
    with h5py.File(path, "a") as file:
        file["model_weights/odd"] = np.array([b"text"])
    assert read_model(path, store).network["dense"].weights
    with h5py.File(path, "a") as file:
        del file["model_weights/dense/dense/kernel:0"]
        file["model_weights/dense/dense/kernel:0"] = np.full((8, 3), b"1")
    assert "not read" in refusal(path, store)


@pytest.mark.parametrize("kind", ["soft", "external", "storage", "virtual", "loop"])
def test_hdf5_files_that_lead_elsewhere_are_refused(store, tmp_path, kind):
    other = tmp_path / "secret.h5"
    with h5py.File(other, "w") as file:
        file["kernel"] = np.ones((8, 3), np.float32)
    (tmp_path / "secret.bin").write_bytes(bytes(96))
    path = h5_file(tmp_path / "a.h5")
    with h5py.File(path, "a") as file:
        group, name = file["model_weights/dense/dense"], "kernel:0"
        del group[name]
        if kind == "soft":
            group[name] = h5py.SoftLink("/model_weights/sub/inner/kernel:0")
        elif kind == "external":
            group[name] = h5py.ExternalLink(str(other), "kernel")
        elif kind == "storage":
            group.create_dataset(name, (8, 3), "f4", external=[(str(tmp_path / "secret.bin"), 0, 96)])
        elif kind == "virtual":
            layout = h5py.VirtualLayout((8, 3), "f4")
            layout[:] = h5py.VirtualSource(str(other), "kernel", (8, 3))
            group.create_virtual_dataset(name, layout)
        else:
            group["again"] = file["model_weights"]
    assert "damaged" in refusal(path, store)


def test_arrays_that_only_claim_to_be_huge_are_refused(store, tmp_path):
    path = h5_file(tmp_path / "a.h5")
    with h5py.File(path, "a") as file:
        file.create_dataset("bomb", (1 << 20, 1 << 20), "f4", chunks=(64, 64), compression="gzip")
    assert "2 GB" in refusal(path, store)


@pytest.mark.parametrize("name", ["../outside.txt", "/etc/outside", "a/../../b", "C:\\x", "config.json"])
def test_archives_with_members_outside_or_twice_are_refused(store, tmp_path, name):
    with pytest.warns(UserWarning, match="Duplicate") if name == "config.json" else nullcontext():
        path = keras_archive(tmp_path / "a.keras", members=[(name, b"x")])
    assert "The archive holds" in refusal(path, store)


def test_archives_that_unpack_to_far_more_are_refused(store, tmp_path):
    bomb = [("bomb.bin", bytes(64 << 20))]
    path = keras_archive(tmp_path / "a.keras", members=bomb, compression=zipfile.ZIP_DEFLATED)
    assert path.stat().st_size < 1 << 20
    assert "unpacks to far more" in refusal(path, store)


def test_a_file_cut_short_says_how_much_is_there(store, tmp_path):
    whole = h5_file(tmp_path / "m.h5")
    size = whole.stat().st_size
    with whole.open("r+b") as file:
        file.truncate(1000)
    with pytest.raises(ModelFileError, match=f"it ends after 1,000 of {size:,} bytes"):
        read_model(whole, store)


def test_archives_without_a_model_are_refused_and_without_weights_read(store, tmp_path):
    empty = tmp_path / "empty.keras"
    with zipfile.ZipFile(empty, "w") as archive:
        archive.writestr("readme.txt", "hello")
    assert "has no config.json" in refusal(empty, store)
    with zipfile.ZipFile(empty, "w") as archive:
        archive.writestr("config.json", json.dumps(sample_model()))
    assert "no weights" in read_model(empty, store).notes[-1]


def test_a_crash_of_the_hdf5_library_is_an_error_like_others(store, tmp_path, monkeypatch):
    path = h5_file(tmp_path / "a.h5")
    monkeypatch.setattr(load.sys, "executable", "/bin/false")
    assert "reading it fails" in refusal(path, store)


def test_reading_without_end_is_an_error_like_others(store, tmp_path, monkeypatch):
    path = h5_file(tmp_path / "a.h5")
    monkeypatch.setattr(load, "_SECONDS", 0.0)
    monkeypatch.setattr(load, "_SECONDS_A_MEGABYTE", 0.0)
    assert "does not come to an end" in refusal(path, store)


def test_nothing_is_left_in_the_folder_for_temporary_files(store, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with open_hdf5(h5_file(tmp_path / "a.h5"), "a.h5") as content:
        assert content.folder.parent == tmp_path
    read_model(keras_archive(tmp_path / "a.keras"), store)
    assert {path.name for path in tmp_path.iterdir() if path.is_dir()} == {"tensors"}


MUTANTS = 500


def test_500_mutated_files_give_a_clear_error_or_a_sound_network(store, tmp_path, monkeypatch):
    found = {}
    while len(found) < MUTANTS:
        found |= _read_in_one_process(tmp_path, len(found))
        if len(found) < MUTANTS:
            # This one crashes or stalls the HDF5 library; the studio reads it in a process of its own.
            monkeypatch.setattr(load, "_SECONDS", 1.5)
            found[len(found)] = outcome(mutant(len(found), tmp_path), store)
    assert set(found) == set(range(MUTANTS))
    assert set(found.values()) == {"read", "ModelFileError", "UnsupportedModelError"}
    assert list(found.values()).count("read") > 50


def test_the_unchanged_file_passes_the_check_that_mutants_pass(store, tmp_path):
    check(read_model(h5_file(tmp_path / "a.h5"), store).network, store)


def _read_in_one_process(tmp_path, first):
    folder = tmp_path / f"from_{first}"
    folder.mkdir()
    command = [sys.executable, "-m", "tests.engine.readers.mutants", str(folder), str(first), str(MUTANTS)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    # A mutant that raises anything but the typed errors ends the process with a traceback of its own.
    assert "Error" not in done.stderr, done.stderr[-2000:]
    return dict(lines)
