"""LSTM and GRU as ONNX: what qonnx's executor and the studio's reader make of the file, beside what was written."""

import importlib.util
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest

from engine.design import set_on_layers
from engine.emulate.float_forward import forward
from engine.network import Layer, Network, TensorStore
from engine.network.kinds import GRU, LSTM, Input
from engine.precision import FixedType, Overflow, Rounding
from engine.writers.onnx import qonnx_of
from tests.engine.readers.conftest import ROOT
from tests.engine.writers.test_qonnx import answers, of_network, read_back, samples

RELU = {"activation": "relu", "recurrent_activation": "relu"}
USUAL = {
    "lstm": LSTM(units=4),
    "lstm_every": LSTM(units=4, return_sequences=True, use_bias=False),
    "gru": GRU(units=4),
    "gru_every": GRU(units=4, return_sequences=True),
}
STRAIGHT = {f"{name}_relu": replace(op, **RELU) for name, op in USUAL.items()}
WIDE = FixedType(32, 10, rounding=Rounding.RND, overflow=Overflow.SAT)
WEIGHTS = FixedType(18, 2, rounding=Rounding.RND, overflow=Overflow.SAT)
TYPES = dict.fromkeys(("weight", "recurrent_weight", "bias", "recurrent_bias"), WEIGHTS) | {
    "accum": WIDE,
    "result": WIDE,
}


def designs(store):
    """One layer each, in types so wide that floating point is as exact."""
    found = {}
    for name, op in (USUAL | STRAIGHT).items():
        design = of_network(Network((Layer("x", Input((5, 3))), Layer("layer", op, ("x",)))), store)
        for key, type_ in TYPES.items():
            design = set_on_layers(design, ("layer",), key, type_)
        found[name] = design
    return found


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """The tensors of all designs."""
    return TensorStore(tmp_path_factory.mktemp("tensors"))


@pytest.fixture(scope="module")
def executed(tmp_path_factory, kept):
    """Name → the samples, and what qonnx's executor makes of the file."""
    if importlib.util.find_spec("qonnx") is None:
        pytest.skip("qonnx is not installed")
    folder = tmp_path_factory.mktemp("recurrent")
    for name, design in designs(kept).items():
        (folder / f"{name}.onnx").write_bytes(qonnx_of(design, kept).data)
        np.save(folder / f"{name}.in.npy", samples(design, 10)["x"])
    command = [sys.executable, "-m", "tests.engine.readers.qonnx_worker", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return folder


@pytest.mark.parametrize("name", USUAL)
def test_the_executor_answers_as_the_float_network(executed, kept, name):
    design = designs(kept)[name]
    ours = forward(design.network, kept, {"x": np.load(executed / f"{name}.in.npy")})["layer"]
    np.testing.assert_allclose(np.load(executed / f"{name}.out.npy"), ours, rtol=0, atol=5e-5)


@pytest.mark.parametrize("name", STRAIGHT)
def test_the_executor_answers_as_the_hardware_where_no_table_is_asked(executed, kept, name):
    design = designs(kept)[name]
    ours = answers(design, kept, {"x": np.load(executed / f"{name}.in.npy")})
    np.testing.assert_allclose(np.load(executed / f"{name}.out.npy"), ours, rtol=1e-4, atol=1e-4)


@pytest.mark.parametrize("name", USUAL | STRAIGHT)
def test_read_back_the_hardware_is_the_same(store, tmp_path, name):
    design = designs(store)[name]
    again = read_back(design, store, tmp_path)
    layer = next(each for each in again.network.layers if each.op.GROUP == "recurrent")
    before = design.network["layer"].op
    assert replace(layer.op, use_bias=before.use_bias) == before
    # Of the layer's types the file has those of its kernels.
    for key in ("bias", "recurrent_bias", "accum", "result"):
        again = set_on_layers(again, (layer.name,), key, TYPES[key])
    inputs = samples(design, 10)
    np.testing.assert_array_equal(answers(again, store, inputs), answers(design, store, inputs))


def test_what_the_cell_does_otherwise_in_hardware_is_noted(store):
    (note,) = qonnx_of(designs(store)["gru"], store).notes
    assert "computed in floating point here" in note
    assert "sums are kept as ap_fixed<32,10,AP_RND,AP_SAT>" in note
