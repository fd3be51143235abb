"""QONNX files of designs: read back, they answer bit for bit as the hardware; so does qonnx's own executor."""

import importlib.util
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest

from engine.boards import board
from engine.design import Design, Target, set_on_layers, with_network
from engine.emulate.data import Samples
from engine.flows.hls4ml.exact.errors import NoExactModelError
from engine.flows.hls4ml.golden import evaluate
from engine.network import Layer, Network
from engine.network.edits import remove_layers
from engine.network.kinds import Activation, BatchNorm, Dense, Input
from engine.onnx.model import read
from engine.opening import open_file
from engine.precision import FixedType, Overflow, Rounding, parse
from engine.precision.quantizer import Quantizer, QuantizerKind
from engine.writers.onnx import qonnx_of
from engine.writers.onnx.registry import NotWrittenError
from tests.engine.emulate import zoo
from tests.engine.readers.conftest import NETWORKS, ROOT
from tests.samples import jet_tagger, small_resnet, with_random_weights

# hls4ml builds none of them, or nothing at all; or ONNX and the studio write them differently.
REFUSED = {"flatten", "reshape", "act_linear", "permute2", "permute3", "dot", "act_hard_tanh", "act_ternary_tanh"}
RECURRENT = {"lstm", "lstm_every", "gru", "gru_every"}


def of_network(network, store, io_type="io_parallel"):
    """A design with weights, variances above zero."""
    layers = [
        replace(
            layer,
            weights=tuple(
                (role, store.put(np.abs(store.get(ref)) + 0.5) if role == "variance" else ref)
                for role, ref in layer.weights
            ),
        )
        for layer in with_random_weights(network, store).layers
    ]
    return Design("d", Network(tuple(layers)), Target(board("pynq-z2"), 10.0, "vitis", io_type))


def samples(design, count, seed=3):
    """Numbers that every input type holds."""
    draw = np.random.default_rng(seed)
    shapes = {name: design.network.shapes[name] for name in design.network.inputs}
    return {name: np.round(draw.normal(0, 1, (count, *shape)) * 64) / 64 for name, shape in shapes.items()}


def answers(design, store, inputs):
    return next(iter(evaluate(design, store, Samples(inputs)).outputs.values()))


def read_back(design, store, tmp_path):
    """The design that the file of a design opens as."""
    path = tmp_path / "a.onnx"
    path.write_bytes(qonnx_of(design, store).data)
    found = open_file(path, store).design
    return replace(found, target=design.target)


def in_axes_of(inputs, design):
    """The samples in the order of axes that a design takes."""
    (values,) = inputs.values()
    (name,) = design.network.inputs
    turned = values.shape[1:] != design.network.shapes[name]
    return {name: np.moveaxis(values, -1, 1) if turned else values}


@pytest.mark.parametrize("name", sorted(set(zoo.names()) - REFUSED - RECURRENT))
def test_every_kind_read_back_answers_as_before(store, tmp_path, name):
    design = of_network(zoo.network(name), store)
    inputs = samples(design, 20)
    try:
        expected = answers(design, store, inputs)
    except NoExactModelError:
        pytest.skip("hls4ml does not build it")
    if name == "softmax_columns":
        with pytest.raises(NotWrittenError, match="Use axis −1"):
            qonnx_of(design, store)
        return
    again = read_back(design, store, tmp_path)
    found = answers(again, store, in_axes_of(inputs, again))
    np.testing.assert_array_equal(found.reshape(len(found), -1), expected.reshape(len(found), -1))


@pytest.mark.parametrize("make", [jet_tagger, small_resnet])
def test_networks_come_back_with_their_layers(store, tmp_path, make):
    design = make(store)
    again = read_back(design, store, tmp_path)
    assert [layer.op for layer in again.network.layers] == [layer.op for layer in design.network.layers]
    inputs = samples(design, 50)
    np.testing.assert_array_equal(answers(again, store, in_axes_of(inputs, again)), answers(design, store, inputs))


@pytest.mark.parametrize("rounding", Rounding)
@pytest.mark.parametrize("overflow", [Overflow.SAT, Overflow.SAT_SYM])
def test_every_rounding_comes_back(store, tmp_path, rounding, overflow):
    layers = (Layer("x", Input((6,))), Layer("fc", Dense(4), ("x",)), Layer("relu", Activation(), ("fc",)))
    design = of_network(Network(layers), store)
    design = set_on_layers(design, ("fc",), "result", FixedType(7, 3, True, rounding, overflow))
    design = set_on_layers(design, ("relu",), "result", FixedType(5, 2, False, rounding, Overflow.SAT))
    inputs = samples(design, 200)
    again = read_back(design, store, tmp_path)
    np.testing.assert_array_equal(answers(again, store, inputs), answers(design, store, inputs))


def test_what_differs_from_the_hardware_is_noted(store):
    notes = qonnx_of(jet_tagger(store), store).notes
    assert "relu1: sums beyond ap_fixed<16,6> wrap in hardware; here they saturate." in notes
    assert any(note.startswith("softmax: is looked up in a table") for note in notes)
    narrow = set_on_layers(jet_tagger(store), ("fc1",), "accum", parse("ap_fixed<10,4>"))
    assert any("its accumulator ap_fixed<10,4> drops bits" in note for note in qonnx_of(narrow, store).notes)
    wide = set_on_layers(jet_tagger(store), ("fc1",), "weight", parse("ap_fixed<20,4>"))
    assert any("executors that compute in float32 hold 24" in note for note in qonnx_of(wide, store).notes)


def test_a_thousand_layers_in_a_row_are_written(store):
    layers = [Layer("x", Input(shape=(4, 2)))]
    for place in range(1200):
        layers.append(Layer(f"l{place}", Activation(), (layers[-1].name,)))
    assert b"l1199" in qonnx_of(of_network(Network(tuple(layers)), store), store).data


def test_a_network_without_weights_is_refused_by_name():
    with pytest.raises(ValueError, match="fc1"):
        qonnx_of(jet_tagger(), None)


def binary(store):
    """Signs as weights and results, a norm between them."""
    sign = Quantizer(QuantizerKind.BINARY, bits=1, alpha=1.0)
    layers = (
        Layer("x", Input((16,))),
        Layer("fc1", Dense(8, use_bias=False), ("x",), quantizers=(("kernel", sign),)),
        Layer("norm", BatchNorm(), ("fc1",)),
        Layer("sign", Activation("binary_tanh"), ("norm",), quantizers=(("result", sign),)),
        Layer("fc2", Dense(4, use_bias=False), ("sign",), quantizers=(("kernel", sign),)),
    )
    return of_network(Network(layers), store)


def networks(store):
    """What qonnx's executor is asked: sums of no more bits than its floats hold, nothing looked up in tables."""
    found = {"jet": jet_tagger(store), "binary": binary(store)}
    for name in ("conv2d", "conv2d_same", "depthwise2d", "norm", "mean_pool2d", "global_mean1d", "add", "concat3"):
        found[name] = of_network(zoo.network(name), store)
    narrow = small_resnet(store)
    names = tuple(layer.name for layer in narrow.network.layers if layer.op.GROUP in ("conv", "dense"))
    for key, type_ in (("weight", FixedType(6, 1)), ("bias", FixedType(6, 1))):
        narrow = set_on_layers(narrow, names, key, type_)
    for layer in ("image", "stem_relu", "conv1_relu", "conv2", "add", "pool"):
        narrow = set_on_layers(
            narrow, (layer,), "result", FixedType(8, 4, rounding=Rounding.RND, overflow=Overflow.SAT)
        )
    return found | {"resnet": narrow}


def executed(designs, store, folder, count):
    """Name → how many values of all samples differ, of qonnx's executor and the hardware."""
    if importlib.util.find_spec("qonnx") is None:
        pytest.skip("qonnx is not installed")
    expected = {}
    for name, design in designs.items():
        soft = [layer.name for layer in design.network.layers if layer.op.KIND == "softmax"]
        design = with_network(design, remove_layers(design.network, soft))
        inputs = samples(design, count)
        expected[name] = answers(design, store, inputs)
        data = qonnx_of(design, store).data
        (folder / f"{name}.onnx").write_bytes(data)
        (values,) = inputs.values()
        first = read(data).graph.inputs[0].shape[1:] != values.shape[1:]
        np.save(folder / f"{name}.in.npy", np.moveaxis(values, -1, 1) if first else values)
    command = [sys.executable, "-m", "tests.engine.readers.qonnx_worker", str(folder), "together"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=3000, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return {name: differing(np.load(folder / f"{name}.out.npy"), expected[name]) for name in designs}


def differing(theirs, ours):
    if theirs.ndim > 2 and theirs.shape[1] == ours.shape[-1]:
        theirs = np.moveaxis(theirs, 1, -1)
    return int((theirs.reshape(ours.shape) != ours).sum())


def test_the_executor_answers_bit_for_bit(store, tmp_path):
    assert set(executed(networks(store), store, tmp_path, 10).values()) == {0}


@pytest.mark.proof
def test_the_executor_answers_bit_for_bit_on_1000_vectors(store, tmp_path):
    designs = networks(store)
    for path in ("ad08.h5", "rn07.h5", "../hls4ml_examples/qkeras_jettagging_qonnx.onnx"):
        if (NETWORKS / path).exists():
            designs[path.partition(".h5")[0].rpartition("/")[2]] = open_file(NETWORKS / path, store).design
    assert set(executed(designs, store, tmp_path, 1000).values()) == {0}
