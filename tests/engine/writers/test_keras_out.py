"""Keras files of designs: read back they are the same network; tf_keras and QKeras open them and answer alike."""

import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest

from engine.design import set_on_layers
from engine.emulate.float_forward import forward
from engine.network import Layer, Network
from engine.network.kinds import Activation, Conv2D, Dense, Input
from engine.opening import open_file
from engine.precision import FixedType, parse
from engine.precision.quantizer import Quantizer, QuantizerKind
from engine.readers import read_model
from engine.readers.specs import read_spec, to_quantizer
from engine.writers.keras import keras_archive_of, keras_h5_of
from engine.writers.keras.layers import NotInKerasError
from engine.writers.keras.quantisers import spelled
from tests.engine.emulate import zoo
from tests.engine.flows.hls4ml.bit_exact import side_by_side
from tests.engine.readers.conftest import NETWORKS, ROOT
from tests.engine.writers.test_qonnx import of_network, samples
from tests.samples import jet_tagger, small_resnet

WRITERS = {".h5": keras_h5_of, ".keras": keras_archive_of}
# Keras has no such function; the reader takes no softmax over another axis.
OTHERS = {"act_hard_tanh", "softmax_columns"}


def write(design, store, path):
    path.write_bytes(WRITERS[path.suffix](design, store))
    return path


def float_answers(network, store, inputs):
    (name,) = network.inputs
    return forward(network, store, {name: next(iter(inputs.values()))})[network.outputs[0]]


@pytest.mark.parametrize("suffix", WRITERS)
def test_every_kind_comes_back(store, tmp_path, suffix):
    names = sorted(set(zoo.names()) - OTHERS)
    designs = [of_network(zoo.network(name), store) for name in names]
    # One file for all: each is read in a process of its own.
    design = side_by_side("zoo", designs, designs[0].target)
    again = read_model(write(design, store, tmp_path / f"a{suffix}"), store).network
    ours = {layer.name: layer for layer in design.network.layers}
    assert {each.name: each.weights for each in again.layers} == {name: each.weights for name, each in ours.items()}
    assert {each.name: each.inputs for each in again.layers} == {name: each.inputs for name, each in ours.items()}
    inputs = samples(design, 5)
    expected, found = forward(design.network, store, inputs), forward(again, store, inputs)
    for name in design.network.outputs:
        np.testing.assert_allclose(found[name], expected[name], rtol=0, atol=1e-6, err_msg=name)


QUANTIZERS = [
    Quantizer(QuantizerKind.BITS, 6, 1, alpha=1.0),
    Quantizer(QuantizerKind.BITS, 6, -1, symmetric=True, alpha="auto_po2"),
    Quantizer(QuantizerKind.BITS, 4, 2, signed=False, alpha=0.5),
    Quantizer(QuantizerKind.RELU, 5, 2),
    Quantizer(QuantizerKind.RELU, 5, 2, slope=0.125),
    Quantizer(QuantizerKind.TANH, 5, symmetric=True),
    Quantizer(QuantizerKind.SIGMOID, 5, real=True),
    Quantizer(QuantizerKind.BINARY, 1, alpha=1.0),
    Quantizer(QuantizerKind.TERNARY, 2, alpha=1.0, threshold=0.25),
    Quantizer(QuantizerKind.POWER_OF_TWO, 4, maximum=1.0, quadratic=True),
    Quantizer(QuantizerKind.RELU_POWER_OF_TWO, 4, slope=0.5, floor=True),
]


@pytest.mark.parametrize("quantizer", QUANTIZERS, ids=spelled)
def test_quantisers_are_spelled_as_they_are_read(quantizer):
    assert to_quantizer(read_spec(spelled(quantizer), "here"), "here") == quantizer


def test_chosen_types_become_quantisers(store, tmp_path):
    design = set_on_layers(jet_tagger(store), ("relu1",), "result", parse("ap_ufixed<5,2>"))
    again = read_model(write(design, store, tmp_path / "a.h5"), store).network
    assert str(again["fc1"].quantizer("kernel").storage_type()) == "ap_fixed<6,1>"
    assert str(again["relu1"].quantizer("result").type()) == "ap_ufixed<5,2,AP_RND_CONV,AP_SAT>"
    assert again["fc1"].quantizer("bias") is None


def test_slashes_in_names_and_branches_keep_their_weights(store, tmp_path):
    layers = (
        Layer("in/put", Input((4, 4, 1))),
        Layer("a/conv", Conv2D(filters=2, padding="same"), ("in/put",)),
        Layer("a_conv", Conv2D(filters=2, padding="same"), ("a/conv",)),
    )
    design = of_network(Network(layers), store)
    again = read_model(write(design, store, tmp_path / "a.keras"), store).network
    assert [layer.name for layer in again.layers] == ["in_put", "a_conv", "a_conv_"]
    assert [layer.weights for layer in again.layers] == [layer.weights for layer in design.network.layers]


def test_what_keras_has_not_is_refused_by_name(store):
    bare = Network((Layer("x", Input((4,))), Layer("fc", Dense(2), ("x",))))
    with pytest.raises(NotInKerasError, match="'fc' has no values for its kernel"):
        keras_h5_of(replace(jet_tagger(), network=bare), store)
    tanh = Network((Layer("x", Input((4,))), Layer("bend", Activation("hard_tanh"), ("x",))))
    with pytest.raises(NotInKerasError, match="'bend': Keras has no Hard tanh"):
        keras_h5_of(replace(jet_tagger(), network=tanh), store)
    opened = Network((Layer("fc", Dense(2), ("",)),))
    with pytest.raises(NotInKerasError, match="'fc' reads nothing"):
        keras_h5_of(replace(jet_tagger(), network=opened), store)


@pytest.mark.proof
@pytest.mark.tensorflow
def test_tf_keras_and_qkeras_open_the_files_and_answer_alike(store, tmp_path):
    designs = {name: of_network(zoo.network(name), store) for name in set(zoo.names()) - OTHERS}
    designs |= {"jet": jet_tagger(store), "resnet": small_resnet(store)}
    designs["types"] = set_on_layers(small_resnet(store), ("stem", "classifier"), "bias", FixedType(6, 2))
    for path in (NETWORKS / "ad08.h5", NETWORKS / "rn07.h5"):
        if path.exists():
            designs[path.stem] = open_file(path, store).design
    for name, design in designs.items():
        for suffix in WRITERS:
            network = read_model(write(design, store, tmp_path / f"{name}{suffix}"), store).network
        inputs = samples(design, 4)
        np.savez(tmp_path / f"{name}.npz", x=next(iter(inputs.values())), y=float_answers(network, store, inputs))
    command = [sys.executable, "-m", "tests.engine.writers.keras_worker", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=900, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    assert done.stdout == ""
