"""Behind a streamed flattening words are still pixels: what reads one as if it were all is refused."""

from dataclasses import replace

import pytest

from engine.flows.hls4ml.adapter import graph_of
from engine.flows.hls4ml.fifos import fifos_of
from engine.flows.hls4ml.hardware import Builder
from engine.flows.hls4ml.layer_list import layer_list
from engine.flows.hls4ml.project import project_config
from engine.flows.hls4ml.support import unbuildable
from engine.network import Layer, Network
from engine.network.kinds import (
    Activation,
    BatchNorm,
    Dense,
    Flatten,
    Input,
    Merge,
    ParametricActivation,
    Reshape,
    Softmax,
)
from tests.samples import small_resnet


def design(op, shape=(4, 2), io_type="io_stream"):
    layers = [Layer("x", Input(shape=shape)), Layer("a", Activation(), ("x",)), Layer("flat", Flatten(), ("a",))]
    inputs = ("flat", "flat") if isinstance(op, Merge) else ("flat",)
    example = small_resnet()
    target = replace(example.target, io_type=io_type)
    return replace(example, network=Network((*layers, Layer("behind", op, inputs))), target=target)


BROKEN = [Activation(), Activation(function="sigmoid"), ParametricActivation(), BatchNorm(), Softmax(), Merge()]


@pytest.mark.parametrize("op", BROKEN, ids=lambda op: type(op).__name__)
def test_what_works_word_by_word_is_refused_behind_a_streamed_flattening(op):
    (problem,) = unbuildable(design(op))
    assert problem.layer == "behind"
    assert "flattening" in problem.reason
    assert unbuildable(design(op, io_type="io_parallel")) == ()
    assert unbuildable(design(op, shape=(8,))) == ()


def test_dense_layers_gather_the_words():
    assert unbuildable(design(Dense(units=3))) == ()


def test_a_thousand_reshapes_in_a_row_are_names_for_the_same_stream():
    layers = [Layer("x", Input(shape=(4, 2))), Layer("a", Activation(), ("x",))]
    for place in range(1200):
        layers.append(Layer(f"l{place}", Reshape(target=(8,)), (layers[-1].name,)))
    network = Network((*layers, Layer("end", Dense(units=3), (layers[-1].name,))))
    plan = Builder(broadcasts=False).build(replace(design(Dense(units=3)), network=network)).plan
    assert plan.readers["a"] == 1
    assert ("a", "end") in [(writer, reader) for writer, reader, _ in fifos_of(plan)]


@pytest.mark.hls4ml
@pytest.mark.compiler
def test_hls4ml_does_leave_words_behind(store, tmp_path):
    """As long as this holds the refusal is right: the last pixels' values are missing from the result."""
    import numpy as np

    broken = design(Activation())
    graph = graph_of(layer_list(broken, store), project_config(broken, tmp_path))
    graph.compile()
    values = np.full((1, 4, 2), 0.5)
    assert np.count_nonzero(graph.predict(values)) < values.size
