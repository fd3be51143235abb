"""Real trained networks, converted and run bit for bit as they are."""

import pytest

from engine.boards import board
from engine.design import Design, Target
from engine.flows.hls4ml.config import apply_config
from engine.flows.hls4ml.support import problems
from engine.jobs.state import JobState
from engine.project.codec import design_to_json
from engine.readers.read import read_model
from tests.engine.flows.hls4ml.running import run_job
from tests.samples import SHARED

MODELS = SHARED / "models"
NETWORKS = {
    "ad08": ("mlperf_tiny/ad08.h5", "io_stream", 12),
    "rn07": ("mlperf_tiny/rn07.h5", "io_stream", 17),
    "three_layers": ("hls4ml_examples/KERAS_3layer.json", "io_parallel", 9),
    "quantised_three_layers": ("hls4ml_examples/qkeras_3layer.json", "io_parallel", 9),
    "sequence": ("hls4ml_examples/KERAS_conv1d_small.json", "io_stream", 15),
    "digits": ("hls4ml_examples/qkeras_mnist_cnn.json", "io_stream", 12),
}

pytestmark = [pytest.mark.hls4ml, pytest.mark.skipif(not MODELS.is_dir(), reason="the shared models are not here")]


def design_of(name, store):
    file, io_type, _ = NETWORKS[name]
    network = read_model(MODELS / file, store).network
    return Design(name, network, Target(board("pynq-z2"), 10.0, "vitis", io_type))


def run(action, design, store, tmp_path, **more):
    arguments = {"design": design_to_json(design), "tensors": str(store.folder), **more}
    view = run_job(tmp_path / "jobs", f"engine.flows.hls4ml.{action}:{action}", **arguments)
    assert view.state is JobState.DONE, view.reason
    return view.result


@pytest.mark.parametrize("name", NETWORKS)
def test_real_networks_convert(name, store, tmp_path):
    design = design_of(name, store)
    assert problems(design) == ()
    result = run("convert", design, store, tmp_path)
    assert len(result["built"]) == NETWORKS[name][2]
    ours = {source for entry in result["built"] for source in entry["sources"]}
    assert ours == set(design.network.order)  # every layer is found again in what was built


def test_ad08_is_built_as_its_configuration_says(store, tmp_path):
    text = (MODELS / "mlperf_tiny/ad08_hls4ml_config.yml").read_text()
    result = run("convert", apply_config(design_of("ad08", store), text).design, store, tmp_path)
    built = {entry["name"]: entry for entry in result["built"]}
    assert built["q_dense_batchnorm_1"]["reuse_factor"] == 144
    assert built["q_dense_batchnorm_1"]["types"]["weight"] == "ap_fixed<13,7>"
    # 144 does not divide 128 × 72 as hls4ml needs it.
    assert [warning["layer"] for warning in result["warnings"]] == ["q_dense_batchnorm"]


@pytest.mark.proof
@pytest.mark.compiler
@pytest.mark.parametrize("name", ["ad08", "rn07", "quantised_three_layers"])
def test_quantised_networks_are_bit_exact_up_to_the_softmax(name, store, tmp_path):
    result = run("emulate", design_of(name, store), store, tmp_path, samples=10)
    rows = [row for row in result["trace"] if "softmax" not in row["name"]]
    assert len(rows) >= 6
    assert {row["name"]: row["max_abs"] for row in rows} == dict.fromkeys((row["name"] for row in rows), 0.0)
