"""ONNX and QONNX files: the same answers as qonnx's own executor, and layers, quantisers and types as meant."""

import importlib.util
import subprocess
import sys

import numpy as np
import pytest

from engine.emulate.data import Samples
from engine.emulate.float_forward import forward
from engine.flows.hls4ml.golden import evaluate
from engine.network.kinds import Activation, Dense, Flatten, Input
from engine.opening import open_file
from engine.precision import FixedType
from engine.readers import ModelFileError, UnsupportedModelError, read_model
from tests.engine.readers.conftest import ROOT
from tests.engine.readers.onnx_files import NETWORKS, QONNX, Sketch, classifier, onnx_file


@pytest.fixture(scope="session")
def executed(tmp_path_factory):
    """A folder with all networks, samples for each, and what qonnx's executor makes of them."""
    if importlib.util.find_spec("qonnx") is None:
        pytest.skip("qonnx is not installed")
    folder = tmp_path_factory.mktemp("onnx")
    for name, make in NETWORKS.items():
        sketch, output = make()
        (folder / f"{name}.onnx").write_bytes(sketch.file(output))
        np.save(folder / f"{name}.in.npy", np.random.default_rng(1).normal(0, 1.5, (5, *sketch.shape)))
    command = [sys.executable, "-m", "tests.engine.readers.qonnx_worker", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return folder


@pytest.mark.parametrize("name", NETWORKS)
def test_networks_answer_as_qonnx_executes_them(executed, store, name):
    network = read_model(executed / f"{name}.onnx", store).network
    samples = np.load(executed / f"{name}.in.npy").astype(np.float32)
    if network.shapes[network.inputs[0]] != samples.shape[1:]:
        samples = np.moveaxis(samples, 1, -1)
    answers = forward(network, store, {network.inputs[0]: samples})[network.outputs[0]]
    np.testing.assert_allclose(answers, np.load(executed / f"{name}.out.npy"), rtol=0, atol=1e-5)


def test_layers_quantisers_and_types_are_those_of_the_file(store, tmp_path):
    model = read_model(onnx_file(tmp_path / "a.onnx", "keras"), store)
    kinds = [layer.op.KIND for layer in model.network.layers]
    assert kinds == ["input", "activation", "conv2d", "activation", "flatten", "dense", "softmax"]
    _, entry, conv, relu, _, dense, _ = model.network.layers
    assert str(conv.quantizer("kernel").storage_type()) == "ap_fixed<5,1>"
    assert str(conv.quantizer("bias").storage_type()) == "ap_fixed<6,2>"
    assert str(relu.quantizer("result").type()) == "ap_ufixed<4,1,AP_RND_CONV,AP_SAT>"
    assert str(dense.quantizer("kernel").storage_type()) == "ap_fixed<4,1>"
    assert str(entry.quantizer("result").type()) == "ap_fixed<6,3,AP_RND_CONV,AP_SAT>"
    # What the quantiser of the input keeps is all that the input needs.
    assert dict(model.settings)["x"].get("result") == entry.quantizer("result").type()


def test_scales_that_are_no_powers_of_two_leave_whole_numbers_and_melt_into_norms(store, tmp_path):
    network = read_model(onnx_file(tmp_path / "a.onnx", "quantised"), store).network
    kinds = [layer.op.KIND for layer in network.layers]
    # The norm behind the first convolution takes the scales of its weights, input and output.
    assert kinds[:5] == ["input", "batch_norm", "activation", "conv2d", "batch_norm"]
    assert kinds.count("batch_norm") == 4
    for layer in network.layers:
        for role, quantizer in layer.quantizers:
            assert quantizer.storage_type().fraction == 0, (layer.name, role)


def test_other_roundings_become_types(store, tmp_path):
    s = Sketch(4)
    s_out = s.quant(s.op("MatMul", "x", s.random(4, 3)), 0.25, 6, mode="FLOOR")
    (tmp_path / "a.onnx").write_bytes(s.file(s_out))
    model = read_model(tmp_path / "a.onnx", store)
    assert [type(layer.op) for layer in model.network.layers] == [Input, Dense]
    assert dict(model.settings)["MatMul_0"].get("result").canonical == "ap_fixed<6,4,AP_TRN,AP_SAT>"


@pytest.mark.parametrize("scale", [0.125, 0.11])
def test_truncated_values_are_cut_off_and_keep_their_scale(store, tmp_path, scale):
    s = Sketch(6)
    bits = [s.const(each) for each in (scale, 0.0, 6.0, 4.0)]
    cut = s.op("Trunc", s.quant("x", scale, 6), *bits, domain=QONNX, rounding_mode="FLOOR")
    (tmp_path / "a.onnx").write_bytes(s.file(s.op("MatMul", cut, s.quant(s.const(np.eye(6)), 1.0, 2))))
    design = open_file(tmp_path / "a.onnx", store).design
    steps = np.random.default_rng(2).integers(-32, 32, (50, 6))
    answers = evaluate(design, store, Samples({"x": steps * scale})).outputs
    np.testing.assert_allclose(next(iter(answers.values())), (steps // 4) * scale, rtol=0, atol=1e-6)


def test_a_result_that_is_read_twice_keeps_a_type_of_its_own(store, tmp_path):
    s = Sketch(4)
    x = s.op("MatMul", "x", s.random(4, 4))
    (tmp_path / "a.onnx").write_bytes(s.file(s.op("Add", s.quant(x, 0.25, 6), x)))
    model = read_model(tmp_path / "a.onnx", store)
    assert model.network["Quant_1"].op == Activation("linear")
    assert dict(model.settings)["MatMul_0"].get("result") == FixedType(32, 16)


def test_an_output_that_layers_read_too_stays_an_output(store, tmp_path):
    s = Sketch(4)
    x = s.op("Relu", "x")
    (tmp_path / "a.onnx").write_bytes(s.file(x, classifier(s, x, 4)))
    assert set(read_model(tmp_path / "a.onnx", store).network.outputs) == {"Relu_0_0_output", "Gemm_1"}


def test_flattened_channels_keep_their_weights_without_moving_data(store, tmp_path):
    network = read_model(onnx_file(tmp_path / "a.onnx", "picture"), store).network
    assert not [layer for layer in network.layers if layer.op.KIND == "permute"]
    assert [layer.op for layer in network.layers if isinstance(layer.op, Flatten)]


def refused(path, store):
    with pytest.raises(UnsupportedModelError) as caught:
        read_model(path, store)
    return caught.value.problems


def test_all_that_is_unsupported_is_listed_with_what_to_do(store, tmp_path):
    s = Sketch(2, 6, 6)
    start = s.op("Conv", "x", s.random(4, 2, 3, 3), kernel_shape=[3, 3])
    x = s.op("ConvTranspose", start, s.random(4, 2, 3, 3))
    x = s.op("Einsum", s.op("LayerNormalization", x))
    y = s.op("Conv", start, s.random(4, 2, 3, 3), group=2, kernel_shape=[3, 3])
    y = s.op("MultiThreshold", y, s.random(4, 3), domain="finn.custom_op.general")
    (tmp_path / "a.onnx").write_bytes(s.file(x, y))
    problems = refused(tmp_path / "a.onnx", store)
    assert {problem.layer for problem in problems} == {
        *("ConvTranspose_1", "LayerNormalization_2", "Einsum_3", "Conv_4", "MultiThreshold_5")
    }
    assert all(problem.what and problem.remedy.endswith(".") for problem in problems)


@pytest.mark.parametrize(
    ("make", "what"),
    [
        (lambda s: s.op("MatMul", s.random(4, 4), "x"), "stands first"),
        (lambda s: s.op("Div", s.const(1.0), "x"), "dividing"),
        (lambda s: s.op("Transpose", "x", perm=[1, 0]), "samples"),
        (lambda s: s.op("Concat", "x", "x", axis=0), "samples"),
        (lambda s: s.op("Clip", "x", s.const(-1.0), s.const(1.0)), "cut at -1 and 1"),
        (lambda s: s.quant("x", 0.25, 4, mode="CEIL"), "CEIL"),
        (lambda s: s.quant("x", 0.25, 4, signed=0, narrow=1), "largest number"),
        (lambda s: s.quant("x", 0.25, 2.5), "2.5 bits"),
        (lambda s: s.quant("x", 0.25, 40), "40 bits"),
        (lambda s: s.quant("x", np.array([[0.1, 0.2, 0.3, 0.4]]), 4, zero=2.0), "a scale of its own"),
        (lambda s: s.op("Relu", "x", domain="com.example"), "com.example.Relu"),
        (lambda s: s.op("Softmax", "x", axis=0), "over samples"),
    ],
)
def test_what_has_no_counterpart_is_named(store, tmp_path, make, what):
    s = Sketch(4)
    (tmp_path / "a.onnx").write_bytes(s.file(make(s)))
    assert what in str(refused(tmp_path / "a.onnx", store)[0])


def test_an_input_without_fixed_extents_is_named(store, tmp_path):
    s = Sketch(None)
    (tmp_path / "a.onnx").write_bytes(s.file(s.op("Relu", "x")))
    assert "left open" in str(refused(tmp_path / "a.onnx", store)[0])


@pytest.mark.parametrize(
    ("make", "what"),
    [
        (lambda s: s.op("MatMul", "x", s.random(5, 4)), "does not fit"),
        (lambda s: s.op("MatMul", "x", s.const(np.full((4, 2), np.nan))), "not numbers"),
        (lambda s: s.quant("x", -0.25, 4), "scale is not above zero"),
        (lambda s: s.op("Relu", "ghost"), "'ghost', which nothing yields"),
        (lambda s: s.op("Div", "x", s.const(0.0)), "divides by zero"),
        (lambda s: s.op("Relu", s.random(3)), "does not depend on the data"),
        (lambda s: s.op("Add", "x", s.op("ConstantOfShape", s.whole(1 << 20, 1 << 20))), "too large"),
        (lambda s: s.op("Add", "x", s.op("Concat", s.random(2), s.random(2, 2))), "constants do not fit"),
    ],
)
def test_what_cannot_be_is_named_with_its_operation(store, tmp_path, make, what):
    s = Sketch(4)
    (tmp_path / "a.onnx").write_bytes(s.file(make(s)))
    with pytest.raises((ModelFileError, UnsupportedModelError), match=what):
        read_model(tmp_path / "a.onnx", store)
