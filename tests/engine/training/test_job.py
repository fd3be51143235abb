"""The train job in a worker: what it trains is what the hardware computes; it pauses, goes on and refuses."""

import threading
from dataclasses import replace

import numpy as np
import pytest

from engine.boards import board
from engine.design import ACCUM, BIAS, RESULT, WEIGHT, DataReference, DataSource, set_data, set_on_layers
from engine.emulate.score import ERROR
from engine.jobs.runner import JobRunner
from engine.jobs.spec import job_spec
from engine.jobs.state import JobState
from engine.network import Layer, Network, TensorStore
from engine.network.kinds import (
    GRU,
    LSTM,
    Activation,
    BatchNorm,
    Conv1D,
    Conv2D,
    Dense,
    DepthwiseConv1D,
    DepthwiseConv2D,
    Flatten,
    GlobalPool,
    Input,
    Merge,
    ParametricActivation,
    Pool2D,
    SimpleRNN,
)
from engine.opening import starting_design
from engine.precision import FixedType, Overflow, Rounding
from engine.precision.quantizer import Quantizer, QuantizerKind
from engine.project import design_to_json
from engine.training.checkpoint import CURVE, read_curve
from engine.training.edit import trained_from_json, with_trained
from engine.training.entry import ENTRY, ENVIRONMENT
from engine.training.score import scores_from_json
from engine.training.settings import Start, TrainingSettings
from engine.training.settled import settled
from engine.training.watched import set_paused
from tests.engine.emulate.test_float_forward import positive_variances
from tests.samples import with_random_weights

pytestmark = pytest.mark.tensorflow

SECONDS = 120
COMPARE = "tests.engine.training.exactness:mismatches"


@pytest.fixture(scope="module")
def runner(tmp_path_factory):
    with JobRunner(tmp_path_factory.mktemp("jobs"), allowed=("engine.", "tests.")) as runner:
        # The worker is there before the first test: what a test leaves alive fails it.
        nothing = {"designs": [], "tensors": str(tmp_path_factory.mktemp("none"))}
        runner.wait(runner.submit(job_spec(COMPARE, "Start", nothing, environment=ENVIRONMENT, warm=True)).id, SECONDS)
        yield runner


@pytest.fixture(scope="module")
def tensors(tmp_path_factory):
    return TensorStore(tmp_path_factory.mktemp("tensors"))


def _digits():
    """A small network of digits with a norm that hardware merges, 6 bits everywhere."""
    network = Network(
        (
            Layer("image", Input(shape=(8, 8, 1))),
            Layer("conv", Conv2D(filters=4, strides=(2, 2), padding="same"), ("image",)),
            Layer("norm", BatchNorm(), ("conv",)),
            Layer("relu", Activation(), ("norm",)),
            Layer("flatten", Flatten(), ("relu",)),
            Layer("classifier", Dense(units=10), ("flatten",)),
        )
    )
    design = set_data(starting_design("digits", network, board("pynq-z2")), DataReference(DataSource.SHIPPED, "digits"))
    for key in (WEIGHT, BIAS):
        design = set_on_layers(design, ("conv", "classifier"), key, FixedType(6, 2))
    design = set_on_layers(design, ("relu",), RESULT, FixedType(6, 3, False, Rounding.RND, Overflow.SAT))
    return set_on_layers(design, ("image",), RESULT, FixedType(8, 2))


def _spec(design, tensors, settings, **more):
    arguments = {"design": design_to_json(design), "tensors": str(tensors.folder), "settings": settings.to_json()}
    return job_spec(ENTRY, "Train", arguments | more, environment=ENVIRONMENT, warm=True)


@pytest.fixture(scope="module")
def done(runner, tensors):
    """One training from the float network, with a teacher."""
    settings = TrainingSettings(Start.FLOAT, epochs=6, batch=128, learning_rate=0.02, teacher=0.3)
    view = runner.wait(runner.submit(_spec(_digits(), tensors, settings)).id, SECONDS)
    assert view.state is JobState.DONE, view.reason
    return view


def test_a_training_learns_and_the_hardware_answers_as_trained(done):
    scores = scores_from_json(done.result["scores"])
    assert scores.hardware.value > 0.8
    assert abs(scores.hardware.value - scores.qkeras.value) < 0.02
    assert scores.float_network.low < scores.float_network.value < scores.float_network.high
    assert done.result["summary"].startswith("Accuracy")


def test_every_epoch_of_both_phases_is_in_the_curve(done):
    curve = read_curve(done.folder / CURVE)
    assert [(point.phase, point.epoch) for point in curve] == [
        (phase, epoch) for phase in ("float", "quantised") for epoch in range(6)
    ]
    assert curve[-1].loss < curve[0].loss


def test_the_weights_are_the_designs(done):
    design, weights = _digits(), trained_from_json(done.result["weights"])
    after = with_trained(design, weights)
    store = TensorStore(done.folder / "tensors")
    assert np.abs(store.get(after.network["conv"].weight("kernel"))).max() > 0
    assert {layer.name for layer in after.network.layers if layer.weights} == {"conv", "norm", "classifier"}


def test_what_was_cut_short_goes_on_after_its_last_epoch(runner, tensors, done):
    more = TrainingSettings(Start.FLOAT, epochs=8, batch=128, learning_rate=0.02, teacher=0.3)
    view = runner.submit(_spec(_digits(), tensors, more, resume=str(done.folder)))
    view = runner.wait(view.id, SECONDS)
    assert view.state is JobState.DONE, view.reason
    epochs = [(point.phase, point.epoch) for point in read_curve(view.folder / CURVE)]
    assert epochs[12:] == [("float", 6), ("float", 7), ("quantised", 6), ("quantised", 7)]


def test_a_training_that_diverges_says_so_and_keeps_good_weights(runner, tensors):
    layers = (
        Layer("image", Input(shape=(11, 11, 1))),
        Layer("flatten", Flatten(), ("image",)),
        Layer("fc1", Dense(units=8), ("flatten",)),
        Layer("fc2", Dense(units=2), ("fc1",)),
    )
    design = starting_design("bragg", Network(layers), board("pynq-z2"))
    design = set_data(design, DataReference(DataSource.GENERATOR, "bragg"))
    settings = TrainingSettings(Start.FLOAT, epochs=3, batch=512, learning_rate=50, optimizer="sgd")
    view = runner.wait(runner.submit(_spec(design, tensors, settings)).id, SECONDS)
    assert view.state is JobState.DONE, view.reason
    assert view.result["diverged"]
    assert "diverged in epoch 1" in view.result["summary"]
    kinds = {score["kind"] for score in view.result["scores"].values()}
    assert kinds == {ERROR}, "all four, the hardware among them, by their error"
    store = TensorStore(view.folder / "tensors")
    assert all(np.isfinite(store.get(each.ref)).all() for each in trained_from_json(view.result["weights"]))


BITS = Quantizer(QuantizerKind.BITS, 6, 1)
RELU = Quantizer(QuantizerKind.RELU, 5, 2)


def _chain(source, *ops, quantizers=()):
    layers = [Layer("source", Input(shape=source))]
    for place, op in enumerate(ops):
        of = tuple((role, quantizer) for index, role, quantizer in quantizers if index == place)
        layers.append(Layer(f"layer{place}", op, (layers[-1].name,), quantizers=of))
    return Network(tuple(layers))


# Where a function needs no table, not a bit differs.
RELU_GATES = {"activation": "relu", "recurrent_activation": "relu"}


def _two_outputs():
    layers = (
        Layer("source", Input(shape=(6,))),
        Layer("place", Dense(units=2), ("source",)),
        Layer("size", Dense(units=1), ("source",)),
    )
    return Network(layers)


def _branches():
    return Network(
        (
            Layer("source", Input(shape=(6, 6, 2))),
            Layer("left", Conv2D(filters=3, padding="same"), ("source",)),
            Layer("right", Conv2D(filters=3, kernel=(1, 1)), ("source",)),
            Layer("sum", Merge(), ("left", "right")),
            Layer("mean", GlobalPool(), ("sum",)),
        )
    )


NETWORKS = {
    "dense": _chain((12,), Dense(units=8), Activation(), Dense(units=5)),
    "trained": _chain(
        (12,),
        Dense(units=8),
        Activation(),
        Dense(units=5),
        quantizers=((0, "kernel", BITS), (0, "bias", BITS), (1, "result", RELU)),
    ),
    "convolution": _chain((6, 6, 2), Conv2D(filters=3, strides=(2, 2), padding="same"), Activation(), Flatten()),
    "steps": _chain((9, 3), Conv1D(filters=4), ParametricActivation("leaky_relu", 0.25), Flatten()),
    "depthwise": _chain((6, 6, 2), DepthwiseConv2D(), Pool2D("average"), Activation()),
    "depthwise steps": _chain((9, 3), DepthwiseConv1D(strides=(2,), padding="same"), Activation(), Flatten()),
    "long": _chain((5, 3), LSTM(units=4, **RELU_GATES)),
    "gated": _chain((5, 3), GRU(units=4, return_sequences=True, **RELU_GATES), Flatten()),
    "two outputs": _two_outputs(),
    "norm": _chain((12,), Activation(), BatchNorm(), Dense(units=4)),
    "branches": _branches(),
}
TYPES = {
    "wrapping": (FixedType(6, 2), FixedType(9, 4)),
    "rounding": (
        FixedType(5, 2, rounding=Rounding.RND, overflow=Overflow.SAT),
        FixedType(8, 3, rounding=Rounding.RND_ZERO, overflow=Overflow.SAT_SYM),
    ),
    "odd": (
        FixedType(6, 2, rounding=Rounding.RND_MIN_INF),
        FixedType(8, 3, rounding=Rounding.TRN_ZERO, overflow=Overflow.SAT_ZERO),
    ),
    "even": (
        FixedType(6, 2, rounding=Rounding.RND_INF),
        FixedType(8, 3, rounding=Rounding.RND_CONV, overflow=Overflow.SAT),
    ),
}


STEPS = {
    WEIGHT: FixedType(3, 3, rounding=Rounding.RND),
    BIAS: FixedType(5, 3),
    ACCUM: FixedType(11, 6),
    RESULT: FixedType(11, 6),
}


def _types(layer, weight, result):
    match "" if layer.quantizers else layer.op.GROUP:
        case "recurrent":
            return STEPS
        case "dense" | "conv":
            return {WEIGHT: weight, BIAS: weight, RESULT: result}
        case "shape" | "":
            return {}
    return {RESULT: result}


def _typed(network, weight, result, tensors):
    made = positive_variances(with_random_weights(network, tensors).layers, tensors)
    types = {layer.name: _types(layer, weight, result) for layer in network.layers}
    on_grid = Network(tuple(_on_grid(layer, types[layer.name], tensors) for layer in made.layers))
    design = starting_design("exact", on_grid, board("pynq-z2"))
    for name, chosen in types.items():
        for key, type_ in chosen.items():
            design = set_on_layers(design, (name,), key, type_)
    return design


def _on_grid(layer, types, tensors):
    if WEIGHT not in types:
        return layer
    held = {role: types[BIAS if role == "bias" else WEIGHT] for role, _ in layer.weights}
    # Of whole weights most would be 0.
    factor = 3 if types is STEPS else 1
    weights = ((role, tensors.put(settled(factor * tensors.get(ref), held[role]))) for role, ref in layer.weights)
    return replace(layer, weights=tuple(weights))


@pytest.mark.proof
def test_pruned_weights_are_zero_in_the_design(runner, tensors):
    settings = TrainingSettings(Start.SCRATCH, epochs=3, batch=256, sparsity=0.5)
    view = runner.wait(runner.submit(_spec(_digits(), tensors, settings)).id, SECONDS)
    assert view.state is JobState.DONE, view.reason
    store = TensorStore(view.folder / "tensors")
    weights = {(each.layer, each.role): store.get(each.ref) for each in trained_from_json(view.result["weights"])}
    for name in ("conv", "classifier"):
        assert np.mean(weights[name, "kernel"] == 0) >= 0.5
    assert "50 % of the kernels are zero." in view.result["notes"]


@pytest.mark.proof
@pytest.mark.parametrize("op", [SimpleRNN(units=24), LSTM(units=24), GRU(units=24)], ids=lambda op: op.KIND)
def test_both_kernels_of_recurrent_layers_learn_and_are_pruned(runner, tensors, op):
    layers = (
        Layer("image", Input(shape=(8, 8))),
        Layer("rows", op, ("image",)),
        Layer("classifier", Dense(units=10), ("rows",)),
    )
    reference = DataReference(DataSource.SHIPPED, "digits")
    design = set_data(starting_design("rows", Network(layers), board("pynq-z2")), reference)
    settings = TrainingSettings(Start.SCRATCH, epochs=20, batch=64, learning_rate=0.01, sparsity=0.5)
    view = runner.wait(runner.submit(_spec(design, tensors, settings)).id, SECONDS)
    assert view.state is JobState.DONE, view.reason
    store = TensorStore(view.folder / "tensors")
    weights = {(each.layer, each.role): store.get(each.ref) for each in trained_from_json(view.result["weights"])}
    assert all(np.mean(weights["rows", role] == 0) >= 0.5 for role in ("kernel", "recurrent_kernel"))
    assert scores_from_json(view.result["scores"]).qkeras.value > 0.9


# Each network with some types, each type with some networks.
SOME = [(name, list(TYPES)[place % len(TYPES)]) for place, name in enumerate(NETWORKS)]
ALL = [(name, kind) for name in NETWORKS for kind in TYPES]


@pytest.mark.parametrize("cases", [SOME, pytest.param(ALL, marks=pytest.mark.proof)], ids=["some", "all"])
def test_models_are_the_hardware_bit_for_bit(runner, tensors, cases):
    designs = [design_to_json(_typed(NETWORKS[name], *TYPES[kind], tensors)) for name, kind in cases]
    arguments = {"designs": designs, "tensors": str(tensors.folder)}
    view = runner.submit(job_spec(COMPARE, "Compare", arguments, environment=ENVIRONMENT, warm=True))
    view = runner.wait(view.id, SECONDS)
    assert view.state is JobState.DONE, view.reason
    assert {case: found for case, found in zip(cases, view.result, strict=True) if found[0]} == {}


class _Until:
    """Waits for a view of a job that fulfils a condition."""

    def __init__(self, runner, condition):
        self._condition, self._met = condition, threading.Event()
        self._end = runner.subscribe(self._look)

    def _look(self, view):
        if self._condition(view):
            self._met.set()

    def wait(self):
        assert self._met.wait(SECONDS)
        self._end()


# The last one: a cancelled job takes its worker with it.
def test_a_training_pauses_and_a_cancelled_one_leaves_all_its_epochs(runner, tensors):
    trained = _Until(runner, lambda view: view.metric("epochs") == "quantised 2")
    settings = TrainingSettings(Start.SCRATCH, epochs=100_000, batch=128)
    paused = _Until(runner, lambda view: view.phase == "Paused")
    job = runner.submit(_spec(_digits(), tensors, settings))
    trained.wait()
    set_paused(job.folder, True)
    paused.wait()
    curve = read_curve(job.folder / CURVE)
    runner.cancel(job.id)
    assert runner.wait(job.id, SECONDS).state is JobState.CANCELLED
    assert read_curve(job.folder / CURVE) == curve
