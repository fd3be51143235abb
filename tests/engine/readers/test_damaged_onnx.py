"""Broken and hostile ONNX files end in an error that says what is wrong, where, and what to do."""

import math
import random
import time
from dataclasses import replace

import numpy as np
import pytest

from engine.onnx import Tensor, wire
from engine.onnx.model import read
from engine.onnx.schema import SCHEMA
from engine.onnx.wire import WireError, decode, encode
from engine.readers import ModelFileError, UnsupportedModelError, read_model
from engine.readers.onnx import draft, folding, layers
from tests.engine.readers.mutants import changed_bytes, outcome
from tests.engine.readers.onnx_files import NETWORKS, Sketch, onnx_file

MUTANTS = 300
OPERATIONS = sorted({*layers.registry._READERS, *folding._OPERATIONS, *folding._SPECIAL})
ATTRIBUTES = ("axis", "axes", "perm", "kernel_shape", "pads", "strides", "group", "alpha", "keepdims", "auto_pad", "to")
ATTRIBUTES += ("activations", "activation_alpha", "hidden_size", "layout", "direction", "starts", "ends", "clip")
NUMBERS = (0, 1, -1, 3, 10**7, 1e30, math.nan, math.inf, 0.5, [], [1], [0, -1], [3, 3], [1, 1, 1, 1], [0, 2, 3, 1])


def test_mutated_files_give_a_clear_error_or_a_sound_network(store, tmp_path):
    path, found = tmp_path / "mutant.onnx", []
    files = []
    for make in NETWORKS.values():
        sketch, output = make()
        files.append(sketch.file(output))
    for seed in range(MUTANTS):
        draw = random.Random(seed)
        path.write_bytes(changed_bytes(draw.choice(files), draw))
        started = time.thread_time()
        found.append(outcome(path, store))
        assert time.thread_time() - started < 5, f"mutant {seed} takes too long"
    assert set(found) == {"read", "ModelFileError", "UnsupportedModelError"}
    assert found.count("read") > 20


def changed_operation(sketch, draw):
    """One operation of a sound network with another kind, input, attribute or constant; the file may still be sound."""
    place = draw.randrange(len(sketch.nodes))
    node = sketch.nodes[place]
    values = ["x", "", *(tensor.name for tensor in sketch.tensors), *(each.outputs[0] for each in sketch.nodes)]
    match draw.randrange(4):
        case 0:
            node = replace(node, op_type=draw.choice(OPERATIONS))
        case 1:
            node = replace(node, inputs=(*node.inputs[:-1], draw.choice(values)))
        case 2:
            node = replace(node, attributes={**node.attributes, draw.choice(ATTRIBUTES): draw.choice(NUMBERS)})
        case 3:
            tensor = draw.randrange(len(sketch.tensors))
            other = np.array(draw.choice(NUMBERS), draw.choice([np.float32, np.float64]))
            sketch.tensors[tensor] = Tensor(sketch.tensors[tensor].name, other)
    sketch.nodes[place] = node


def test_changed_operations_give_a_clear_error_or_a_sound_network(store, tmp_path):
    path, found = tmp_path / "mutant.onnx", []
    for seed in range(MUTANTS):
        draw = random.Random(seed)
        sketch, output = draw.choice(list(NETWORKS.values()))()
        for _ in range(draw.randint(1, 3)):
            changed_operation(sketch, draw)
        path.write_bytes(sketch.file(output))
        found.append(outcome(path, store))
    assert set(found) == {"read", "ModelFileError", "UnsupportedModelError"}


def refusal(path, store):
    with pytest.raises(ModelFileError) as caught:
        read_model(path, store)
    assert caught.value.where.startswith(path.name)
    assert caught.value.remedy
    return str(caught.value)


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.999])
def test_a_file_cut_short_is_damaged(store, tmp_path, share):
    path = onnx_file(tmp_path / "a.onnx")
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * share)])
    refusal(path, store)


def changed_message(tmp_path, change):
    """A sound file with one thing in it changed."""
    message = decode(SCHEMA, "Model", onnx_file(tmp_path / "a.onnx").read_bytes())
    change(message["graph"])
    (tmp_path / "a.onnx").write_bytes(encode(SCHEMA, "Model", message))
    return tmp_path / "a.onnx"


def far_away(graph):
    graph["initializer"][0] |= {"data_location": 1, "external_data": [{"key": "location", "value": "../../etc/passwd"}]}


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (far_away, "in another file, '../../etc/passwd'"),
        (lambda graph: graph["initializer"][0].update(dims=[1 << 40]), "extents"),
        (lambda graph: graph["initializer"][0].update(dims=[-1]), "extents"),
        (lambda graph: graph["initializer"][0].update(dims=[7, 9]), "has 1 values, its extents ask for 63"),
        (lambda graph: graph["initializer"][0].update(data_type=8), "type 8"),
        (lambda graph: graph["node"].append(dict(graph["node"][0])), "yield the same value"),
        (lambda graph: graph["node"][0].update(input=[graph["node"][3]["output"][0]]), "circle"),
        (lambda graph: graph.update(output=[]), "no outputs"),
        (lambda graph: graph.update(output=[{"name": "nobody"}]), "does not depend on the input"),
        (lambda graph: graph["node"].extend(graph["node"]), "yield the same value"),
    ],
)
def test_hostile_parts_are_refused(store, tmp_path, change, what):
    assert what in refusal(changed_message(tmp_path, change), store)


def scaled(*factors):
    def make(s, value):
        for factor in factors:
            value = s.op("Mul", value, s.const(factor))
        return s.quant(value, 0.1, 4)

    return make


@pytest.mark.parametrize(
    ("shape", "make", "what"),
    [
        ((4,), scaled(np.inf), "too large or too small"),
        ((4,), scaled(np.nan), "too large or too small"),
        ((4,), scaled(*[1e-30] * 12), "too large or too small"),
        ((4,), lambda s, x: s.quant(x, np.zeros(0), 4), "scale is not above zero"),
        ((4,), lambda s, x: s.op("Add", x, s.op("Slice", s.const(1, 2), "", s.whole(1))), "leaves out an input"),
        ((4,), lambda s, x: s.op("Add", x, s.op("Gather", s.const(1, 2), "")), "do not fit"),
        ((4,), lambda s, x: s.op("Add", x, s.op("ConstantOfShape", s.const(np.nan, 3))), "whole numbers"),
        ((4,), lambda s, x: s.op("Add", x, s.op("ConstantOfShape", s.whole(1 << 40, 1 << 40, 0))), "too large"),
        ((4,), lambda s, x: s.op("Add", x, s.op("Sum")), "reads nothing"),
        ((4, 4), lambda s, x: s.op("ReduceMean", x, s.const([np.nan])), "whole numbers"),
        ((4, 4), lambda s, x: s.op("Squeeze", x, s.const([np.nan])), "whole numbers"),
        ((4, 4), lambda s, x: s.op("Pad", x, s.const([np.inf] * 6)), "whole numbers"),
        ((10_000_000, 10_000_000), lambda s, x: s.op("Flatten", x), "'x' yields 10000000×10000000 values"),
        ((2, 2), lambda s, x: s.op("Unsqueeze", x, s.whole(*range(1, 9))), "more than can be read"),
    ],
)
def test_numbers_and_extents_that_cannot_be_are_refused(store, tmp_path, shape, make, what):
    sketch = Sketch(*shape)
    path = tmp_path / "a.onnx"
    path.write_bytes(sketch.file(make(sketch, "x")))
    assert what in refusal(path, store)


def test_an_output_that_cannot_be_put_in_order_is_refused_by_name(store, tmp_path):
    sketch = Sketch(2, 3, 3)
    flat = sketch.op("Flatten", sketch.op("MaxPool", "x", kernel_shape=[1, 1]))
    (tmp_path / "a.onnx").write_bytes(sketch.file(sketch.op("Mul", flat, sketch.random(18))))
    with pytest.raises(UnsupportedModelError, match="Mul_2_0: a flattened picture that is scaled"):
        read_model(tmp_path / "a.onnx", store)


def test_a_channel_that_is_multiplied_by_zero_is_read(store, tmp_path):
    sketch = Sketch(4)
    (tmp_path / "a.onnx").write_bytes(sketch.file(scaled(0.0)(sketch, "x")))
    assert len(read_model(tmp_path / "a.onnx", store).network.layers) > 1


def test_constants_that_grow_without_end_are_refused_before_they_take_room(store, tmp_path, monkeypatch):
    sketch, value = Sketch(4), "x"
    grown = sketch.op("Add", sketch.const(np.ones((1 << 14, 1))), sketch.const(np.ones((1, 1 << 14))))
    (tmp_path / "a.onnx").write_bytes(sketch.file(sketch.op("Add", value, grown)))
    assert "too large" in refusal(tmp_path / "a.onnx", store)
    monkeypatch.setattr(draft, "_MOST_EFFORT", 10_000)
    sketch = Sketch(4)
    for count in range(50):
        filled = sketch.op("ConstantOfShape", sketch.whole(100 + count))
        value = sketch.op("Add", value, sketch.op("Gather", filled, sketch.whole(0)))
    (tmp_path / "a.onnx").write_bytes(sketch.file(value))
    assert "more than 2,500 numbers" in refusal(tmp_path / "a.onnx", store)


def test_an_output_without_a_name_is_not_the_input_that_others_leave_out(store, tmp_path):
    sketch = Sketch(4)
    dropped = sketch.op("Dropout", "x")
    sketch.nodes[-1] = replace(sketch.nodes[-1], outputs=(dropped, ""))
    path = tmp_path / "a.onnx"
    path.write_bytes(sketch.file(sketch.op("Clip", dropped, sketch.const(0.0), "")))
    assert len(read_model(path, store).network.layers) == 2


def test_files_of_parts_and_numbers_without_end_are_refused(monkeypatch):
    monkeypatch.setattr(wire, "_MOST_FIELDS", 1000)
    with pytest.raises(WireError, match="too long"):
        decode(SCHEMA, "Model", b"\x08" + b"\xff" * 11)
    with pytest.raises(WireError, match="parts"):
        decode(SCHEMA, "Tensor", b"\x08\x01" * 1001)
    with pytest.raises(WireError, match="no graph"):
        read(b"\x08\x01")


def test_numbers_in_every_form_are_read(store, tmp_path):
    """Raw bytes, lists, halves, doubles and whole numbers."""
    expected = np.array([[1.5, -2.0], [0.25, 3.0]])
    forms = [
        {"data_type": 1, "float_data": expected.ravel().tolist()},
        {"data_type": 11, "double_data": expected.ravel().tolist()},
        {"data_type": 11, "raw_data": expected.tobytes()},
        {"data_type": 10, "raw_data": expected.astype(np.float16).tobytes()},
        {"data_type": 10, "int32_data": expected.astype(np.float16).view(np.uint16).ravel().tolist()},
    ]
    for form in forms:
        s = Sketch(2)
        message = decode(SCHEMA, "Model", s.file(s.op("MatMul", "x", s.const(expected))))
        message["graph"]["initializer"] = [{"name": "const0", "dims": [2, 2], **form}]
        (tmp_path / "a.onnx").write_bytes(encode(SCHEMA, "Model", message))
        network = read_model(tmp_path / "a.onnx", store).network
        np.testing.assert_array_equal(store.get(network["MatMul_0"].weight("kernel")), expected)
