"""Snapshots in a project file, with the weights that only they use, and after a crash."""

from dataclasses import replace

import pytest

from engine.network import TensorStore
from engine.project import Project, ProjectFileError, Session, Snapshot, load_project, recoverable, save_project
from engine.project.fields import Node
from engine.project.snapshot import snapshot_from_json, snapshot_to_json
from tests.samples import jet_tagger, small_resnet


def _snapshot(store):
    return Snapshot("Small", "2026-11-27T22:00:00+00:00", small_resnet(store), (("accuracy", 0.9), ("LUT", 12.0)), "e")


def test_a_file_keeps_snapshots_with_their_own_weights(store, tmp_path):
    project = Project(jet_tagger(store), snapshots=(_snapshot(store),))
    path = tmp_path / "p.codesign"
    save_project(path, project, store)
    other = TensorStore(tmp_path / "other")
    found = load_project(path, other)
    assert found == project
    kernel = found.snapshots[0].design.network["stem"].weight("kernel")
    assert (other.get(kernel) == store.get(kernel)).all()
    assert found.snapshots[0].figure("LUT") == 12
    assert found.snapshots[0].figure("DSP") is None


def test_a_file_without_snapshots_has_none(store, tmp_path):
    path = tmp_path / "p.codesign"
    save_project(path, Project(jet_tagger(store)), store)
    assert load_project(path, store).snapshots == ()


def test_a_crash_leaves_them(tmp_path):
    session = Session(tmp_path)
    snapshot = _snapshot(session.tensors)
    session.keep(jet_tagger(session.tensors), None, (), (snapshot,))
    (session.folder / "owner.json").write_text('{"pid": 1, "created": 0}')
    (left,) = recoverable(tmp_path)
    assert left.snapshots == (snapshot,)


def test_a_snapshot_that_is_none_is_refused_with_its_place(store):
    value = snapshot_to_json(_snapshot(store))
    with pytest.raises(ProjectFileError, match="figures"):
        snapshot_from_json(Node(value | {"figures": {"LUT": "many"}}, "snapshots"))
    assert snapshot_from_json(Node(value, "")) == replace(_snapshot(store))
