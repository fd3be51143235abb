"""Files of HGQ2 0.2 (Keras 3.15), made with random bit widths: what HGQ2 itself answered is beside them."""

from pathlib import Path

import numpy as np
import pytest

from engine.emulate.data import Samples
from engine.flows.hls4ml.golden import evaluate
from engine.network.weights import effective_weight
from engine.opening import open_file
from engine.readers import UnsupportedModelError, read_model
from tests.engine.readers.sample_files import functional, json_file, layer, start

SAMPLES = Path(__file__).parent / "samples"


def answers(name, store):
    design = open_file(SAMPLES / f"{name}.keras", store).design
    with np.load(SAMPLES / f"{name}.npz") as kept:
        inputs, theirs = kept["x"], kept["y"]
    (entry,) = design.network.inputs
    return evaluate(design, store, Samples({entry: inputs.astype(np.float64)})).outputs["fc2"], theirs


def test_values_of_one_type_a_tensor_are_answered_bit_for_bit(store):
    ours, theirs = answers("hgq2_alike", store)
    np.testing.assert_array_equal(ours, theirs)


def test_values_with_bits_of_their_own_get_the_most_and_are_noted(store):
    model = read_model(SAMPLES / "hgq2_each.keras", store)
    assert [note.partition(":")[0] for note in model.lost] == ["conv_iq", "fc1_iq", "fc2_iq"]
    assert all("bits of its own" in note for note in model.lost)
    ours, theirs = answers("hgq2_each", store)
    assert np.corrcoef(ours.ravel(), theirs.ravel())[0, 1] > 0.9


@pytest.mark.parametrize("name", ["hgq2_alike", "hgq2_each"])
def test_weights_keep_the_values_that_hgq_rounds_them_to(store, name):
    network = read_model(SAMPLES / f"{name}.keras", store).network
    assert [each.op.KIND for each in network.layers] == [
        *("input", "conv2d", "activation", "pool2d", "flatten", "dense", "activation", "dense")
    ]
    for each in network.layers:
        for role, ref in each.weights:
            np.testing.assert_array_equal(effective_weight(each, role, store), store.get(ref))
            assert each.quantizer(role).bits <= 9


def quantizer(**changes):
    settings = {"q_type": "kif", "round_mode": "RND", "overflow_mode": "WRAP", "is_weight": False} | changes
    return {"class_name": "QuantizerConfig", "config": settings}


@pytest.mark.parametrize(
    ("changes", "what"),
    [({"q_type": "float"}, "numbers of type float"), ({"scaler": 0.5}, "a scale or shift of its own")],
)
def test_what_is_not_supported_is_named(store, tmp_path, changes, what):
    dense = layer("QDense", "a", "start", units=2, iq_conf=quantizer(**changes))
    dense["registered_name"] = "hgq>QDense"
    norm = layer("QBatchNormDense", "b", "a", units=2) | {"registered_name": "hgq>QBatchNormDense"}
    path = json_file(tmp_path / "a.json", functional(start(2), dense, norm), arrays=False)
    with pytest.raises(UnsupportedModelError) as caught:
        read_model(path, store)
    problems = {problem.layer: str(problem) for problem in caught.value.problems}
    assert what in problems["a"]
    assert "is not supported" in problems["b"]
