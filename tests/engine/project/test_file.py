"""The project file: what goes in comes out, and damage is named, never half read."""

import json
import random
import zipfile
from dataclasses import replace

import numpy as np
import pytest

from engine.boards import board
from engine.design import Design, Requirement, Target, move, set_default, set_fifo_depths, set_on_kind
from engine.network import Layer, Network, NetworkError, TensorStore
from engine.network.kinds import Dense, Input
from engine.precision import parse
from engine.project import Project, ProjectFileError, Run, design_digest, load_project, migrations, save_project
from engine.project.codec import design_from_json, design_to_json
from tests.samples import jet_tagger, small_resnet


@pytest.fixture
def project(store):
    design = set_default(jet_tagger(store), "precision", parse("fixed< 16, 6, AP_RND >"))
    design = set_on_kind(design, "activation", "result", parse("ap_ufixed<8,2,AP_RND_CONV,AP_SAT>"))
    design = set_fifo_depths(design, {"fc1 → relu1": 3})
    design = move(replace(design, requirement=Requirement(1.5, 1e6)), {"fc1": (10.0, -4.5)})
    run = Run(
        "synthesise", "done", "2026-01-01T00:00:00Z", 12.5, design_digest(design), "vitis", totals=(("LUT", 9.0),)
    )
    return Project(design, (run,))


@pytest.mark.parametrize("sample", [jet_tagger, small_resnet])
def test_saved_designs_come_back_equal_with_their_weights(sample, store, tmp_path):
    design = sample(store)
    save_project(tmp_path / "a.codesign", Project(design), store)
    elsewhere = TensorStore(tmp_path / "elsewhere")
    assert load_project(tmp_path / "a.codesign", elsewhere).design == design
    assert elsewhere.digests() == store.digests()


def test_everything_a_project_holds_survives(project, store, tmp_path):
    save_project(tmp_path / "a.codesign", project, store)
    loaded = load_project(tmp_path / "a.codesign", store)
    assert loaded == project
    assert str(loaded.design.defaults.get("precision")) == "fixed< 16, 6, AP_RND >"


def test_the_same_project_gives_the_same_bytes(project, store, tmp_path):
    for name in "ab":
        save_project(tmp_path / name, project, store)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_a_failed_save_leaves_the_old_file(project, store, tmp_path):
    path = tmp_path / "a.codesign"
    save_project(path, project, store)
    before = path.read_bytes()
    store.sweep(keep=set())
    with pytest.raises(KeyError):
        save_project(path, project, store)
    assert path.read_bytes() == before
    assert list(tmp_path.glob(".*.part")) == []


def test_a_newer_file_says_so(project, store, tmp_path, monkeypatch):
    monkeypatch.setattr("engine.project.file.VERSION", 99)
    save_project(tmp_path / "a.codesign", project, store)
    with pytest.raises(ProjectFileError, match="newer Codesign Studio"):
        load_project(tmp_path / "a.codesign", store)


def test_older_data_pass_through_every_step(monkeypatch):
    monkeypatch.setattr(migrations, "VERSION", 3)
    monkeypatch.setattr(migrations, "STEPS", {1: lambda d: d | {"one": 1}, 2: lambda d: d | {"two": d["one"] + 1}})
    assert migrations.migrated({}, 1) == {"one": 1, "two": 2}


def test_weights_that_do_not_fit_their_name_are_refused(project, store, tmp_path):
    path = tmp_path / "a.codesign"
    save_project(path, project, store)
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    tensors = [name for name in members if name.startswith("tensors/")]
    members[tensors[0]] = members[tensors[1]]
    _write_zip(path, members)
    with pytest.raises(ProjectFileError, match="damaged"):
        load_project(path, TensorStore(tmp_path / "other"))


def test_weights_that_are_not_numbers_are_refused(store, tmp_path):
    design = jet_tagger(store)
    first = design.network["fc1"]
    kernel = np.array(store.get(dict(first.weights)["kernel"]))
    kernel[0, 0] = np.nan
    spoilt = replace(first, weights=(*first.weights[1:], ("kernel", store.put(kernel))))
    layers = tuple(spoilt if layer is first else layer for layer in design.network.layers)
    save_project(tmp_path / "a.codesign", Project(replace(design, network=Network(layers))), store)
    with pytest.raises(ProjectFileError, match=r"tensors/[0-9a-f]{64}\.npy hold values that are not numbers"):
        load_project(tmp_path / "a.codesign", store)


def test_five_hundred_damaged_files_give_an_error_or_a_project(project, store, tmp_path):
    path = tmp_path / "a.codesign"
    save_project(path, project, store)
    whole = path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    chance = random.Random(7)
    outcomes = []
    for index in range(500):
        if index % 2:
            path.write_bytes(_flipped(whole, chance))
        else:
            _write_zip(path, members | {"design.json": _mutated_json(members["design.json"], chance)})
        outcomes.append(_outcome(path, store))
    assert sum(outcome != "" for outcome in outcomes) > 100
    assert all(outcome.endswith((".", ")")) for outcome in outcomes if outcome)


def _outcome(path, store):
    """'' for a file that could be read, else its error's message; any other exception fails the test."""
    try:
        load_project(path, store)
    except ProjectFileError as error:
        return str(error)
    return ""


def _flipped(data, chance):
    changed = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed[: chance.randint(1, len(changed))]) if chance.random() < 0.3 else bytes(changed)


def _mutated_json(data, chance):
    tree = json.loads(data)
    node = tree
    while True:
        keys = list(node) if isinstance(node, dict) else list(range(len(node)))
        if not keys:
            return json.dumps(tree).encode()
        key = chance.choice(keys)
        if isinstance(node[key], dict | list) and node[key] and chance.random() < 0.9:
            node = node[key]
            continue
        node[key] = chance.choice([None, -1, 0, 1e308, 10**30, "", "x", [], {}, True, [[]], "ap_fixed<0,0>"])
        return json.dumps(tree).encode()


def _write_zip(path, members):
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)


def test_a_network_error_is_a_value_error():
    # The file layer turns ValueErrors of the engine into ProjectFileErrors: all its errors must be such.
    assert issubclass(NetworkError, ValueError)


def test_only_weights_that_shrink_are_compressed(store, tmp_path):
    random = np.random.default_rng(1)
    kept, pruned = random.normal(size=(300, 300)), np.zeros((300, 300))
    pruned[::10] = 1.0
    layers = [Layer("x", Input(shape=(300,)))]
    for name, values in (("kept", kept), ("pruned", pruned)):
        weights = (("kernel", store.put(values)), ("bias", store.put(random.normal(size=300))))
        layers.append(Layer(name, Dense(units=300), (layers[-1].name,), weights=weights))
    design = Design("n", Network(tuple(layers)), Target(board("pynq-z2"), 10.0))
    save_project(tmp_path / "n.codesign", Project(design), store)
    with zipfile.ZipFile(tmp_path / "n.codesign") as archive:
        sizes = {info.filename: info.compress_size / info.file_size for info in archive.infolist()}
    shares = {layer.name: sizes[f"tensors/{layer.weights[0][1].digest}.npy"] for layer in design.network.layers[1:]}
    assert shares["kept"] == 1.0
    assert shares["pruned"] < 0.1
    assert load_project(tmp_path / "n.codesign", store).design == design


def test_a_design_without_fifo_depths_keeps_the_digest_it_always_had():
    assert "fifo_depths" not in design_to_json(small_resnet())
    assert design_digest(set_fifo_depths(small_resnet(), {"a → b": 2})) != design_digest(small_resnet())


def test_a_fifo_of_no_words_is_named():
    data = design_to_json(set_fifo_depths(small_resnet(), {"a → b": 2}))
    data["fifo_depths"]["a → b"] = 0
    with pytest.raises(ProjectFileError, match="fifo_depths: a FIFO holds at least one word"):
        design_from_json(data)
