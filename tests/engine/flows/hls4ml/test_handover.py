"""What stands between layers that run side by side on whole tensors, as reports of Vivado HLS have it."""

import pytest

from engine.boards import board
from engine.design import Design, Target, set_on_layers
from engine.flows.registry import flow
from engine.network import Layer, Network
from engine.network.kinds import Activation, Dense, Flatten, GlobalPool, Input
from engine.precision import FixedType

RELU = Activation("relu")
LATENCY = {"strategy": "latency"}
RESOURCE = {"strategy": "resource", "reuse_factor": 10}


def estimated(input_type, shape, *layers, flow_id="vivado"):
    """Estimate of a chain `0`, `1`, ... of operations with their settings; its last layer asks for Resource."""
    built = [Layer("in", Input(shape=shape))]
    for place, (op, _) in enumerate(layers):
        built.append(Layer(str(place), op, (built[-1].name,)))
    built.append(Layer("last", Dense(units=1), (built[-1].name,)))
    design = Design("chain", Network(tuple(built)), Target(board("vu13p"), 5.0, flow_id, "io_parallel"))
    settings = {"in": {"result": input_type}, "last": {"strategy": "resource"}}
    for name, keys in [*settings.items(), *((str(place), keys) for place, (_, keys) in enumerate(layers))]:
        for key, value in keys.items():
            design = set_on_layers(design, (name,), key, value)
    return flow(flow_id).estimate(design, None)


@pytest.mark.parametrize("layers", [[(RELU, {})], [(Dense(units=4), LATENCY)], [(Flatten(), {}), (RELU, {})]])
def test_an_input_that_is_taken_at_once_is_handed_over_in_one_wide_fifo(layers):
    """140 values of 10 bits: 78 blocks, as in a report."""
    found = estimated(FixedType(10, 3), (140,), *layers)
    assert found.total.bram18.value == 78
    assert found.of(str(len(layers) - 1)).bram18.value == 78


def test_a_small_input_needs_no_block():
    assert estimated(FixedType(16, 6), (16,), (RELU, {})).total.bram18.value == 0


def test_what_vitis_hls_does_with_an_input_is_open():
    found = estimated(FixedType(10, 3), (140,), (RELU, {}), flow_id="vitis").total.bram18
    assert found.value == 0
    assert found.high >= 78


def test_a_layer_that_works_in_a_loop_reads_the_port_itself():
    """280 products in 28 multipliers: 448 bits wide, 10 words deep."""
    assert estimated(FixedType(10, 3), (140,), (Dense(units=2), RESOURCE)).total.bram18.value == 13


def test_every_value_between_layers_has_a_fifo():
    found = estimated(FixedType(16, 6), (16,), (RELU, {}), (RELU, {}))
    assert dict(found.of("0").lut.parts)["FIFOs"] == pytest.approx(16 * 41, rel=0.1)
    assert "FIFOs" not in dict(found.of("last").lut.parts)


def test_vitis_hls_books_no_look_up_tables_for_the_words_of_such_fifos():
    wide = [estimated(FixedType(bits, 6), (16,), (RELU, {}), (RELU, {}), flow_id="vitis") for bits in (16, 32)]
    luts = [dict(found.of("0").lut.parts)["FIFOs"] for found in wide]
    assert luts[0] == luts[1]
    assert luts[0] == pytest.approx(16 * 13, rel=0.2)


@pytest.mark.parametrize(("source", "needs_dsps"), [(FixedType(8, 0, signed=False), False), (FixedType(16, 6), True)])
def test_a_mean_is_no_wider_than_what_it_is_taken_of(source, needs_dsps):
    """Means of fractions of 8 bits have 10 bits in a type of 16: their products by 8 bits need no DSP."""
    pooled = GlobalPool(mode="average"), {"result": FixedType(16, 6), "accum": FixedType(16, 6)}
    dense = Dense(units=10), {"weight": FixedType(8, 1), "accum": FixedType(16, 6), **LATENCY}
    assert (estimated(source, (8, 10), pooled, dense).of("1").dsp.value > 0) is needs_dsps
