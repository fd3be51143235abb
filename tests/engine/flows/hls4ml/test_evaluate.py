"""Evaluation without a compiler: what an emulation tells, of the same samples, at once."""

from dataclasses import replace

import numpy as np
import pytest

from engine.data.choice import choose_samples
from engine.design import Design, set_default, set_on_layers
from engine.emulate.float_forward import forward
from engine.emulate.stored import DataError
from engine.flows.hls4ml.emulate import emulate
from engine.flows.hls4ml.evaluate import MOST, Comparer
from engine.flows.hls4ml.exact.errors import NoExactModelError
from engine.flows.registry import flow
from engine.network import Network
from engine.precision import FixedType, parse
from engine.project.codec import design_to_json
from engine.project.file import load_project
from tests.engine.flows.hls4ml.running import reporting
from tests.engine.flows.hls4ml.test_golden import EXAMPLES
from tests.samples import jet_tagger, small_resnet


@pytest.fixture
def labelled(store, tmp_path):
    """A small network, and samples whose labels its float version gets right."""
    design = set_default(small_resnet(store), "precision", parse("ap_fixed<14,6>"))
    x = np.random.default_rng(5).normal(size=(70, 8, 8, 1))
    truth = forward(design.network, store, {"image": x})["classifier"]
    np.savez(tmp_path / "digits.npz", x=x, y=truth.argmax(axis=1))
    return design, tmp_path / "digits.npz"


@pytest.mark.hls4ml
@pytest.mark.compiler
def test_it_tells_what_an_emulation_tells(labelled, store, tmp_path):
    design, data = labelled
    with reporting(tmp_path / "job") as reporter:
        emulated = emulate(
            reporter, design=design_to_json(design), tensors=str(store.folder), data=str(data), samples=60
        )
    found = Comparer(store).compare(design, data, 60)
    rows = {row["name"]: row for row in found["trace"]}
    for row in emulated["trace"]:
        del row["built"]
        assert rows[row["name"]] == row
    # hls4ml's traces leave out the input and what only moves values.
    assert {*found["untraced"]} <= {*emulated["untraced"]} == {"image", "flatten"}
    for key in ("samples", "data", "outputs", "traced_samples", "accuracy", "summary"):
        assert found[key] == emulated[key], key
    assert 0.5 < found["accuracy"]["low"] < found["accuracy"]["hardware"] < found["accuracy"]["high"] <= 1


def test_an_edit_gives_what_a_fresh_evaluation_gives(labelled, store):
    design, data = labelled
    comparer = Comparer(store)
    before = comparer.compare(design, data)
    edited = set_on_layers(design, ("conv2",), "weight", FixedType(4, 2))
    after = comparer.compare(edited, data)
    assert after == Comparer(store).compare(edited, data) != before
    assert comparer.compare(design, data) == before


def test_another_network_or_other_samples_are_compared_afresh(labelled, store):
    design, data = labelled
    comparer = Comparer(store)
    comparer.compare(design, data)
    jets = comparer.compare(jet_tagger(store))
    assert [row["name"] for row in jets["outputs"]] == ["softmax"]
    assert (jets["samples"], jets["data"], jets["accuracy"]) == (MOST, "random numbers", None)
    assert comparer.compare(design, data, 10)["samples"] == 10


def test_made_up_samples_follow_the_type_of_the_input(store):
    design, comparer = jet_tagger(store), Comparer(store)
    wide = comparer.compare(design)
    narrow = comparer.compare(set_on_layers(design, ("features",), "result", FixedType(4, 0)))
    assert wide["trace"][0]["highest"] > 1
    assert narrow["trace"][0]["highest"] <= FixedType(4, 0).maximum


def test_what_cannot_be_evaluated_says_why(labelled, store, tmp_path):
    design, _ = labelled
    comparer = flow("vitis").comparer(store)
    with pytest.raises(
        NoExactModelError, match=r"of two back ends and of the open flow only\. .* Emulate, which needs a compiler"
    ):
        comparer.compare(replace(design, target=replace(design.target, flow="catapult")))
    bare = Design("drawn", Network(tuple(replace(each, weights=()) for each in design.network.layers)), design.target)
    with pytest.raises(NoExactModelError, match=r"'stem': It has no values for its kernel.*import weights"):
        comparer.compare(bare)
    np.savez(tmp_path / "wrong.npz", x=np.zeros((3, 5)))
    with pytest.raises(DataError, match="shape samples×8×8×1"):
        comparer.compare(design, tmp_path / "wrong.npz")


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_examples_are_evaluated_on_their_own_samples(path, store):
    design = load_project(path, store).design
    found = Comparer(store).compare(design, most=200)
    own = choose_samples(design.network).given
    assert found["data"] == (str(own) if own else "random numbers")
    assert {row["name"] for row in found["trace"]} | {*found["untraced"]} == {*design.network.order}
