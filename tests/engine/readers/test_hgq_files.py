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


def test_einsums_and_folded_batch_normalisations_are_answered_bit_for_bit(store):
    opened = open_file(SAMPLES / "hgq2_einsum.keras", store)
    kinds = [(each.name, each.op.KIND) for each in opened.design.network.layers if each.op.KIND != "activation"]
    assert kinds == [
        *(("x", "input"), ("norm_dense", "dense"), ("mix_in", "permute"), ("mix", "dense"), ("mix_out", "permute")),
        *(("chan", "dense"), ("nobias", "dense"), ("norm", "batch_norm"), ("flat_in", "flatten"), ("flat", "dense")),
        ("soft", "softmax"),
    ]
    with np.load(SAMPLES / "hgq2_einsum.npz") as kept:
        inputs, theirs = kept["x"], kept["y"]
    found = evaluate(opened.design, store, Samples({"x": inputs.astype(np.float64)}), traces=True)
    np.testing.assert_array_equal(found.traces["flat"], theirs)


def einsum(path, equation, shape, **changes):
    """A file of one einsum without weights behind an input."""
    entry = layer("QEinsumDense", "a", "start", equation=equation, output_shape=[7, 5], **changes)
    entry["registered_name"] = "hgq>QEinsumDense"
    return json_file(path / "a.json", functional(start(*shape), entry), arrays=False)


@pytest.mark.parametrize(
    ("equation", "kinds", "result"),
    [
        ("bnc,cd->bnd", ["dense"], (7, 5)),
        ("bnc,dc->bnd", ["dense"], (7, 5)),
        ("...c,cd->...d", ["dense"], (7, 5)),
        ("bnc,nm->bmc", ["permute", "dense", "permute"], (7, 3)),
        ("bnc,nm->bcm", ["permute", "dense"], (3, 5)),
        ("bnc,ncd->bd", ["flatten", "dense"], (5,)),
    ],
)
def test_an_einsum_along_one_axis_or_all_is_a_dense_layer(equation, kinds, result, store, tmp_path):
    network = read_model(einsum(tmp_path, equation, (7, 3), enable_iq=False), store).network
    assert [each.op.KIND for each in network.layers[1:]] == kinds
    assert network.shapes[network.outputs[0]] == result


@pytest.mark.parametrize(
    ("equation", "changes", "what"),
    [
        ("bnc,ncd->bnd", {}, "the equation bnc,ncd->bnd is not supported"),
        ("bnc,nm->cmb", {}, "is not supported"),
        ("...nc,nm->...mc", {}, "is not supported"),
        ("bcc,cd->bd", {}, "is not supported"),
        ("nonsense", {}, "the equation nonsense is not supported"),
        ("bnc,cd->bnd", {"bias_axes": "nd"}, "a bias along nd"),
    ],
)
def test_other_einsums_say_which_would_do(equation, changes, what, store, tmp_path):
    with pytest.raises(UnsupportedModelError) as caught:
        read_model(einsum(tmp_path, equation, (7, 3), enable_iq=False, **changes), store)
    (problem,) = caught.value.problems
    assert what in str(problem)
    assert "Use" in str(problem)


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
    attention = layer("QMultiHeadAttention", "b", "a") | {"registered_name": "hgq>QMultiHeadAttention"}
    path = json_file(tmp_path / "a.json", functional(start(2), dense, attention), arrays=False)
    with pytest.raises(UnsupportedModelError) as caught:
        read_model(path, store)
    problems = {problem.layer: str(problem) for problem in caught.value.problems}
    assert what in problems["a"]
    assert "attention is not supported" in problems["b"]
