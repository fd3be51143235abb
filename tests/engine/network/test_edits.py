"""Edits return a new network or raise a typed error; the old one stays."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.network import (
    UNCONNECTED,
    CycleError,
    Layer,
    LayerNameError,
    Network,
    NetworkError,
    ShapeError,
    TensorStore,
    WiringError,
)
from engine.network.edits import (
    add_layer,
    connect,
    disconnect,
    drop_unfitting_weights,
    free_name,
    insert_on_edge,
    paste,
    remove_layers,
    rename,
    replace_op,
)
from engine.network.kinds import Activation, Concatenate, Conv2D, Dense, Flatten, Input, Merge
from tests.engine.network.strategies import OPS, networks
from tests.samples import jet_tagger, small_resnet


@pytest.fixture
def tagger(store):
    """16-64-32-32-5 with weights."""
    return jet_tagger(store).network


@pytest.fixture
def resnet():
    """A picture with one skip."""
    return small_resnet().network


def test_a_layer_is_added_behind_others_or_with_open_ports(resnet):
    network = add_layer(resnet, Merge(), "sum", ("conv1",))
    assert network["sum"].inputs == ("conv1", UNCONNECTED)
    assert network.shapes["sum"] is None
    assert "sum" not in resnet
    assert add_layer(resnet, Input(shape=(3,)), "more").inputs == ("image", "more")


def test_a_second_connection_completes_the_shapes(resnet):
    network = connect(add_layer(resnet, Merge(), "sum", ("conv1",)), "conv2", "sum", 1)
    assert network.shapes["sum"] == (8, 8, 4)
    assert connect(network, "stem", "sum", 2)["sum"].inputs == ("conv1", "conv2", "stem")


@pytest.mark.parametrize("port", [-1, 3, 7])
def test_ports_that_are_not_there_cannot_be_connected(resnet, port):
    with pytest.raises(WiringError, match="no input"):
        connect(resnet, "stem", "add", port)
    with pytest.raises(WiringError, match="no input 2"):
        connect(resnet, "stem", "conv1", 1)


def test_a_circle_is_refused_and_named(resnet):
    with pytest.raises(CycleError, match="circle") as caught:
        connect(resnet, "conv2", "conv1", 0)
    assert "conv2" in str(caught.value)
    with pytest.raises(CycleError):
        connect(resnet, "conv1", "conv1", 0)


def test_shapes_that_do_not_fit_are_refused_with_the_layer(resnet):
    other = add_layer(resnet, Dense(units=3), "other", ("image",))
    with pytest.raises(ShapeError, match="'add'") as caught:
        connect(other, "other", "add", 1)
    assert caught.value.layer == "add"
    with pytest.raises(ShapeError):
        add_layer(resnet, Conv2D(), "late", ("flatten",))


def test_disconnecting_opens_a_port_or_removes_a_surplus_one(resnet):
    opened = disconnect(resnet, "add", 0)
    assert opened["add"].inputs == (UNCONNECTED, "stem_relu")
    assert opened.shapes["classifier"] is None
    surplus = connect(resnet, "conv1", "add", 2)
    assert disconnect(surplus, "add", 1)["add"].inputs == ("conv2", "conv1")


def test_a_layer_is_put_on_an_edge(resnet):
    network = insert_on_edge(resnet, "conv2", "add", 0, Activation("tanh"), "bend")
    assert network["add"].inputs == ("bend", "stem_relu")
    assert network["bend"].inputs == ("conv2",)
    with pytest.raises(WiringError, match="does not read"):
        insert_on_edge(resnet, "conv1", "add", 0, Activation(), "bend")
    with pytest.raises(WiringError):
        insert_on_edge(resnet, "conv2", "add", 0, Input(shape=(3,)), "bend")


def test_deleting_reconnects_the_neighbours(resnet):
    network = remove_layers(resnet, ["conv1", "conv1_relu"])
    assert network["conv2"].inputs == ("stem_relu",)
    assert "conv1" not in network
    assert remove_layers(resnet, ["conv2"])["add"].inputs == ("conv1_relu", "stem_relu")


def test_deleting_opens_ports_where_the_shapes_would_not_fit(tagger):
    network = remove_layers(tagger, ["features"])
    assert network["fc1"].inputs == (UNCONNECTED,)
    picture = small_resnet().network
    assert remove_layers(picture, ["flatten"])["classifier"].inputs == ("pool",)  # dense acts on the channels
    assert remove_layers(picture, ["stem"])["stem_relu"].inputs == ("image",)
    narrow = replace_op(picture, "stem", Conv2D(filters=4, padding="same"))
    assert remove_layers(narrow, ["image"])["stem"].inputs == (UNCONNECTED,)


def test_everything_can_be_deleted_in_any_order(resnet):
    names = [layer.name for layer in resnet.layers]
    assert remove_layers(resnet, names) == remove_layers(resnet, reversed(names)) == Network()
    with pytest.raises(LayerNameError):
        remove_layers(resnet, ["conv1", "conv1"])


def test_a_layer_is_renamed_everywhere(resnet):
    network = rename(resnet, "stem_relu", "bend")
    assert network["conv1"].inputs == ("bend",)
    assert network["add"].inputs == ("conv2", "bend")
    assert rename(network, "bend", "bend") is network
    for name, reason in (("conv1", "already"), ("", "cannot be"), ("7up", "cannot be"), ("a b", "cannot be")):
        with pytest.raises(LayerNameError, match=reason):
            rename(resnet, "stem", name)
    with pytest.raises(LayerNameError, match="no layer"):
        rename(resnet, "ghost", "spirit")


def test_copies_keep_the_edges_among_them_and_get_free_names(resnet):
    chosen = tuple(resnet[name] for name in ("conv1", "conv1_relu", "conv2"))
    network, names = paste(resnet, chosen)
    assert names == {"conv1": "conv1_2", "conv1_relu": "conv1_relu_2", "conv2": "conv2_2"}
    assert network["conv1_2"].inputs == (UNCONNECTED,)
    assert network["conv2_2"].inputs == ("conv1_relu_2",)
    again, names = paste(network, chosen)
    assert names["conv1"] == "conv1_3"
    assert len(again.layers) == len(resnet.layers) + 6


def test_free_names_count_on(resnet):
    assert free_name(resnet, "new") == "new"
    assert free_name(resnet, "conv1") == "conv1_2"
    assert free_name(paste(resnet, (resnet["conv1"],))[0], "conv1_2") == "conv1_3"


def test_weights_stay_where_they_fit_and_go_where_they_do_not(tagger):
    wider = replace_op(tagger, "fc2", Dense(units=40))
    assert wider["fc2"].weights == ()
    assert [role for role, _ in wider["fc3"].weights] == ["bias"]
    assert wider["fc1"].weights == tagger["fc1"].weights
    unbiased = replace_op(tagger, "fc2", Dense(units=32, use_bias=False))
    assert [role for role, _ in unbiased["fc2"].weights] == ["kernel"]
    assert replace_op(tagger, "relu1", Activation("tanh"))["fc2"].weights == tagger["fc2"].weights


def test_rewiring_drops_weights_that_no_longer_fit(tagger):
    """Else the project could be saved but not opened again."""
    rewired = connect(tagger, "features", "fc2", 0)
    assert rewired.shapes["fc2"] == (32,)
    assert [role for role, _ in rewired["fc2"].weights] == ["bias"]
    inserted = insert_on_edge(tagger, "relu1", "fc2", 0, Dense(units=7), "squeeze")
    assert [role for role, _ in inserted["fc2"].weights] == ["bias"]
    removed = remove_layers(tagger, ["fc1", "relu1"])
    assert [role for role, _ in removed["fc2"].weights] == ["bias"]
    joined = add_layer(tagger, Concatenate(), "both", ("relu2", "relu3"))
    joined = connect(joined, "both", "fc4", 0)
    three = connect(joined, "relu1", "both", 2)
    assert "kernel" not in dict(disconnect(three, "both", 2)["fc4"].weights)


def test_fitting_weights_of_an_unchanged_network_is_the_same_network(tagger):
    assert drop_unfitting_weights(tagger) is tagger


def _edited(network, edit, one, other, op, port):
    match edit:
        case 0:
            return add_layer(network, op, "added", (one,))
        case 1:
            return connect(network, one, other, port)
        case 2:
            return disconnect(network, one, port)
        case 3:
            return insert_on_edge(network, one, other, port, op, "inserted")
        case 4:
            return remove_layers(network, [one])
        case 5:
            return replace_op(network, one, op)
        case 6:
            return rename(network, one, "renamed")
        case _:
            return paste(network, (network[one],))[0]


def _weights_fit(network):
    for layer in network.layers:
        shapes = network.input_shapes(layer.name)
        needed = {} if shapes is None else layer.op.weight_shapes(shapes)
        assert all(shapes is None or needed.get(role) == ref.shape for role, ref in layer.weights)


def _weighted(network, store):
    def filled(layer):
        shapes = layer.op.weight_shapes(network.input_shapes(layer.name))
        return replace(layer, weights=tuple((role, store.put(np.zeros(shape))) for role, shape in shapes.items()))

    return Network(tuple(filled(layer) for layer in network.layers))


@pytest.fixture(scope="module")
def shared_store(tmp_path_factory):
    """One store for all examples of a property."""
    return TensorStore(tmp_path_factory.mktemp("tensors"))


@given(networks(), st.data())
def test_any_edit_keeps_the_rules_or_raises_a_typed_error(shared_store, network, data):
    network = _weighted(network, shared_store)
    for _ in range(4):
        names = [layer.name for layer in network.layers] or ["nobody"]
        one, other = data.draw(st.sampled_from(names)), data.draw(st.sampled_from(names))
        op, port = data.draw(st.sampled_from(OPS)), data.draw(st.integers(-1, 3))
        edit = data.draw(st.integers(0, 7))
        try:
            network = _edited(network, edit, one, other, op, port)
        except NetworkError as error:
            message = str(error)
        else:
            message = "fine."
        assert message.endswith(".")
        _weights_fit(network)
        assert Network(network.layers).shapes == network.shapes


@given(networks(), st.data())
def test_deleting_never_fails(network, data):
    names = [layer.name for layer in network.layers]
    gone = data.draw(st.lists(st.sampled_from(names), unique=True))
    left = remove_layers(network, gone)
    assert {layer.name for layer in left.layers} == set(names) - set(gone)
    assert all(source in left or source == UNCONNECTED for layer in left.layers for source in layer.inputs)


def test_flatten_may_stand_alone():
    network = add_layer(Network(), Flatten(), "flatten")
    assert network.shapes == {"flatten": None}


def test_a_long_circle_is_named_in_short():
    network = Network((Layer("in", Input((4,))),))
    for k in range(50):
        network = add_layer(network, Activation(), f"r{k}", (f"r{k - 1}" if k else "in",))
    with pytest.raises(CycleError, match=r" → \d+ more → "):
        connect(network, "r49", "r0", 0)
