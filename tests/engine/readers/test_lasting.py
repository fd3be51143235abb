"""Quantised activations of a file are in the hardware too: where hls4ml would drop one, or cannot stream it."""

from dataclasses import replace

import numpy as np
import pytest

from engine.boards import board
from engine.emulate.data import Samples
from engine.emulate.float_forward import forward
from engine.flows.hls4ml.golden import evaluate
from engine.flows.registry import flow
from engine.opening.starting import starting_design
from engine.readers import read_model
from tests.engine.readers.sample_files import functional, json_file, layer, start
from tests.samples import with_random_weights

BITS = "quantized_bits(4,1,alpha=1)"
TYPE = "ap_fixed<4,2,AP_RND_CONV,AP_SAT>"


def opened(path, store, *layers):
    """A file's design, with made-up weights."""
    model = read_model(json_file(path / "a.json", functional(*layers), arrays=False), store)
    design = starting_design("a", with_random_weights(model.network, store), board("pynq-z2"))
    return replace(design, layers=model.settings), model


def result(design, name):
    return str(flow(design.target.flow).resolve(design, name, "result").value)


def answers(design, store, shape):
    """Of the hardware and of the float network, which rounds as the file's quantisers do."""
    inputs = np.random.default_rng(1).integers(-64, 64, (40, *shape)) / 16
    (end,) = design.network.outputs
    exact = evaluate(design, store, Samples({"start": inputs})).outputs[end]
    return exact, forward(design.network, store, {"start": inputs})[end]


def test_the_layer_before_a_quantiser_gets_its_type(tmp_path, store):
    dense = layer("Dense", "a", "start", units=3)
    design, _ = opened(tmp_path, store, start(4), dense, layer("QActivation", "q", "a", activation=BITS))
    assert result(design, "a") == TYPE
    exact, wanted = answers(design, store, (4,))
    assert np.abs(exact - wanted).max() <= 0.25
    assert len(np.unique(exact)) > 4


def test_a_layer_that_others_read_unrounded_stays_wide(tmp_path, store):
    dense, quantiser = layer("Dense", "a", "start", units=3), layer("QActivation", "q", "a", activation=BITS)
    design, _ = opened(tmp_path, store, start(4), dense, quantiser, layer("Add", "sum", "a", "q"))
    assert (result(design, "a"), result(design, "q")) == ("ap_fixed<32,16>", TYPE)


@pytest.mark.parametrize("activation", [BITS, "quantized_relu(4,1)", "relu"])
def test_an_activation_behind_a_flattening_is_put_in_front_of_it(activation, tmp_path, store):
    bend = layer("QActivation", "q", "flat", activation=activation)
    behind = layer("Dense", "a", "q", units=2)
    design, model = opened(tmp_path, store, start(2, 2, 3), layer("Flatten", "flat", "start"), bend, behind)
    assert design.target.io_type == "io_stream"
    assert design.network["q"].inputs == ("start",)
    assert design.network["a"].inputs == ("flat",)
    assert any("q: moved in front of flat" in note for note in model.notes)
    exact, wanted = answers(design, store, (2, 2, 3))
    np.testing.assert_allclose(exact, wanted, atol=0.1)
