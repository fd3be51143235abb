"""FINN designs simulated: latency, interval, and FIFOs that keep both."""

from dataclasses import replace

import numpy as np
import pytest

from engine.boards import board
from engine.dataflow import simulate, simulation
from engine.flows.finn.cost.window import Window
from engine.flows.finn.timing import _moving
from engine.flows.registry import flow
from engine.network import Layer, Network
from engine.network.kinds import (
    Activation,
    Concatenate,
    Conv2D,
    Dense,
    DepthwiseConv2D,
    Flatten,
    GlobalPool,
    Input,
    Pool2D,
    UpSample2D,
)
from engine.scoreboard.finn_designs import cnv_w1a1, kws_w3a3
from tests.engine.flows.finn.test_flow import chain, for_finn
from tests.samples import jet_tagger, small_resnet

FINN = flow("finn")


def test_cnv_w1a1_takes_what_was_measured():
    """1.51 ms measured on the Pynq-Z2, host included; a rate of one inference each 32,768 cycles."""
    found = simulate(FINN.streams(cnv_w1a1(board("pynq-z2"))), 4)
    assert found.latency * 10e-6 == pytest.approx(1.51, rel=0.12)
    assert found.interval == pytest.approx(32_768, abs=1)


def test_kws_w3a3_takes_its_layers_one_after_the_other():
    found = simulate(FINN.streams(kws_w3a3(board("pynq-z2"))), 3)
    assert found.latency == pytest.approx(1_288 + 13, abs=10)
    assert found.interval == pytest.approx(392, abs=1)


@pytest.mark.parametrize(
    "design",
    [
        for_finn(small_resnet()),
        chain(DepthwiseConv2D(padding="same"), Activation(), Pool2D(pool=(3, 3), strides=(2, 2))),
        chain(UpSample2D(), Conv2D(filters=3, strides=(2, 2)), Activation(), GlobalPool()),
    ],
    ids=["skip", "depthwise", "upsampled"],
)
def test_every_kind_of_unit_runs_to_the_end_at_its_rate(design):
    streams = FINN.streams(design)
    assert simulate(streams, 3).deadlock == ()
    found = simulate(streams.unbounded(), 4)
    assert found.deadlock == ()
    assert found.interval == pytest.approx(FINN.estimate(design, None).total.interval.value, rel=0.05)


def test_a_window_reads_no_further_than_its_buffer_goes():
    shape = Window((8, 8), (6, 6), (3, 3), (1, 1), (1, 1), 4, 8)
    reads, writes = _moving(shape, 4)
    assert writes[0] == shape.reach * 4
    assert (np.diff(reads) >= 4).all()
    assert (np.diff(writes) >= 9 * 4).all()
    # Four rows: the pixel behind them waits for the first window of the next row but one.
    assert reads[32] >= writes[0]


def test_a_skip_needs_less_than_a_whole_inference():
    found = simulation(FINN.streams(for_finn(small_resnet())))
    depths = dict(found.sizing.depths)
    assert 2 * 8 <= depths["stem_relu_copies → add"] < 64


def test_flattened_pictures_are_joined_without_a_standstill():
    layers = (
        Layer("x", Input(shape=(5, 6, 1))),
        Layer("flat", Flatten(), ("x",)),
        Layer("relu", Activation(), ("flat",)),
        Layer("both", Concatenate(), ("relu", "flat")),
        Layer("fc", Dense(units=2), ("both",)),
    )
    design = for_finn(replace(jet_tagger(), network=Network(layers), layers=()))
    assert simulate(FINN.streams(design), 2).deadlock == ()
