"""The document: every edit is undone exactly, a gesture is one step, a crash loses at most two seconds."""

import json
import random
import threading
from dataclasses import replace

import pytest

from app.document import Document
from app.progress import CancelledError, heard_aside
from engine.design import REUSE_FACTOR, WEIGHT, move, set_default, set_on_layers, with_network
from engine.network import KINDS, edits
from engine.precision import FixedType
from engine.project import Project, Run, Session, recoverable, save_project
from tests.samples import jet_tagger, small_resnet


@pytest.fixture
def document(tmp_path, qtbot):
    session = Session(tmp_path / "sessions")
    document = Document(Project(small_resnet(session.tensors)), session)
    yield document
    document.close()


def _set_rf(value):
    return lambda design: set_on_layers(design, ("conv1",), REUSE_FACTOR, value)


def test_an_edit_is_undone_and_redone(document):
    before = document.design
    document.edit("Set reuse factor", _set_rf(9))
    after = document.design
    document.undo_stack.undo()
    assert document.design == before
    document.undo_stack.redo()
    assert document.design == after != before


def test_an_edit_that_changes_nothing_is_no_step(document):
    document.edit("Set reuse factor", _set_rf(4))
    assert document.undo_stack.count() == 0


def test_a_gesture_of_a_thousand_edits_is_one_step(document):
    before = document.design
    with document.gesture():
        for value in range(1, 1001):
            document.edit(f"Set reuse factor to {value}", _set_rf(value))
    assert document.undo_stack.count() == 1
    assert document.undo_stack.undoText() == "Set reuse factor to 1000"
    document.undo_stack.undo()
    assert document.design == before


def test_two_gestures_are_two_steps(document):
    for value in (7, 8):
        with document.gesture():
            document.edit("Set reuse factor", _set_rf(value))
    assert document.undo_stack.count() == 2


def test_a_gesture_that_comes_back_leaves_no_step(document):
    with document.gesture():
        document.edit("Set", _set_rf(9))
        document.edit("Set", _set_rf(4))
    assert document.undo_stack.count() == 0


def test_a_cancelled_gesture_changes_nothing(document):
    document.edit("First", _set_rf(2))
    before = document.design
    document.begin_gesture()
    document.edit("Second", _set_rf(9))
    document.cancel_gesture()
    assert document.design == before
    assert document.undo_stack.undoText() == "First"


def test_cancelling_a_gesture_without_edits_keeps_the_step_before(document):
    document.edit("First", _set_rf(2))
    document.begin_gesture()
    document.cancel_gesture()
    assert document.design.of_layer("conv1").get(REUSE_FACTOR) == 2


def test_a_run_reaches_the_recovery_file_without_an_edit(document, qtbot):
    recovery = document.session.folder / "recovery.json"
    document.record(Run("synthesise", "done", "2026-01-05T10:20:30+00:00", 1.0, "x", "vitis"))
    qtbot.waitUntil(recovery.exists, timeout=5000)
    assert json.loads(recovery.read_text())["runs"][0]["action"] == "synthesise"


def test_a_finished_run_is_worth_saving_and_no_undo_step(document, tmp_path):
    run = Run("synthesise", "done", "2026-01-05T10:20:30+00:00", 1.0, "x", "vitis")
    document.record(run)
    assert (document.has_new_runs, document.modified, document.undo_stack.count()) == (True, False, 0)
    document.edit("Set", _set_rf(2))
    document.undo_stack.undo()
    assert (document.runs, document.has_new_runs) == ((run,), True)
    document.save(tmp_path / "a.codesign")
    assert not document.has_new_runs


@pytest.mark.parametrize("state", ["failed", "cancelled"])
def test_a_run_that_came_to_nothing_is_not_worth_a_question(document, state):
    document.record(Run("synthesise", state, "2026-01-05T10:20:30+00:00", 1.0, "x", "vitis"))
    assert document.runs
    assert not document.has_new_runs


def test_edits_reach_the_recovery_file_and_saving_drops_it(document, tmp_path, qtbot):
    document.edit("Set", _set_rf(2))
    recovery = document.session.folder / "recovery.json"
    qtbot.waitUntil(recovery.exists, timeout=5000)
    document.save(tmp_path / "a.codesign")
    assert not recovery.exists()
    assert not document.modified
    assert recoverable(tmp_path / "sessions") == ()


def test_a_cancelled_save_changes_nothing(document, tmp_path):
    path = tmp_path / "a.codesign"
    document.save(path)
    before = path.read_bytes()
    document.edit("Set", _set_rf(2))

    def cancel(_share):
        raise CancelledError

    def work(hear):
        told.wait(5)
        hear(0.5)

    told = threading.Event()
    with pytest.raises(CancelledError):
        heard_aside(work, lambda share: (told.set(), cancel(share)))
    with pytest.raises(CancelledError):
        save_project(path, Project(document.design), document.tensors, cancel)
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.glob("*a.codesign*")] == ["a.codesign"]
    assert document.modified


def test_a_run_that_ends_while_the_file_is_written_is_not_taken_for_saved(document, tmp_path, monkeypatch):
    run = Run("synthesise", "done", "2026-01-05T10:20:30+00:00", 1.0, "x", "vitis")

    def meanwhile(work, told):
        document.record(run)
        return work(told)

    monkeypatch.setattr("app.document.heard_aside", meanwhile)
    document.save(tmp_path / "a.codesign")
    assert document.has_new_runs


def test_saving_keeps_weights_that_undo_needs(document, tmp_path):
    weights = document.tensors.digests()
    document.edit("Delete", lambda d: with_network(d, edits.remove_layers(d.network, ["classifier"])))
    document.save(tmp_path / "a.codesign")
    assert document.tensors.digests() == weights


def _random_edit(design, chance):
    names = [layer.name for layer in design.network.layers]
    name = chance.choice(names)
    match chance.randrange(8):
        case 0:
            return set_on_layers(design, (name,), REUSE_FACTOR, chance.choice([None, 1, 2, 4, 8]))
        case 1:
            return set_on_layers(design, tuple(names), WEIGHT, FixedType(chance.randint(2, 16), 2))
        case 2:
            return set_default(design, "precision", FixedType(chance.randint(4, 20), 6))
        case 3:
            return move(design, {name: (chance.random(), chance.random())})
        case 4:
            op = chance.choice(list(KINDS.values()))()
            return with_network(design, edits.add_layer(design.network, op, edits.free_name(design.network, "new")))
        case 5:
            if len(names) < 12:
                return design
            return with_network(design, edits.remove_layers(design.network, [name]))
        case 6:
            return with_network(design, edits.connect(design.network, chance.choice(names), name, chance.randrange(2)))
        case _:
            new = edits.free_name(design.network, "layer")
            return with_network(design, edits.rename(design.network, name, new), {name: new})


@pytest.mark.proof
def test_ten_thousand_random_edits_undo_to_the_identical_design(document):
    _random_session(document, 10_000)


def test_five_hundred_random_edits_undo_to_the_identical_design(document):
    _random_session(document, 500)


def _random_session(document, count):
    start, chance, trail = document.design, random.Random(3), []
    for _ in range(count):
        before = document.undo_stack.count()
        try:
            document.edit("Random", lambda design: _random_edit(design, chance))
        except ValueError:
            assert document.undo_stack.count() == before
        trail.append(document.design)
    last = document.design
    document.undo_stack.setIndex(0)
    assert document.design == start
    document.undo_stack.setIndex(document.undo_stack.count())
    assert document.design == last
    assert len(set(trail)) > count // 10


def test_designs_are_values(store):
    assert jet_tagger(store) == jet_tagger(store)
    assert hash(jet_tagger(store)) == hash(jet_tagger(store))
    assert replace(jet_tagger(store), name="x") != jet_tagger(store)
