"""Models for FINN: qonnx prepares them as FINN does, finds what its hardware conversion demands, and answers alike."""

import importlib.util
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from engine.boards import board
from engine.flows.finn.streamline.model import Streamlined
from engine.network import Layer
from engine.network.kinds import (
    LSTM,
    BatchNorm,
    Conv2D,
    Dense,
    DepthwiseConv2D,
    Flatten,
    GlobalPool,
    Merge,
    Pool2D,
)
from engine.onnx.model import read
from engine.opening import open_file
from engine.scoreboard.finn_designs import cnv_w1a1, kws_w3a3
from engine.writers.onnx import finn_model_of
from engine.writers.onnx.registry import NotWrittenError
from tests.engine.flows.finn.test_streamline import SIGNED, design_of, product, step, trained
from tests.samples import SHARED

ROOT = Path(__file__).parents[3]
TRAINED = SHARED / "models/mlperf_tiny/kws_w3a3.onnx"


def designs(store):
    """The two that were submitted, and one of everything that is written."""
    pynq = board("pynq-z2")
    submitted = {"kws": kws_w3a3(pynq), "cnv": cnv_w1a1(pynq)}
    found = {name: replace(each, network=trained(each.network, store)) for name, each in submitted.items()}
    found["residual"] = design_of(
        store,
        product("conv1", "x", Conv2D(filters=4, padding="same")),
        Layer("norm", BatchNorm(), ("conv1",)),
        step("relu1", "norm"),
        product("conv2", "relu1", Conv2D(filters=4, padding="same")),
        step("relu2", "conv2"),
        Layer("add", Merge(), ("relu1", "relu2")),
        product("each", "add", DepthwiseConv2D(strides=(2, 2))),
        step("signed", "each", SIGNED, "linear"),
        Layer("mean", GlobalPool(), ("signed",)),
        step("held", "mean", SIGNED, "linear"),
        product("fc", "held", Dense(units=3)),
        shape=(7, 7, 2),
    )
    found["flattened"] = design_of(
        store,
        product("conv", "x", Conv2D(filters=3, strides=(2, 2))),
        step("relu", "conv"),
        Layer("pool", Pool2D(), ("relu",)),
        Layer("flat", Flatten(), ("pool",)),
        product("fc1", "flat", Dense(units=6)),
        step("relu1", "fc1"),
        product("fc2", "relu1", Dense(units=3)),
        shape=(9, 9, 2),
    )
    return found


def answered(designs, store, folder, count):
    """Name → what FINN would refuse, and how many answers differ."""
    if importlib.util.find_spec("qonnx") is None:
        pytest.skip("qonnx is not installed")
    folder.mkdir(exist_ok=True)
    expected = {}
    for name, design in designs.items():
        model, shape = Streamlined(design, store), design.network.shapes[design.network.inputs[0]]
        data = {design.network.inputs[0]: np.random.default_rng(3).normal(0, 1, (count, *shape))}
        (entered,) = model.run(data)[design.network.inputs[0]][None]
        written = finn_model_of(design, store)
        last = design.network[design.network.outputs[0]]
        expected[name] = model.values(data)[last.inputs[0] if last.op.KIND == "softmax" else last.name]
        (folder / f"{name}.onnx").write_bytes(written.data)
        np.save(folder / f"{name}.in.npy", np.moveaxis(entered, -1, 1) if entered.ndim > 2 else entered)
    command = [sys.executable, "-m", "tests.engine.writers.finn_worker", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=3000, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return {
        name: (
            json.loads((folder / f"{name}.json").read_text()),
            int((np.load(folder / f"{name}.out.npy").reshape(each.shape) != each.astype(np.float32)).sum()),
        )
        for name, each in expected.items()
    }


def test_finn_has_nothing_to_refuse_and_qonnx_answers_alike(store, tmp_path):
    small = {name: each for name, each in designs(store).items() if name != "cnv"}
    assert answered(small, store, tmp_path, 3) == dict.fromkeys(small, ([], 0))


@pytest.mark.proof
def test_qonnx_answers_alike_on_1000_vectors(store, tmp_path):
    every = designs(store)
    if TRAINED.exists():
        trained_kws = open_file(TRAINED, store).design
        every["trained"] = replace(trained_kws, target=replace(trained_kws.target, flow="finn", io_type="io_stream"))
    large = {"cnv": every.pop("cnv")}
    assert answered(large, store, tmp_path / "large", 10) == {"cnv": ([], 0)}
    assert answered(every, store, tmp_path, 1000) == dict.fromkeys(every, ([], 0))


def test_what_finn_has_no_unit_for_is_refused_by_name(store):
    recurrent = design_of(store, Layer("lstm", LSTM(units=2), ("x",)), shape=(4, 3))
    with pytest.raises(NotWrittenError, match="recurrent"):
        finn_model_of(recurrent, store)
    average = design_of(store, Layer("mean", Pool2D(mode="average"), ("x",)), shape=(4, 4, 2))
    with pytest.raises(NotWrittenError, match="'mean': only max pools"):
        finn_model_of(average, store)


def test_the_types_stand_in_the_file(store):
    kws = kws_w3a3(board("pynq-z2"))
    model = read(finn_model_of(replace(kws, network=trained(kws.network, store)), store).data)
    assert [node.op_type for node in model.graph.nodes] == ["MatMul", "MultiThreshold"] * 3 + ["MatMul", "Mul"]
    assert model.graph.inputs[0].shape == (1, 490)
