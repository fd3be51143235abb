"""What nothing reads, and what never varies, is left out of the logic with all that feeds it."""

import numpy as np
import pytest

from engine.boards import board
from engine.design import Design, Target, set_on_layers
from engine.flows.hls4ml.cost.live import in_logic, live_channels
from engine.flows.hls4ml.hardware import Builder
from engine.flows.registry import flow
from engine.network import Layer, Network, TensorStore
from engine.network.kinds import Activation, Concatenate, Conv1D, Dense, DepthwiseConv1D, Flatten, GlobalPool, Input

RNG = np.random.default_rng(5)


@pytest.fixture
def store(tmp_path):
    return TensorStore(tmp_path)


def weighted(store, name, op, source, kernel):
    return Layer(name, op, (source,), weights=(("kernel", store.put(kernel)),))


def mlp(store, *, dead, io_type="io_parallel", **settings):
    """16 inputs, 8 neurons, of which some are not read by the two outputs."""
    first, last = RNG.uniform(0.3, 0.9, (16, 8)), RNG.uniform(0.3, 0.9, (8, 2))
    last[list(dead)] = 0
    layers = (
        Layer("in", Input(shape=(16,))),
        weighted(store, "first", Dense(units=8), "in", first),
        Layer("relu", Activation("relu"), ("first",)),
        weighted(store, "last", Dense(units=2), "relu", last),
    )
    design = Design("mlp", Network(layers), Target(board("vu13p"), 5.0, "vivado", io_type))
    for key, value in settings.items():
        design = set_on_layers(design, ("last",), key, value)
    return design


def live(design, store):
    hardware = Builder(broadcasts=True).build(design)
    units = hardware.units
    return live_channels(hardware.plan, store, lambda name: in_logic(units[name]))


def test_neurons_that_nothing_reads_take_nothing(store):
    whole, half = (flow("vivado").estimate(mlp(store, dead=dead), store) for dead in ((), (1, 4, 6, 7)))
    assert half.of("relu").lut.value == pytest.approx(whole.of("relu").lut.value / 2)
    assert half.of("relu").ff.value == pytest.approx(whole.of("relu").ff.value / 2)
    assert half.of("first").lut.value == pytest.approx(whole.of("first").lut.value / 2, rel=0.1)


def test_the_weights_of_a_memory_are_all_read(store):
    design = mlp(store, dead=(1, 4), strategy="resource", reuse_factor=4)
    assert live(design, store) == {}


def test_words_of_a_stream_go_on_whole(store):
    whole, dead = (flow("vivado").estimate(mlp(store, dead=dead, io_type="io_stream"), store) for dead in ((), (1,)))
    assert dead.of("relu").lut == whole.of("relu").lut


def test_without_zeros_nothing_is_looked_at(store):
    assert live(mlp(store, dead=()), store) == {}


def test_a_neuron_that_never_varies_is_a_constant_for_what_is_behind_it(store):
    first, last = RNG.uniform(0.3, 0.9, (4, 3)), RNG.uniform(0.3, 0.9, (3, 2))
    first[:, 1] = 0
    layers = (
        Layer("in", Input(shape=(4,))),
        weighted(store, "first", Dense(units=3), "in", first),
        Layer("relu", Activation("relu"), ("first",)),
        weighted(store, "last", Dense(units=2), "relu", last),
    )
    found = live(Design("constant", Network(layers), Target(board("vu13p"), 5.0, "vivado", "io_parallel")), store)
    assert found["relu"].results == 2
    assert list(found["last"].inputs) == [True, False, True]


def test_channels_are_followed_past_convolutions_pools_flattening_and_branches(store):
    """Channel 2 is read nowhere; channel 0 through a branch alone."""
    window = RNG.uniform(0.3, 0.9, (3, 2, 4))
    last = np.ones((14 * 4, 2))
    last.reshape(14, 4, 2)[:, [0, 2]] = 0
    side = np.ones((4, 1))
    side[[2, 3]] = 0
    each = np.ones((1, 4, 1))
    layers = (
        Layer("in", Input(shape=(16, 2))),
        weighted(store, "conv", Conv1D(filters=4, kernel=(3,)), "in", window),
        weighted(store, "depth", DepthwiseConv1D(kernel=(1,)), "conv", each),
        Layer("pool", GlobalPool(mode="max"), ("depth",)),
        weighted(store, "side", Dense(units=1), "pool", side),
        Layer("flat", Flatten(), ("depth",)),
        weighted(store, "last", Dense(units=2), "flat", last),
        Layer("both", Concatenate(), ("side", "last")),
    )
    found = live(Design("branches", Network(layers), Target(board("vu13p"), 5.0, "vivado", "io_parallel")), store)
    assert list(found["conv"].outputs) == [True, True, False, True]
    assert list(found["depth"].outputs) == [True, True, False, True]
    assert list(found["pool"].outputs) == [True, True, False, False]
