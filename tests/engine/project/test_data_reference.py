"""A design's data set in the project file: a reference, by the way from the file to the data."""

import json
import shutil
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from engine.design import DataReference, DataSource, set_data
from engine.network import TensorStore
from engine.project import Project, ProjectFileError, design_digest, load_project, save_project
from tests.samples import jet_tagger


@pytest.fixture
def store(tmp_path):
    return TensorStore(tmp_path / "tensors")


def test_data_beside_the_project_move_with_it(tmp_path, store):
    home, away = tmp_path / "home", tmp_path / "away"
    (home / "data").mkdir(parents=True)
    reference = DataReference(DataSource.FILE, str(home / "data" / "jets.npz"), seed=5, test=0.25)
    save_project(home / "net.codesign", Project(set_data(jet_tagger(store), reference)), store)
    assert load_project(home / "net.codesign", store).design.data == reference
    shutil.move(home, away)
    moved = load_project(away / "net.codesign", store).design.data
    assert moved == replace(reference, name=str(away / "data" / "jets.npz"))


@pytest.mark.parametrize(
    "reference",
    [
        DataReference(DataSource.GENERATOR, "jets", seed=7),
        DataReference(DataSource.FILE, str(Path(__file__).absolute()), label="class"),
        None,
    ],
)
def test_any_other_data_stay_where_they_are(reference, tmp_path, store):
    save_project(tmp_path / "net.codesign", Project(set_data(jet_tagger(store), reference)), store)
    assert load_project(tmp_path / "net.codesign", store).design.data == reference


def test_data_decide_no_hardware(store):
    design = jet_tagger(store)
    assert design_digest(set_data(design, DataReference(DataSource.GENERATOR, "jets"))) == design_digest(design)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"source": "pickle"}, "data.source: 'pickle' is not one of"),
        ({"test": 2.0}, "data: "),
        ({"name": 3}, "data.name"),
    ],
)
def test_a_damaged_reference_is_named(change, words, tmp_path, store):
    path = tmp_path / "net.codesign"
    save_project(path, Project(set_data(jet_tagger(store), DataReference(DataSource.GENERATOR, "jets"))), store)
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    design = json.loads(members["design.json"])
    members["design.json"] = json.dumps(design | {"data": design["data"] | change}).encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    with pytest.raises(ProjectFileError, match=words):
        load_project(path, store)
