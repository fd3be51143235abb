"""The emulate job: the generated C++ against the float network."""

import shutil
from dataclasses import replace
from math import prod

import numpy as np
import pytest

from engine.boards import board
from engine.data.choice import usual_count
from engine.design import Design, Target, set_default
from engine.emulate.data import Samples
from engine.emulate.float_forward import forward
from engine.flows.hls4ml import compiling
from engine.flows.hls4ml.adapter import build_graph, write_project
from engine.flows.hls4ml.compiled import load, predict
from engine.flows.hls4ml.compiling import compile_project
from engine.flows.hls4ml.emulate import emulate
from engine.flows.hls4ml.support import problems
from engine.jobs.errors import JobError
from engine.jobs.state import JobState
from engine.network import Layer, Network
from engine.network.kinds import BatchNorm, Conv2D, Dense, DepthwiseConv2D, Input, SeparableConv2D
from engine.precision import parse
from engine.project.codec import design_to_json
from tests.engine.emulate import zoo
from tests.engine.flows.hls4ml import quantised
from tests.engine.flows.hls4ml.running import reporting, run_job, with_weights
from tests.samples import jet_tagger, small_resnet

pytestmark = pytest.mark.hls4ml

SMALL = Network((Layer("x", Input(shape=(3,))), Layer("dense", Dense(units=2), ("x",))))


@pytest.mark.compiler
def test_a_worker_compares_hardware_and_float_network(store, tmp_path):
    design = set_default(small_resnet(store), "precision", parse("ap_fixed<20,8>"))
    x = np.random.default_rng(5).normal(size=(40, 8, 8, 1))
    truth = forward(design.network, store, {"image": x})["classifier"]
    np.savez(tmp_path / "digits.npz", x=x, y=truth.argmax(axis=1))
    view = run_job(
        tmp_path / "jobs",
        "engine.flows.hls4ml.emulate:emulate",
        design=design_to_json(design),
        tensors=str(store.folder),
        data=str(tmp_path / "digits.npz"),
        samples=30,
    )
    assert view.state is JobState.DONE, view.reason
    result = view.result
    assert result["samples"] == 30
    assert result["accuracy"]["float"] == 1.0
    assert result["accuracy"]["hardware"] >= 0.9
    assert result["summary"].startswith("Accuracy ")
    assert result["outputs"][0]["agreement"] == result["accuracy"]["hardware"]
    assert 0 < result["outputs"][0]["max_error"] < 0.03
    rows = {row["name"]: row for row in result["trace"]}
    assert {"stem", "stem_relu", "conv1", "conv2", "add", "pool", "classifier"} <= rows.keys()
    assert rows["stem"]["max_abs"] < 0.002
    assert rows["stem_relu"]["lowest"] == 0.0
    assert [*rows] == [name for name in design.network.order if name in rows]
    assert {*result["untraced"]} == {*design.network.order} - rows.keys()
    assert "In instantiation of" not in view.log_path.read_text()  # the headers' warnings do not flood the log
    with np.load(result["file"]) as arrays:
        assert arrays["output/classifier"].shape == (30, 10)
        hardware, reference = arrays["hardware/add"], arrays["float/add"]
        assert float(np.abs(hardware - reference).max()) == rows["add"]["max_abs"]


def branches(store):
    """A network that holds many kinds at once, each an output of its own, so that one compilation tries them all."""
    layers = [Layer("x", Input(shape=(6, 5, 2)))]
    kinds = "conv2d_same depthwise2d mean_pool2d global_max2d norm_plain permute3 pad2d up2d"
    layers += [Layer(name, zoo.SINGLE[name][1], ("x",)) for name in kinds.split()]
    for kernel, op in (("bits_auto", Conv2D), ("binary_auto", DepthwiseConv2D), ("ternary", SeparableConv2D)):
        layer = quantised.picture(kernel, op)["layer"]
        layers.append(replace(layer, name=f"{kernel}_layer", inputs=("x",)))
    layers.append(Layer("normed", BatchNorm(), ("bits_auto_layer",)))
    return with_weights(Network(tuple(layers)), store)


@pytest.mark.compiler
def test_many_kinds_compute_what_the_float_network_does(store, tmp_path):
    design = Design("many", branches(store), Target(board("pynq-z2"), 10.0))
    check(set_default(design, "precision", parse("ap_fixed<24,8>")), store, tmp_path, 0.001)


@pytest.mark.compiler
def test_where_there_is_no_gpp_another_compiler_does_the_same(store, tmp_path, monkeypatch):
    """Under another name g++ is one that hls4ml's own script does not ask for."""
    design = Design("small", with_weights(SMALL, store), Target(board("pynq-z2"), 10.0))
    # What g++ starts itself is found beside it.
    (tmp_path / "bin").mkdir()
    for name, tool in (("clang++", "g++"), ("as", "as"), ("ld", "ld")):
        (tmp_path / "bin" / name).symlink_to(shutil.which(tool))
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    check(set_default(design, "precision", parse("ap_fixed<24,8>")), store, tmp_path, 0.001)
    assert not (tmp_path / "p" / "build_quiet.sh").exists()


def check(design, store, tmp_path, tolerance):
    """Compile, without optimisation, and compare all outputs."""
    graph = build_graph(design, store, tmp_path / "p")
    write_project(graph)
    script = tmp_path / "p/build_lib.sh"
    script.write_text(script.read_text().replace("-O3", "-O0"))
    with reporting(tmp_path / "job") as reporter:
        load(graph, compile_project(reporter, tmp_path / "p", design.name))
    random = np.random.default_rng(3)
    inputs = {
        name: np.round(random.normal(0, 1.5, (3, *design.network.shapes[name])) * 64) / 64
        for name in design.network.inputs
    }
    outputs = predict(graph, Samples(inputs), lambda fraction: None)
    expected = forward(design.network, store, inputs)
    for name, found in zip(design.network.outputs, outputs, strict=True):
        reference = expected[name].reshape(3, prod(design.network.shapes[name]))
        np.testing.assert_allclose(found, reference, atol=tolerance, err_msg=name)


COARSE = {"softmax": 0.25, "softmax_rows": 0.25, "softmax_columns": 0.25}
"""Softmax looks its exponentials up in 1,024 places; with eight integer bits that is coarse."""


@pytest.mark.proof
@pytest.mark.compiler
@pytest.mark.parametrize("io_type", ["io_parallel", "io_stream"])
@pytest.mark.parametrize("flow", ["vitis", "vivado", "catapult", "quartus"])
@pytest.mark.parametrize("name", list(zoo.names()))
def test_every_kind_that_is_not_refused_computes_what_it_should(name, flow, io_type, store, tmp_path):
    design = Design("one", with_weights(zoo.network(name), store), Target(board("pynq-z2"), 10.0, flow, io_type))
    design = set_default(design, "precision", parse("ap_fixed<24,8>"))
    # Catapult's softmax wants fewer integer bits than the other kinds are tried with.
    if not problems(design) and not (flow == "catapult" and "softmax" in name):
        check(design, store, tmp_path, COARSE.get(name, 0.02) * (3 if flow == "quartus" and name in COARSE else 1))


def quantised_network(name):
    """One of the quantised networks by a name like `dense-binary` or `act-tanh`."""
    what, _, quantizer = name.partition("-")
    makers = {
        "dense": quantised.dense,
        "norm": quantised.dense_and_norm,
        "conv": quantised.picture,
        "depthwise": lambda kernel: quantised.picture(kernel, DepthwiseConv2D),
        "act": quantised.activation,
    }
    return makers[what](quantizer)


QUANTISED = [f"{what}-{kernel}" for what in ("dense", "norm", "conv", "depthwise") for kernel in quantised.KERNELS]
QUANTISED += [f"act-{result}" for result in quantised.RESULTS]


@pytest.mark.proof
@pytest.mark.compiler
@pytest.mark.parametrize("io_type", ["io_parallel", "io_stream"])
@pytest.mark.parametrize("flow", ["vitis", "catapult", "quartus"])
@pytest.mark.parametrize("name", QUANTISED)
def test_quantised_networks_that_are_not_refused_compute_what_they_should(name, flow, io_type, store, tmp_path):
    network = with_weights(quantised_network(name), store)
    design = Design("one", network, Target(board("pynq-z2"), 10.0, flow, io_type))
    design = set_default(design, "precision", parse("ap_fixed<24,8>"))
    if not problems(design):
        check(design, store, tmp_path, 0.04 if name.endswith("_real") else 0.001)


def test_small_networks_run_on_more_samples_than_large_ones():
    large = Network((Layer("x", Input(shape=(64, 64, 32))), Layer("conv", Conv2D(filters=64), ("x",))))
    assert usual_count(jet_tagger().network) == 1000
    assert usual_count(large) == 28
    assert usual_count(Network()) == 1000


def test_a_missing_compiler_is_said_before_anything_is_done(store, tmp_path, monkeypatch):
    monkeypatch.setattr(compiling.shutil, "which", lambda name: None)
    with (
        reporting(tmp_path) as reporter,
        pytest.raises(JobError, match=r"needs the compiler g\+\+.*apt install g\+\+.*Without it"),
    ):
        emulate(reporter, design=design_to_json(jet_tagger(store)), tensors=str(store.folder))
    assert not (tmp_path / "project").exists()


def test_other_compilers_are_named_by_their_flow(monkeypatch):
    monkeypatch.setattr(compiling.shutil, "which", lambda name: None)
    with pytest.raises(JobError, match=r"icpx.*setvars\.sh"):
        compiling.check_compiler("oneapi")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"x": np.zeros((3, 5))}, "needs numbers of the shape samples×16; 'x' in data.npz is float64 of 3×5"),
        ({"z": np.zeros((3, 16))}, "no samples for the input 'features'; the file holds z"),
        ({"x": np.full((3, 16), np.nan)}, "not finite"),
        ({"x": np.zeros((0, 16))}, "holds no samples"),
    ],
)
def test_data_that_does_not_fit_is_refused(data, words, store, tmp_path):
    np.savez(tmp_path / "data.npz", **data)
    with reporting(tmp_path) as reporter, pytest.raises(JobError, match=words):
        emulate(
            reporter,
            design=design_to_json(jet_tagger(store)),
            tensors=str(store.folder),
            data=str(tmp_path / "data.npz"),
        )


def test_no_pickle_is_opened(store, tmp_path):
    np.save(tmp_path / "data.npy", np.array([{"a": 1}], dtype=object), allow_pickle=True)
    with reporting(tmp_path) as reporter, pytest.raises(JobError, match="never unpickled"):
        emulate(
            reporter,
            design=design_to_json(jet_tagger(store)),
            tensors=str(store.folder),
            data=str(tmp_path / "data.npy"),
        )
