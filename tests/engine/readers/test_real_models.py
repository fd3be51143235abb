"""The trained networks of MLPerf Tiny and hls4ml's examples, as published."""

import numpy as np
import pytest

from engine.flows.hls4ml.evaluate import Comparer
from engine.flows.registry import flow
from engine.network.counts import network_counts
from engine.network.weights import effective_weight
from engine.opening import open_file
from engine.readers import read_model
from tests.engine.readers.conftest import NETWORKS

EXAMPLES = NETWORKS.parent / "hls4ml_examples"
pytestmark = pytest.mark.skipif(not NETWORKS.is_dir(), reason="the reference models are not here")


def widths(network, kind):
    return [network.shapes[layer.name][-1] for layer in network.layers if kind == layer.op.KIND]


def test_ad08_is_the_autoencoder_of_the_paper(store):
    model = read_model(NETWORKS / "ad08.h5", store)
    network = model.network
    assert network.shapes[network.inputs[0]] == (64,)
    assert widths(network, "dense") == [72, 72, 8, 72, 72, 64]
    assert network_counts(network).parameters == 21_096
    types = {str(layer.quantizer("kernel").storage_type()) for layer in network.layers if layer.op.KIND == "dense"}
    assert types == {"ap_fixed<12,7>", "ap_fixed<12,1>"}
    assert {str(layer.quantizer("result").type()) for layer in network.layers if layer.op.KIND == "activation"} == {
        "ap_ufixed<6,6,AP_RND_CONV,AP_SAT>"
    }
    assert sum("folded" in note for note in model.notes) == 5


def test_rn07_is_the_convolutional_network_of_the_paper(store):
    network = read_model(NETWORKS / "rn07.h5", store).network
    assert network.shapes[network.inputs[0]] == (32, 32, 3)
    convolutions = [layer.op for layer in network.layers if layer.op.KIND == "conv2d"]
    assert [(op.kernel, op.filters, op.strides) for op in convolutions] == [
        ((1, 1), 32, (1, 1)),
        ((4, 4), 4, (1, 1)),
        ((4, 4), 32, (1, 1)),
        ((4, 4), 32, (4, 4)),
        ((4, 4), 32, (1, 1)),
    ]
    assert network.shapes["flatten"] == (2048,)
    assert widths(network, "dense") == [10]
    assert network_counts(network).parameters == 57_582
    assert network.outputs == ("softmax",)


def test_every_weight_of_both_is_a_value_of_its_type(store):
    for name in ("ad08", "rn07"):
        for layer in read_model(NETWORKS / f"{name}.h5", store).network.layers:
            for role, _ in layer.weights:
                kind = layer.quantizer(role).storage_type()
                steps = effective_weight(layer, role, store) / kind.step
                assert (steps == steps.round()).all()
                assert abs(steps).max() <= 2 ** (kind.width - 1)


@pytest.mark.parametrize(
    ("name", "parameters", "layers"),
    [
        ("KERAS_3layer", 4389, 9),
        ("KERAS_conv1d_small", 171, 12),
        ("qkeras_3layer", 4389, 9),
        ("qkeras_mnist_cnn", 6490, 12),
    ],
)
def test_examples_of_hls4ml_open_by_either_of_their_files(store, name, parameters, layers):
    model = read_model(EXAMPLES / f"{name}.json", store)
    assert network_counts(model.network).parameters == parameters
    assert len(model.network.layers) == layers
    assert all(layer.weights for layer in model.network.layers if layer.op.GROUP in ("dense", "conv"))
    assert read_model(EXAMPLES / f"{name}_weights.h5", store).network == model.network


def test_the_keyword_spotter_opens_from_qonnx(store):
    model = read_model(NETWORKS / "kws_w3a3.onnx", store)
    network = model.network
    assert network.shapes[network.inputs[0]] == (1, 10, 49)
    assert widths(network, "dense") == [256, 256, 256, 12]
    assert network_counts(network).macs > 259_584
    for layer in network.layers:
        if layer.op.KIND == "dense":
            values = effective_weight(layer, "kernel", store)
            assert set(np.unique(values)) == {-3, -2, -1, 0, 1, 2, 3}
    # Each scale but those of the input and of the output melts into a batch normalisation.
    assert sum(layer.op.KIND == "batch_norm" for layer in network.layers) == 5


def test_the_jet_tagger_opens_from_qonnx_as_its_keras_file(store):
    network = read_model(EXAMPLES / "qkeras_jettagging_qonnx.onnx", store).network
    assert network.shapes[network.inputs[0]] == (16,)
    assert widths(network, "dense") == [64, 32, 32, 5]
    types = {str(layer.quantizer(role).storage_type()) for layer in network.layers for role, _ in layer.weights}
    assert types == {"ap_fixed<6,1>"}
    assert network.outputs == ("Softmax_0",)


def test_onnx_and_keras_files_of_one_network_agree(store):
    ours = read_model(EXAMPLES / "three_layer_keras.onnx", store).network
    keras = read_model(EXAMPLES / "KERAS_3layer.json", store).network
    assert [layer.op for layer in ours.layers] == [layer.op for layer in keras.layers]
    assert [layer.weights for layer in ours.layers] == [layer.weights for layer in keras.layers]


@pytest.mark.parametrize("name", ["mlperf_tiny/kws_w3a3", "hls4ml_examples/qkeras_jettagging_qonnx"])
def test_networks_from_qonnx_evaluate_bit_by_bit_and_have_an_estimate(store, name):
    design = open_file(NETWORKS.parent / f"{name}.onnx", store).design
    compared = Comparer(store).compare(design, most=100)
    assert compared["outputs"][0]["agreement"] >= 0.95
    estimate = flow("vitis").estimate(design, store)
    assert estimate.refusal == ""
