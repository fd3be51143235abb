"""A network on a board: from its layers to the bitstream that is spoken to over the serial line."""

from dataclasses import replace

import pytest

from engine.boards import board
from engine.design import REUSE_FACTOR, WEIGHT, Design, Target, set_on_layers
from engine.flows.hls4ml.exact.lower import Lowering
from engine.flows.rtl.build import build
from engine.flows.rtl.place import pins_of, place
from engine.flows.rtl.shell.serial import TOP, serial_sources
from engine.flows.rtl.synthesis import Source, synthesise, technology_of
from engine.network import Layer, Network
from engine.network.kinds import Activation, Dense, Input
from engine.precision import FixedType
from tests.samples import with_random_weights

pytestmark = pytest.mark.yosys


def small_network(store, board_id):
    """16-8-5, one product at a time in each layer."""
    layers = (
        Layer("features", Input(shape=(16,))),
        Layer("fc1", Dense(units=8), ("features",)),
        Layer("relu1", Activation(), ("fc1",)),
        Layer("fc2", Dense(units=5), ("relu1",)),
    )
    target = replace(Target(board("pynq-z2"), 40.0), board=board(board_id), flow="rtl")
    design = Design("small", with_random_weights(Network(layers), store), target)
    design = set_on_layers(design, ("fc1", "fc2"), WEIGHT, FixedType(6, 1))
    return set_on_layers(set_on_layers(design, ("fc1",), REUSE_FACTOR, 128), ("fc2",), REUSE_FACTOR, 40)


@pytest.mark.parametrize("board_id", ["ulx3s-12f", "tang-nano-9k", "icebreaker"])
def test_a_network_becomes_a_bitstream(store, tmp_path, board_id):
    hardware = build(Lowering(store).lower(small_network(store, board_id)), "network")
    pins = pins_of(board_id)
    verilog = serial_sources(hardware, pins.clock_mhz, active_low=pins.button.active_low, led_low=pins.led.active_low)
    synthesise(Source("board.v", verilog), TOP, technology_of(board(board_id).family), tmp_path, whole=True)
    placed = place(tmp_path, board(board_id), clock_mhz=pins.clock_mhz, pins=pins)
    assert placed.meets_timing, placed.clocks
    assert placed.bitstream_bytes > 20_000
    assert not [warning for warning in placed.warnings if "pin" in warning.lower()]
