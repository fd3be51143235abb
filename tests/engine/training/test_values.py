"""What training needs besides TensorFlow: settings, the task, checkpoints, trained weights as an edit."""

from dataclasses import replace

import numpy as np
import pytest

from engine.boards import board
from engine.data import DataSet
from engine.design import WEIGHT, DataReference, DataSource, set_data, set_on_layers
from engine.emulate.data import Samples
from engine.jobs.errors import JobError
from engine.jobs.spec import job_spec
from engine.jobs.state import JobState
from engine.jobs.view import JobView
from engine.network import Layer, Network
from engine.network.edits import replace_op
from engine.network.kinds import GRU, Activation, Dense, Input
from engine.opening import starting_design
from engine.precision import FixedType, Rounding
from engine.precision.cast import cast
from engine.project import design_to_json
from engine.training.check import check
from engine.training.checkpoint import CURVE, Checkpoint, Point
from engine.training.differences import differences
from engine.training.edit import stored, take_over, trained_from_json, with_trained
from engine.training.entry import ENTRY
from engine.training.errors import NotTrainableError
from engine.training.held import Arithmetic
from engine.training.job import train
from engine.training.settings import Start, TrainingSettings
from engine.training.settled import settled
from engine.training.task import CLASSES, SHARES, VALUES, task_of
from engine.training.unfinished import unfinished
from tests.samples import jet_tagger


def test_settings_come_back_from_json():
    settings = TrainingSettings(Start.FLOAT, epochs=7, teacher=0.35)
    assert TrainingSettings.from_json(settings.to_json()) == settings


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ({"epochs": 0}, "number of epochs cannot be 0: it must be 1"),
        ({"learning_rate": -1.0}, "learning rate cannot be -1"),
        ({"optimizer": "lion"}, "'lion' is not one of adam"),
        ({"start": "anywhere"}, "anywhere"),
        ({"epoch": 3}, "no setting 'epoch'"),
    ],
)
def test_settings_that_cannot_be_are_named(value, said):
    with pytest.raises(NotTrainableError, match=said):
        TrainingSettings.from_json(value)


def _samples(labels=None, targets=None):
    return Samples({"features": np.zeros((4, 16))}, labels, targets)


def test_the_task_follows_from_answers_and_output(store):
    network = jet_tagger(store).network
    labels = np.array([0, 1, 4, 2])
    task = task_of(network, _samples(labels))
    assert (task.kind, task.outputs) == (CLASSES, 5)
    assert task.targets(_samples(labels)).argmax(-1).tolist() == labels.tolist()
    sigmoid = Network(
        tuple(replace(each, op=Activation("sigmoid")) if each.name == "softmax" else each for each in network.layers)
    )
    assert task_of(sigmoid, _samples(labels)).kind == SHARES
    assert task_of(sigmoid, _samples(labels, np.zeros((4, 5)))).kind == VALUES
    with pytest.raises(NotTrainableError, match="'softmax' is a softmax, which answers with shares of classes"):
        task_of(network, _samples(targets=np.zeros((4, 5))))


def test_several_outputs_learn_as_many_values():
    layers = (
        Layer("source", Input(shape=(3,))),
        Layer("place", Dense(units=2), ("source",)),
        Layer("size", Dense(units=1), ("source",)),
    )
    network = Network(layers)
    task = task_of(network, _samples(targets=np.zeros((4, 3))))
    assert (task.kind, task.outputs) == (VALUES, 3)
    with pytest.raises(NotTrainableError, match=r"2 outputs with 3 values together.*order place, size"):
        task_of(network, _samples(np.array([0, 1, 0, 1])))


def test_data_without_answers_teach_nothing(store):
    with pytest.raises(NotTrainableError, match="no labels"):
        task_of(jet_tagger(store).network, _samples())


def test_a_checkpoint_gives_back_what_it_kept_and_nothing_that_does_not_fit(tmp_path):
    checkpoint = Checkpoint(tmp_path)
    arrays = [np.array([3.0]), np.arange(6, dtype=np.float32).reshape(2, 3)]
    checkpoint.keep("state", arrays)
    found = checkpoint.kept("state", arrays)
    assert [each.tolist() for each in found] == [each.tolist() for each in arrays]
    assert checkpoint.kept("state", arrays[:1]) is None
    assert checkpoint.kept("another", arrays) is None


def test_half_a_line_of_a_curve_is_no_epoch(tmp_path):
    checkpoint = Checkpoint(tmp_path)
    checkpoint.append(Point("float", 0, 0.5, validation_accuracy=0.9))
    with (tmp_path / CURVE).open("a") as file:
        file.write('{"phase": "float", "epo')
    assert checkpoint.curve() == (Point("float", 0, 0.5, validation_accuracy=0.9),)


def test_a_curve_goes_on_after_the_epochs_that_are_kept(tmp_path):
    checkpoint = Checkpoint(tmp_path)
    points = [Point("float", 0, 0.5), Point("quantised", 0, 0.4), Point("quantised", 1, 0.3)]
    for point in points:
        checkpoint.append(point)
    with (tmp_path / CURVE).open("a") as file:
        file.write('{"phase": "quan')
    checkpoint.go_on("quantised", 1)
    checkpoint.append(Point("quantised", 1, 0.2))
    assert checkpoint.curve() == (*points[:2], Point("quantised", 1, 0.2))


def test_trained_weights_are_one_edit_and_travel_between_stores(store, tmp_path):
    from engine.network import TensorStore

    design = jet_tagger(store)
    theirs = TensorStore(tmp_path / "job")
    arrays = {
        (layer.name, role): np.full(ref.shape, 0.25) for layer in design.network.layers for role, ref in layer.weights
    }
    weights = trained_from_json([each.to_json() for each in stored(arrays, theirs)])
    take_over(weights, theirs, store)
    after = with_trained(design, weights)
    assert store.get(after.network["fc1"].weight("kernel")).mean() == 0.25
    assert replace(after, network=design.network) == design


def test_layers_edited_since_keep_their_weights(store):
    design = jet_tagger(store)
    arrays = {
        (layer.name, role): np.full(ref.shape, 0.25) for layer in design.network.layers for role, ref in layer.weights
    }
    weights = stored(arrays, store)
    edited = replace(design, network=replace_op(design.network, "fc4", Dense(units=7)))
    after = with_trained(edited, weights)
    assert after.network["fc1"].weights == with_trained(design, weights).network["fc1"].weights
    assert after.network["fc4"] == edited.network["fc4"]


def test_weights_that_fit_nowhere_are_refused(store):
    with pytest.raises(NotTrainableError, match="fit no layer"):
        with_trained(jet_tagger(store), stored({("gone", "kernel"): np.zeros(3)}, store))


def test_weights_that_grew_without_bound_are_not_taken_over(store):
    with pytest.raises(NotTrainableError, match="kernel of 'fc1' grow without bound: lower the learning rate"):
        stored({("fc1", "kernel"): np.array([1.0, np.inf])}, store)


def _training(folder, design, state, epochs=1):
    folder.mkdir()
    for epoch in range(epochs):
        Checkpoint(folder).append(Point("float", epoch, 0.5))
    spec = job_spec(ENTRY, "Train", {"design": design_to_json(design)})
    return JobView(spec, 1, folder, 0.0, state)


def test_the_newest_training_of_a_design_can_go_on_if_it_was_cut_short(tmp_path):
    design = jet_tagger()
    other = set_on_layers(design, ("fc1",), WEIGHT, FixedType(4, 1))
    killed = _training(tmp_path / "1", design, JobState.FAILED)
    others = _training(tmp_path / "2", other, JobState.DONE)
    assert unfinished([others, killed], design) is killed
    assert unfinished([killed], other) is None
    done = _training(tmp_path / "3", design, JobState.DONE)
    assert unfinished([done, killed], design) is None
    assert unfinished([_training(tmp_path / "4", design, JobState.CANCELLED, epochs=0)], design) is None
    came_to_nothing = _training(tmp_path / "6", design, JobState.FAILED, epochs=0)
    assert unfinished([came_to_nothing, killed], design) is killed
    assert unfinished([_training(tmp_path / "5", design, JobState.RUNNING)], design) is None


@pytest.mark.parametrize("rounding", [Rounding.TRN, Rounding.RND])
def test_settled_weights_round_alike_when_written_as_decimals(rounding):
    type_ = FixedType(3, 1, rounding=rounding)
    values = np.random.default_rng(1).uniform(-1, 0.9, 2000).astype(np.float32)
    kept = settled(values, type_)
    written = np.array([float(f"{value:.{type_.fraction}f}") for value in kept])
    assert (cast(written, type_) == cast(values, type_)).all()
    assert np.mean(kept == values) > 0.8


def test_sums_that_their_types_hold_are_not_rounded(store):
    design = jet_tagger(store)
    arithmetic = Arithmetic(design)
    assert arithmetic.sums(design.network["fc1"]) == ()
    narrow = set_on_layers(design, ("fc1",), "accum", FixedType(10, 6))
    assert Arithmetic(narrow).sums(narrow.network["fc1"]) == (FixedType(10, 6),)
    assert any("fc1" in said and "every product" in said for said in differences(narrow))


def test_what_is_true_of_many_layers_is_said_once(store):
    design = jet_tagger(store)
    dense = tuple(layer.name for layer in design.network.layers if layer.op.KIND == "dense")
    narrow = set_on_layers(design, dense, "accum", FixedType(10, 6))
    (said,) = (said for said in differences(narrow) if "every product" in said)
    assert said.startswith("'fc1', 'fc2', 'fc3' and 'fc4': hardware rounds every product to 10,6 bits")


def test_weights_are_held_in_the_type_that_was_chosen(store):
    design = set_on_layers(jet_tagger(store), ("fc1",), WEIGHT, FixedType(4, 1))
    assert Arithmetic(design).weight(design.network["fc1"], "kernel").type == FixedType(4, 1)


def test_a_flow_whose_arithmetic_is_not_followed_is_refused(store):
    design = set_data(jet_tagger(store), DataReference(DataSource.GENERATOR, "jets"))
    design = replace(design, target=replace(design.target, flow="finn"))
    with pytest.raises(JobError, match="FINN computes in whole numbers"):
        train(None, design=design_to_json(design), tensors="", settings={})


def test_layers_with_states_that_hardware_has_otherwise_are_refused():
    layers = (Layer("source", Input(shape=(8, 2))), Layer("state", GRU(5, reset_after=False), ("source",)))
    design = starting_design("steps", Network(layers), board("pynq-z2"))
    samples = Samples({"source": np.zeros((4, 8, 2), np.float32)}, np.arange(4))
    with pytest.raises(NotTrainableError, match=r"'state' .*reset after"):
        check(design, DataSet("", "", samples, samples, samples), TrainingSettings(Start.SCRATCH))


@pytest.mark.parametrize(
    ("data", "settings", "said"),
    [
        (None, TrainingSettings(), "no data set to train on"),
        ("jets", TrainingSettings(), "'fc1' has no weights yet"),
        ("jets", TrainingSettings(Start.SCRATCH, teacher=0.5), "no teacher"),
        ("bragg", TrainingSettings(Start.SCRATCH), "have the shape 11×11×1; the network takes 16"),
    ],
)
def test_what_cannot_be_trained_is_refused_before_anything_heavy_is_loaded(data, settings, said):
    reference = None if data is None else DataReference(DataSource.GENERATOR, data)
    design = design_to_json(set_data(jet_tagger(), reference))
    with pytest.raises(JobError, match=said):
        train(None, design=design, tensors="", settings=settings.to_json())
