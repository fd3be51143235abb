"""The trained networks of MLPerf Tiny and hls4ml's examples, as published."""

import pytest

from engine.network.counts import network_counts
from engine.network.weights import effective_weight
from engine.readers import ModelFileError, read_model
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


@pytest.mark.parametrize("path", sorted(NETWORKS.parent.rglob("*.onnx")) if NETWORKS.is_dir() else [])
def test_onnx_is_refused_in_plain_words(store, path):
    with pytest.raises(ModelFileError, match="ONNX and QONNX models cannot be read yet"):
        read_model(path, store)
