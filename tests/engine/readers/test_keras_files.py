"""Files that real Keras 2, Keras 3 and QKeras wrote compute here what they compute there."""

import json

import numpy as np
import pytest

from engine.emulate.float_forward import forward
from engine.network.counts import network_counts
from engine.network.weights import effective_weight
from engine.precision.quantize import apply_quantizer
from engine.readers import read_model
from engine.readers.specs import read_spec, to_quantizer
from tests.engine.readers import quantizer_cases
from tests.engine.readers.conftest import NETWORKS

pytestmark = pytest.mark.tensorflow

FLOAT = ("perceptron", "pictures", "sequences", "branches", "nested", "recurrent", "activations")
ENDINGS = {"_k2": (".h5", ".keras", ".json"), "_k3": (".h5", ".keras", ".json")}
ROUNDING = 4e-6
"""Sums of single-precision products in another order; the values are of the order of one."""


def parts(folder, name, prefix):
    """What the worker stored of a model under a prefix: its inputs, the results of its layers, or its outputs."""
    stored = np.load(folder / f"{name}.npz")
    return {key.removeprefix(prefix): stored[key] for key in stored if key.startswith(prefix)}


def computed(folder, name, model, store):
    """(layer, what Keras computed, what the network computes) for each layer of a file that is still a layer."""
    results = forward(model.network, store, parts(folder, name, "in "))
    for own, values in parts(folder, name, "out ").items():
        # Behind a layer with a fused activation stands one of the activation's own.
        fused = [
            layer.name
            for layer in model.network.layers
            if layer.inputs == (own,) and layer.op.GROUP == "activation" and layer.name.startswith(f"{own}_")
        ]
        if own in model.network:
            yield own, values, results[fused[0] if fused and fused[0] != f"{own}_output" else own]


@pytest.mark.parametrize("name", FLOAT)
@pytest.mark.parametrize("keras", ENDINGS)
def test_all_kinds_of_files_give_the_same_network_which_computes_what_keras_computes(keras_files, store, name, keras):
    files = [keras_files / f"{name}{keras}{ending}" for ending in ENDINGS[keras]]
    models = [read_model(file, store) for file in files]
    assert all(model.network == models[0].network for model in models)

    layers = list(computed(keras_files, name + keras, models[0], store))
    for layer, theirs, ours in layers:
        np.testing.assert_allclose(ours, theirs, atol=ROUNDING, rtol=ROUNDING, err_msg=layer)

    results = forward(models[0].network, store, parts(keras_files, name + keras, "in "))
    outputs = [results[output] for output in models[0].network.outputs]
    ends = parts(keras_files, name + keras, "end ")
    assert len(ends) == len(outputs)
    for end in ends.values():
        assert any(o.shape == end.shape and np.allclose(o, end, atol=ROUNDING, rtol=ROUNDING) for o in outputs)


def test_an_output_that_others_read_stays_an_output(keras_files, store):
    network = read_model(keras_files / "branches_k2.h5", store).network
    assert "add_output" in network.outputs
    assert len(network.outputs) == 3
    assert len(network.inputs) == 2


def test_sub_models_are_opened_and_their_layers_carry_their_names(keras_files, store):
    for keras in ENDINGS:
        model = read_model(keras_files / f"nested{keras}.keras", store)
        names = [layer.name for layer in model.network.layers if layer.op.KIND != "input"]
        assert names[:4] == ["same_name", "block_same_name", "block_inner_inner_dense", "block_inner_inner_dense_tanh"]
        assert [name.partition("_")[0] for name in names[4:]] == ["tail", "tail"]
        assert any("Dropout" in note for note in model.notes)


@pytest.mark.parametrize("ending", [".h5", ".keras", ".json"])
def test_a_quantised_network_computes_bit_for_bit_what_qkeras_computes(keras_files, store, ending):
    model = read_model(keras_files / f"quantised{ending}", store)
    layers = list(computed(keras_files, "quantised", model, store))
    assert len(layers) == 14
    for layer, theirs, ours in layers:
        np.testing.assert_array_equal(ours, theirs, err_msg=layer)


@pytest.mark.parametrize("name", ["scaled", "folded"])
@pytest.mark.parametrize("ending", [".h5", ".keras", ".json"])
def test_found_scales_and_folded_normalisation_act_as_in_qkeras(keras_files, store, name, ending):
    layers = list(computed(keras_files, name, read_model(keras_files / f"{name}{ending}", store), store))
    assert len(layers) >= 5
    for layer, theirs, ours in layers:
        np.testing.assert_allclose(ours, theirs, atol=ROUNDING, rtol=ROUNDING, err_msg=layer)


@pytest.mark.parametrize("name", ["rn07", "ad08"])
def test_the_real_networks_compute_layer_by_layer_what_qkeras_computes(keras_files, store, name):
    if not NETWORKS.is_dir():
        pytest.skip("the networks of MLPerf Tiny are not here")
    model = read_model(NETWORKS / f"{name}.h5", store)
    layers = list(computed(keras_files, name, model, store))
    assert len(layers) == {"rn07": 13, "ad08": 11}[name]
    for layer, theirs, ours in layers:
        np.testing.assert_allclose(ours, theirs, atol=1e-6, rtol=1e-6, err_msg=layer)


def test_every_quantiser_gives_what_qkeras_gives(keras_files):
    theirs = np.load(keras_files / "quantizers.npz")
    for spec in quantizer_cases.SPECS:
        quantizer = to_quantizer(read_spec(spec, ""), "")
        for name, values in quantizer_cases.arrays().items():
            ours, expected = apply_quantizer(values, quantizer), theirs[f"{spec} {name}"]
            assert ours.dtype == expected.dtype
            if spec in quantizer_cases.INEXACT:
                np.testing.assert_allclose(ours, expected, rtol=3e-7, err_msg=spec)
            else:
                np.testing.assert_array_equal(ours, expected, err_msg=f"{spec} {name}")


def test_shapes_and_sizes_of_random_layers_are_those_of_keras(keras_files, store, tmp_path):
    answers = json.loads((keras_files / "shapes.json").read_text())
    assert len(answers) > 200
    path = tmp_path / "one_layer.json"
    for model, shape, parameters in answers:
        path.write_text(json.dumps(model))
        network = read_model(path, store).network
        (output,) = network.outputs
        assert list(network.shapes[output]) == shape, model
        shared = model["config"]["layers"][-1]["config"].get("shared_axes")
        if not shared:  # shared slopes are spread over all values here
            assert network_counts(network).parameters == parameters, model


def test_weights_that_training_moves_are_stored_and_quantised_on_the_way_out(keras_files, store):
    layer = read_model(keras_files / "quantised.h5", store).network["conv"]
    latent, effective = store.get(layer.weight("kernel")), effective_weight(layer, "kernel", store)
    assert not np.array_equal(latent, effective)
    np.testing.assert_array_equal(effective, apply_quantizer(latent, layer.quantizer("kernel")))
    assert np.array_equal(effective * 2**4, np.round(effective * 2**4))
