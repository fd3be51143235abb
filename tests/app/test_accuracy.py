"""Accuracy beside the budget: evaluated in a process of its own, also during a drag; newest wins, stale is known."""

import json
import subprocess
from dataclasses import replace

import numpy as np
import pytest

from app.accuracy import UNTRAINED, LiveAccuracy
from app.document import Document
from app.presenters.accuracy import accuracy_view, explain_accuracy
from engine.design import REUSE_FACTOR, DataReference, DataSource, set_data, set_on_layers
from engine.emulate.float_forward import forward
from engine.flows.evaluator import Answers, evaluator_command
from engine.flows.registry import flow
from engine.network import Layer, Network
from engine.network.kinds import Dense, Input
from engine.precision import FixedType
from engine.project import Project, Session
from engine.project.codec import design_to_json
from tests.samples import jet_tagger, small_resnet, with_random_weights


@pytest.fixture
def document(tmp_path, qtbot):
    session = Session(tmp_path / "sessions")
    document = Document(Project(jet_tagger(session.tensors)), session)
    yield document
    document.close()


@pytest.fixture
def accuracy(document):
    live = LiveAccuracy(document)
    yield live
    live.close()


def found(qtbot, accuracy):
    """Wait until nothing is under way."""
    qtbot.waitUntil(lambda: not accuracy.pending, timeout=30_000)
    assert not accuracy.stale
    return accuracy.comparison


def weight(bits, layer="fc2"):
    return lambda design: set_on_layers(design, (layer,), "weight", FixedType(bits, 1))


def directly(document):
    design = document.design
    return flow(design.target.flow).comparer(document.tensors).compare(design)


def all_of(path):
    """A file as a data set that is for testing as a whole."""
    return DataReference(DataSource.FILE, str(path), validation=0.0, test=1.0)


def view(accuracy, document):
    return accuracy_view(accuracy, document.design.network)


def labelled(document, folder, count=40):
    """Samples that the float network answers rightly."""
    x = np.random.default_rng(2).normal(size=(count, 16))
    answers = forward(document.design.network, document.tensors, {"features": x})["softmax"]
    np.savez(folder / "jets.npz", x=x, y=answers.argmax(axis=1))
    return folder / "jets.npz"


def test_the_process_finds_what_the_engine_finds(qtbot, document, accuracy):
    assert view(accuracy, document).notes == ("evaluating…",)
    assert found(qtbot, accuracy) == directly(document)
    shown = view(accuracy, document)
    assert (shown.title, shown.source) == ("Same answer", "bit-exact, 1,000 made-up samples")
    assert shown.notes[1] == "as the float network"


def test_after_edits_the_newest_design_is_evaluated(qtbot, document, accuracy):
    first = found(qtbot, accuracy)
    for bits in (5, 3, 2):
        document.edit("Set precision", weight(bits))
        assert accuracy.stale
        assert accuracy.comparison is first
    assert found(qtbot, accuracy) == directly(document) != first


def test_while_a_hand_drags_numbers_come_too(qtbot, document, accuracy):
    first = found(qtbot, accuracy)
    with document.gesture():
        document.edit("Set precision", weight(3))
        assert found(qtbot, accuracy) == directly(document) != first
        document.edit("Set precision", weight(2))
    assert found(qtbot, accuracy) == directly(document)


def test_what_decides_no_number_asks_nothing(qtbot, document, accuracy):
    found(qtbot, accuracy)
    asked = []
    accuracy.changed.connect(lambda: asked.append(1))
    document.edit("Set reuse factor", lambda design: set_on_layers(design, ("fc1",), REUSE_FACTOR, 4))
    document.edit("Set clock", lambda design: replace(design, target=replace(design.target, clock_ns=5.0)))
    assert not accuracy.stale
    found(qtbot, accuracy)
    assert not asked


def test_labelled_samples_give_an_accuracy(qtbot, document, accuracy, tmp_path):
    wide = lambda design: set_on_layers(design, ("fc1", "fc2", "fc3", "fc4"), "weight", FixedType(16, 4))  # noqa: E731
    document.edit("Set precision", wide)
    data = labelled(document, tmp_path)
    document.edit("Data set", lambda design: set_data(design, all_of(data)))
    assert accuracy.stale
    assert found(qtbot, accuracy) == directly(document)
    shown = view(accuracy, document)
    assert (shown.title, shown.source) == ("Accuracy", "bit-exact, 40 samples")
    assert shown.notes[1] == "float 100.0 %"
    document.edit("Set precision", weight(2, "fc4"))
    found(qtbot, accuracy)
    shown = view(accuracy, document)
    assert shown.danger
    assert "It goes wrong at fc4" in shown.spoken
    explained = explain_accuracy(accuracy, document.design.network)
    assert explained.value == shown.value
    assert "Samples of jets, test split" in explained.reason
    assert explained.contributors[0].share >= explained.contributors[-1].share > 0
    assert {action for action, _ in explained.actions} == {"run.layers", "network.data"}


def test_without_labels_it_says_what_to_do(qtbot, document, accuracy):
    found(qtbot, accuracy)
    assert "choose a data set with labels" in explain_accuracy(accuracy, document.design.network).reason


def test_an_autoencoder_is_measured_by_its_error(qtbot, document, accuracy):
    layers = (Layer("x", Input(shape=(6,))), Layer("out", Dense(units=6), ("x",)))
    network = with_random_weights(Network(layers), document.tensors)
    document.edit("Other network", lambda design: replace(design, network=network, layers=()))
    found(qtbot, accuracy)
    shown = view(accuracy, document)
    assert (shown.title, shown.notes) == ("Error", ("of the float network’s output",))


def test_a_network_without_weights_starts_no_process(qtbot, document, accuracy):
    bare = replace(document.design, network=small_resnet().network, layers=())
    document.edit("Draw another network", lambda design: bare)
    found(qtbot, accuracy)
    assert accuracy.asker.process is None
    assert accuracy.refusal == UNTRAINED
    assert view(accuracy, document).value == "–"


def test_a_refusal_arrives_in_words_and_goes_again(qtbot, document, accuracy):
    found(qtbot, accuracy)
    document.edit("Catapult", lambda design: replace(design, target=replace(design.target, flow="catapult")))
    assert found(qtbot, accuracy) is None
    assert "Emulate, which needs a compiler" in accuracy.refusal
    assert explain_accuracy(accuracy, document.design.network).reason == accuracy.refusal
    document.undo_stack.undo()
    assert found(qtbot, accuracy) == directly(document)


def test_a_file_that_has_gone_is_said(qtbot, document, accuracy, tmp_path):
    document.edit("Data set", lambda design: set_data(design, all_of(tmp_path / "gone.npz")))
    assert found(qtbot, accuracy) is None
    assert "gone.npz could not be read" in accuracy.refusal


def test_a_process_that_dies_is_said_and_replaced(qtbot, document, accuracy):
    found(qtbot, accuracy)
    with qtbot.waitSignal(accuracy.asker.process.finished):
        accuracy.asker.process.kill()
    document.edit("Set precision", weight(3))
    assert found(qtbot, accuracy) == directly(document)


def test_a_process_that_cannot_be_started_is_said(qtbot, document, accuracy, monkeypatch):
    monkeypatch.setattr("app.accuracy.evaluator_command", lambda: ["/no/such/program"])
    assert found(qtbot, accuracy) is None
    assert "starts again at the next edit" in accuracy.refusal


def test_the_process_ends_when_nobody_listens_any_more(store):
    process = subprocess.Popen(evaluator_command(), stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    question = {"design": design_to_json(jet_tagger(store)), "tensors": str(store.folder)}
    process.stdin.write(json.dumps(question).encode() + b"\n")
    process.stdin.close()
    assert process.wait(timeout=20) == 0
    process.stdout.close()


def test_answers_are_values_of_json(store, tmp_path):
    design, answers = jet_tagger(store), Answers()
    question = {"design": design_to_json(design), "tensors": str(store.folder)}
    found = answers(question)["comparison"]
    assert json.loads(json.dumps(found)) == found
    missing = answers(question | {"tensors": str(tmp_path / "empty")})
    assert "not at hand" in missing["refusal"]


def test_what_is_no_choice_among_classes_is_judged_by_its_score(qtbot, document, accuracy):
    layers = (Layer("x", Input(shape=(64,))), Layer("out", Dense(units=64), ("x",)))
    network = with_random_weights(Network(layers), document.tensors)
    sounds = DataReference(DataSource.GENERATOR, "sounds")
    document.edit("Sounds", lambda design: replace(design, network=network, layers=(), data=sounds))
    found(qtbot, accuracy)
    shown = view(accuracy, document)
    assert shown.title == "AUC"
    assert shown.notes[1].startswith("float 0.")
    assert "No right answers" not in explain_accuracy(accuracy, document.design.network).reason
