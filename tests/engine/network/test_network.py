"""What every network obeys, and what follows from its layers."""

import pickle

import pytest
from hypothesis import given

from engine.network import (
    CycleError,
    Layer,
    LayerNameError,
    MissingTensorError,
    Network,
    ShapeError,
    TensorStore,
    WiringError,
)
from engine.network.counts import Counts, layer_counts, network_counts
from engine.network.kinds import Activation, Concatenate, Dense, Input, Merge, Softmax
from engine.network.weights import effective_weight
from engine.precision.quantizer import Quantizer, QuantizerKind
from tests.engine.network.strategies import networks
from tests.samples import jet_tagger, small_resnet

START = Layer("start", Input(shape=(4,)))


@pytest.mark.parametrize(
    ("layers", "error", "reason"),
    [
        ((START, START), LayerNameError, "Two layers are called 'start'"),
        ((Layer("a", Dense(), ("ghost",)),), WiringError, "reads 'ghost', which does not exist"),
        ((START, Layer("a", Dense(), ("start", "start"))), WiringError, "has 2 inputs; it needs 1"),
        ((START, Layer("a", Merge(), ("start",))), WiringError, "it needs 2 or more"),
        ((Layer("a", Activation(), ("b",)), Layer("b", Activation(), ("a",))), CycleError, "circle"),
        ((START, Layer("a", Softmax(axis=3), ("start",))), ShapeError, "'a': Softmax: axis 3"),
        ((START, Layer("a", Merge("subtract"), ("start",) * 3)), ShapeError, "difference"),
    ],
)
def test_what_no_network_may_be(layers, error, reason):
    with pytest.raises(error, match=reason):
        Network(layers)


def test_looking_up_layers():
    network = Network((START,))
    assert network["start"] is START
    assert "start" in network
    assert "end" not in network
    with pytest.raises(LayerNameError, match="no layer 'end'"):
        network["end"]


def test_readers_inputs_and_outputs():
    network = small_resnet().network
    assert network.consumers["stem_relu"] == ("conv1", "add")
    assert network.inputs == ("image",)
    assert network.outputs == ("classifier",)
    twice = Network((START, Layer("sum", Merge(), ("start", "start"))))
    assert twice.consumers["start"] == ("sum",)


@given(networks())
def test_every_layer_stands_behind_what_it_reads(network):
    place = {name: index for index, name in enumerate(network.order)}
    assert sorted(place) == sorted(layer.name for layer in network.layers)
    assert all(place[source] < place[layer.name] for layer in network.layers for source in layer.inputs)
    shuffled = Network(tuple(reversed(network.layers)))
    assert shuffled.shapes == network.shapes


@given(networks())
def test_a_network_travels_between_processes(network):
    copy = pickle.loads(pickle.dumps(network))
    assert copy == network
    assert hash(copy) == hash(network)
    assert copy.shapes == network.shapes


def test_sizes_of_a_known_network():
    network = jet_tagger().network
    assert layer_counts(network, "fc1") == Counts(16 * 64 + 64, 16 * 64)
    assert network_counts(network) == Counts(4389, 4256)
    assert layer_counts(Network((Layer("a", Dense(), ("",)),)), "a") == Counts()


def test_concatenation_adds_up_along_its_axis():
    layers = (Layer("a", Input(shape=(4, 3))), Layer("b", Input(shape=(4, 5))))
    assert Network((*layers, Layer("c", Concatenate(), ("a", "b")))).shapes["c"] == (4, 8)
    with pytest.raises(ShapeError, match="4×3 and 4×5 cannot be joined"):
        Network((*layers, Layer("c", Concatenate(axis=0), ("a", "b"))))


def test_arrays_are_stored_once_and_never_change(tmp_path):
    store = TensorStore(tmp_path)
    first, second = store.put([[1.0, 2.0]]), store.put([[1.0, 2.0]])
    assert first == second
    assert first != store.put([1.0, 2.0])
    assert len(store.digests()) == 2
    with pytest.raises(ValueError, match="read-only"):
        store.get(first)[0, 0] = 3
    assert TensorStore(tmp_path).get(first).tolist() == [[1.0, 2.0]]
    store.sweep({first.digest})
    assert store.digests() == {first.digest}


def test_missing_arrays_are_named(store):
    ref = store.put([1.0])
    store.sweep(set())
    with pytest.raises(MissingTensorError, match=ref.digest[:12]):
        store.get(ref)
    layer = Layer("a", Dense(), (), (("kernel", ref),))
    with pytest.raises(MissingTensorError, match="'a' has no weights called 'bias'"):
        effective_weight(layer, "bias", store)


def test_effective_weights_are_quantised_where_the_layer_quantises(store):
    ref = store.put([[0.3, -0.6]])
    plain = Layer("a", Dense(units=2), (), (("kernel", ref),))
    rounded = Layer("a", Dense(units=2), (), (("kernel", ref),), (("kernel", Quantizer(QuantizerKind.BITS, 3)),))
    assert effective_weight(plain, "kernel", store).tolist() == store.get(ref).tolist()
    assert effective_weight(rounded, "kernel", store).tolist() == [[0.25, -0.5]]
