"""What has no counterpart is listed, all at once and with a way out; nothing of a file is ever run."""

import json
import subprocess
import sys

import pytest

from engine.readers import ModelFileError, Problem, UnsupportedModelError, read_model
from engine.readers.keras.layers.unsupported import REASONS
from tests.engine.readers.sample_files import functional, h5_file, json_file, layer, sample_model, sequential, start

CONV = {"filters": 2, "kernel_size": [3, 3]}


def problems(model, store, tmp_path):
    with pytest.raises(UnsupportedModelError) as caught:
        read_model(json_file(tmp_path / "m.json", model, arrays=False), store)
    return caught.value.problems


def test_everything_unsupported_is_listed_at_once_by_layer(store, tmp_path):
    model = functional(
        start(8, 8, 3),
        layer("Lambda", "code", "start", function=["4wAAAAAAAAA=", None, None]),
        layer("Conv2D", "grouped", "code", **CONV, groups=3, data_format="channels_first"),
        layer("MyOwnConv2D", "mine", "grouped"),
        layer("QDense", "dense", "mine", units=4, kernel_quantizer="quantized_ulaw(4)", activation="gelu"),
        layer("LayerNormalization", "norm", "dense"),
    )
    found = problems(model, store, tmp_path)
    assert [problem.layer for problem in found] == ["code", "grouped", "grouped", "mine", "dense", "dense", "norm"]
    assert all(problem.remedy.endswith(".") and problem.what for problem in found)
    assert "Conv2D" in found[3].remedy
    assert "BatchNormalization" in found[-1].remedy


def test_the_message_lists_all_problems():
    error = UnsupportedModelError((Problem("a", "it is odd", "Use b."), Problem("", "there is more", "Stop.")))
    assert str(error).splitlines()[1:] == ["• a: it is odd. Use b.", "• there is more. Stop."]
    assert "2 things" in str(error)


@pytest.mark.parametrize("class_name", REASONS)
def test_known_but_unsupported_layers_name_the_nearest_supported_way(store, tmp_path, class_name):
    (problem,) = problems(sequential(start(4), layer(class_name, "odd")), store, tmp_path)
    assert (problem.layer, problem.what, problem.remedy) == ("odd", *REASONS[class_name])


REFUSED = [
    ("Conv1D", {"filters": 2, "kernel_size": [3], "padding": "causal"}, "causal"),
    ("MaxPooling2D", {"pool_size": [2, 2], "data_format": "channels_first"}, "channels come first"),
    ("BatchNormalization", {"axis": [1, 2]}, "several axes"),
    ("BatchNormalization", {"axis": [1]}, "axis 1"),
    ("Softmax", {"axis": [1, 2]}, "several axes"),
    ("Softmax", {"axis": 2}, "axis 2"),
    ("ReLU", {"max_value": 4.0}, "cut off at 4"),
    ("ReLU", {"threshold": 0.5}, "threshold"),
    ("Activation", {"activation": "gelu"}, "gelu"),
    ("Activation", {"activation": "quantized_bits(8"}, "not the description"),
    ("QActivation", {"activation": "hard_sigmoid"}, "QKeras defines it"),
    ("QActivation", {"activation": "quantized_bits(8,2,alpha='auto')"}, "alpha"),
    ("QActivation", {"activation": "quantized_bits(8,2,keep_negative=False)"}, "not for activations"),
    ("QActivation", {"activation": "quantized_po2(4)"}, "not for activations"),
    ("UpSampling2D", {"interpolation": "bilinear"}, "nearest"),
    ("QConv2D", {**CONV, "kernel_quantizer": "quantized_relu(4)"}, "not for weights"),
    ("QConv2DBatchnorm", {**CONV, "renorm": True}, "renormalisation"),
    ("Concatenate", {"axis": 0}, "samples side by side"),
    ("Dot", {"axes": 2}, "other axes"),
    ("Dot", {"axes": 1, "normalize": True}, "normalised"),
]


@pytest.mark.parametrize(("class_name", "config", "what"), REFUSED)
def test_unsupported_settings_are_refused(store, tmp_path, class_name, config, what):
    merges = class_name in ("Concatenate", "Dot")
    model = functional(start(6, 6, 2), layer(class_name, "odd", *["start"] * (2 if merges else 1), **config))
    assert any(what in str(problem) and problem.layer == "odd" for problem in problems(model, store, tmp_path))


@pytest.mark.parametrize(
    ("settings", "what"),
    [
        ({"return_state": True}, "state"),
        ({"go_backwards": True}, "backwards"),
        ({"stateful": True}, "kept between samples"),
        ({"time_major": True}, "first axis"),
        ({"activation": "quantized_tanh(4)"}, "activation"),
        ({"recurrent_activation": {"class_name": "x"}}, "recurrent activation"),
    ],
)
def test_unsupported_recurrences_are_refused(store, tmp_path, settings, what):
    (problem,) = problems(functional(start(5, 3), layer("LSTM", "odd", "start", units=2, **settings)), store, tmp_path)
    assert what in problem.what


@pytest.mark.parametrize("shape", [{}, {"batch_shape": [None, None, 3]}, {"batch_shape": [None]}])
def test_an_input_without_fixed_shape_is_refused(store, tmp_path, shape):
    (problem,) = problems(sequential(layer("InputLayer", "odd", **shape)), store, tmp_path)
    assert "shape" in problem.remedy or "Input layer" in problem.remedy


def test_shared_layers_are_refused_with_the_reason(store, tmp_path):
    twice = layer("Dense", "shared", "start", units=4)
    twice["inbound_nodes"].append([["shared", 0, 0, {}]])
    (problem,) = problems(functional(start(4), twice), store, tmp_path)
    assert problem.layer == "shared"
    assert "used 2 times with the same weights" in problem.what


def test_tensors_passed_by_keyword_are_refused(store, tmp_path):
    by_keyword = layer("LSTM", "odd", "start", units=2)
    by_keyword["inbound_nodes"][0][0][3] = {"initial_state": ["state", 0, 0]}
    (problem,) = problems(functional(start(5, 3), start(2, name="state"), by_keyword), store, tmp_path)
    assert "keyword" in problem.what
    tensor = {"class_name": "__keras_tensor__", "config": {"keras_history": ["start", 0, 0]}}
    wrapped = {**layer("Dense", "odd", units=2), "inbound_nodes": [{"args": [tensor], "kwargs": {"mask": tensor}}]}
    (problem,) = problems(functional(start(5, 3), wrapped), store, tmp_path)
    assert "keyword" in problem.what


def test_a_model_made_by_program_code_says_how_to_save_it(store, tmp_path):
    model = {"class_name": "MyModel", "config": {"name": "mine"}}
    with pytest.raises(ModelFileError, match=r"program code.*keras\.Sequential"):
        read_model(json_file(tmp_path / "m.json", model, arrays=False), store)


def test_reading_runs_nothing_of_the_file(store, tmp_path):
    """Code in every place where Keras has been known to run or import some."""
    trap = f"__import__('pathlib').Path({str(tmp_path / 'hacked')!r}).touch()"
    model = sample_model()
    for entry in model["config"]["layers"]:
        entry["module"] = entry["registered_name"] = "os"
        entry["config"]["build_config"] = {"module": "subprocess", "class_name": "Popen", "config": {"args": ["sh"]}}
        entry["config"]["kernel_initializer"] = {"module": "builtins", "class_name": "function", "config": trap}
        entry["config"]["kernel_constraint"] = trap
    model["config"]["layers"][2]["config"]["activation"] = f"quantized_relu(6,2,var_name={trap})"
    with pytest.raises(UnsupportedModelError, match="relu"):
        read_model(h5_file(tmp_path / "a.h5", model=model), store)
    model["config"]["layers"][2]["config"]["activation"] = "quantized_relu(6,2)"
    assert read_model(h5_file(tmp_path / "a.h5", model=model), store).network["conv"].weights
    assert not (tmp_path / "hacked").exists()


def test_reading_needs_neither_keras_nor_tensorflow(tmp_path):
    path = h5_file(tmp_path / "a.h5")
    code = (
        "import sys; from pathlib import Path; from engine.network import TensorStore\n"
        "from engine.readers import read_model\n"
        f"read_model(Path({str(path)!r}), TensorStore(Path({str(tmp_path / 'store')!r})))\n"
        "print(json.dumps(sorted({'tensorflow', 'keras', 'tf_keras', 'qkeras', 'h5py'} & set(sys.modules))))"
    )
    done = subprocess.run([sys.executable, "-c", f"import json\n{code}"], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == []
