"""Reading the three kinds of file, without Keras at hand."""

import json

import h5py
import numpy as np
import pytest

from engine.network.weights import effective_weight
from engine.readers import read_model
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
    write_named,
)


def names(model):
    return [layer.name for layer in model.network.layers]


def test_h5_json_and_archive_give_the_same_network(store, tmp_path):
    files = (h5_file(tmp_path / "a.h5"), json_file(tmp_path / "b.json"), keras_archive(tmp_path / "c.keras"))
    models = [read_model(file, store) for file in files]
    assert [model.name for model in models] == ["a", "b", "c"]
    assert models[0].network == models[1].network == models[2].network
    assert names(models[0]) == [
        "start", "conv", "relu", "add", "norm", "pool", "flatten", "dense", "sub_inner", "sub_inner_tanh", "softmax",
    ]  # fmt: skip


def test_normalisation_inside_a_convolution_is_folded_before_quantisation(store, tmp_path):
    arrays = sample_arrays()["conv"]
    network = read_model(h5_file(tmp_path / "a.h5"), store).network
    inverse = arrays["batch_norm/gamma"] / np.sqrt(arrays["batch_norm/moving_variance"] + np.float32(0.001))
    kernel = arrays["kernel"] * inverse
    bias = inverse * (arrays["bias"] - arrays["batch_norm/moving_mean"]) + arrays["batch_norm/beta"]
    np.testing.assert_allclose(store.get(network["conv"].weight("kernel")), kernel, rtol=1e-6)
    np.testing.assert_allclose(store.get(network["conv"].weight("bias")), bias, rtol=1e-5)
    # quantized_bits(6,1): steps of 1/16 up to 31/16.
    rounded = np.clip(np.round(kernel * 16), -32, 31) / 16
    np.testing.assert_allclose(effective_weight(network["conv"], "kernel", store), rounded, atol=1e-6)


def test_weights_may_be_opened_instead_of_the_model_beside_them(store, tmp_path):
    path = json_file(tmp_path / "b.json")
    assert read_model(tmp_path / "b_weights.h5", store) == read_model(path, store)


def test_a_model_without_weights_is_read_with_a_note(store, tmp_path):
    model = read_model(json_file(tmp_path / "b.json", arrays=False), store)
    assert all(layer.weights == () for layer in model.network.layers)
    assert "b_weights.h5" in model.notes[-1]


def test_a_long_list_of_weights_may_be_spread_over_attributes(store, tmp_path):
    path = h5_file(tmp_path / "a.h5")
    whole = read_model(path, store).network
    with h5py.File(path, "a") as file:
        attributes = file["model_weights/conv"].attrs
        names = attributes["weight_names"]
        del attributes["weight_names"]
        attributes["weight_names0"], attributes["weight_names1"] = names[:2], names[2:]
    assert read_model(path, store).network == whole


def test_fused_activations_become_layers_and_linear_ones_vanish(store, tmp_path):
    model = functional(
        start(4),
        layer("Dense", "a", "start", units=3, activation="relu"),
        layer("Dense", "b", "a", units=3, activation="linear"),
        layer("QDense", "c", "b", units=2, activation={"class_name": "quantized_relu", "config": {"bits": 6}}),
        layer("Dense", "d", "c", units=2, activation={"class_name": "function", "config": "softmax"}),
    )
    network = read_model(json_file(tmp_path / "m.json", model, arrays=False), store).network
    chain = [(layer.name, layer.inputs) for layer in network.layers[1:]]
    assert chain == [
        ("a", ("start",)),
        ("a_relu", ("a",)),
        ("b", ("a_relu",)),
        ("c", ("b",)),
        ("c_quantized_relu", ("c",)),
        ("d", ("c_quantized_relu",)),
        ("d_softmax", ("d",)),
    ]
    assert str(network["c_quantized_relu"].quantizer("result").type()) == "ap_ufixed<6,0,AP_RND_CONV,AP_SAT>"


def test_names_become_such_that_layers_may_have_and_stay_apart(store, tmp_path):
    model = functional(
        start(4, name="a b"),
        layer("Dense", "a/b", "a b", units=4),
        layer("Dense", "1st", "a/b", units=4),
        layer("Dense", "a_b", "1st", units=4, activation="relu"),
        layer("Dense", "a_b_relu", "a_b", units=4),
    )
    read = read_model(json_file(tmp_path / "m.json", model, arrays=False), store)
    assert names(read) == ["a_b", "a_b_2", "_1st", "a_b_3", "a_b_relu", "a_b_relu_2"]
    assert read.network["a_b_relu_2"].inputs == ("a_b_relu",)
    assert sum("renamed" in note for note in read.notes) == 5


@pytest.mark.parametrize("where", ["layer", "model", "build"])
def test_a_chain_without_input_layer_takes_the_shape_from_where_it_is_stated(store, tmp_path, where):
    stated = {"batch_input_shape": [None, 5]} if where == "layer" else {}
    model = sequential(layer("Dense", "first", units=3, **stated))
    if where == "model":
        model["config"]["build_input_shape"] = [None, 5]
    if where == "build":
        model["build_config"] = {"input_shape": [None, 5]}
    network = read_model(json_file(tmp_path / "m.json", model, arrays=False), store).network
    assert [(layer.name, network.shapes[layer.name]) for layer in network.layers] == [
        ("first_input", (5,)),
        ("first", (3,)),
    ]


def test_keras_1_style_lists_of_layers_are_read(store, tmp_path):
    model = {"class_name": "Sequential", "config": sequential(start(3), layer("Flatten", "flat"))["config"]["layers"]}
    assert names(read_model(json_file(tmp_path / "m.json", model, arrays=False), store)) == ["start", "flat"]


def test_layers_may_be_listed_in_any_order(store, tmp_path):
    model = sample_model()
    model["config"]["layers"].reverse()
    network = read_model(h5_file(tmp_path / "a.h5", model=model), store).network
    assert set(network.layers) == set(read_model(h5_file(tmp_path / "b.h5"), store).network.layers)


def test_keras_2_and_3_define_hard_sigmoid_differently(store, tmp_path):
    for version, accepted in (("2.15.0", True), ("3.1.0", False)):
        model = sequential(start(3), layer("Activation", "hard", activation="hard_sigmoid"), keras_version=version)
        path = json_file(tmp_path / "m.json", model, arrays=False)
        if accepted:
            assert read_model(path, store).network["hard"].op.function == "hard_sigmoid"
        else:
            with pytest.raises(ValueError, match="Keras 3 defines it"):
                read_model(path, store)


def test_an_archive_of_an_early_keras_3_layout_is_read(store, tmp_path):
    def renamed(content):
        path = tmp_path / "renamed.h5"
        path.write_bytes(content)
        with h5py.File(path, "a") as file:
            file.move("layers", "_layer_checkpoint_dependencies")
            inner = "_layer_checkpoint_dependencies/functional"
            file.move(f"{inner}/layers", f"{inner}/_layer_checkpoint_dependencies")
        return path.read_bytes()

    early = read_model(keras_archive(tmp_path / "early.keras", weights=renamed), store)
    assert early.network == read_model(keras_archive(tmp_path / "c.keras"), store).network


def test_inner_layers_with_the_same_name_are_told_apart_by_their_paths(store, tmp_path):
    def block(name):
        inner = functional(start(3, name=f"{name}_start"), layer("Dense", "same", f"{name}_start", units=3))
        return {**inner, "name": name}

    outer = block("outer")
    outer["config"]["layers"].append({**block("deep"), "inbound_nodes": [[["same", 0, 0, {}]]]})
    outer["config"]["output_layers"] = [["deep", 0, 0]]
    model = functional(start(3), {**outer, "inbound_nodes": [[["start", 0, 0, {}]]]})
    ones, twos = np.ones((3, 3), np.float32), np.full((3, 3), 2, np.float32)
    variables = {"same/kernel": ones, "same/bias": ones[0], "deep/same/kernel": twos, "deep/same/bias": twos[0]}
    path = tmp_path / "m.json"
    path.write_text(json.dumps(model))
    with h5py.File(tmp_path / "m_weights.h5", "w") as file:
        group = file.create_group("outer")
        group.attrs["weight_names"] = [f"{name}:0".encode() for name in variables]
        for name, values in variables.items():
            group[f"{name}:0"] = values
    network = read_model(path, store).network
    assert store.get(network["outer_deep_same"].weight("kernel"))[0, 0] == 2


def test_several_inputs_and_outputs_and_inner_outputs_are_kept(store, tmp_path):
    model = functional(
        start(4, name="left"),
        start(4, name="right"),
        layer("Add", "sum", "left", "right"),
        layer("Dropout", "thinned", "sum", rate=0.1),
        layer("Dense", "end", "thinned", units=2),
        outputs=["end", "thinned"],
    )
    network = read_model(json_file(tmp_path / "m.json", model, arrays=False), store).network
    assert network.inputs == ("left", "right")
    assert network.outputs == ("end", "sum_output")
    assert network["end"].inputs == ("sum",)


def test_weights_are_written_by_the_plain_layout_too(store, tmp_path):
    path = json_file(tmp_path / "m.json", arrays=False)
    with h5py.File(tmp_path / "m.weights.h5", "w") as file:
        write_named(file, sample_arrays())
    assert read_model(path, store).network["dense"].weight("kernel").shape == (8, 3)
