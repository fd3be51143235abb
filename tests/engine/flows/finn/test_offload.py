"""One engine for all layers: times add up, hardware is the largest that any layer asks for."""

from dataclasses import replace
from math import ceil

import pytest

from engine.boards import board
from engine.flows.finn.cost import matrix
from engine.flows.finn.cost.matrix import Folding
from engine.flows.finn.offload import shared_engines
from engine.flows.finn.planner import Planner
from engine.flows.finn.turns import compute_cycles, weight_words
from engine.flows.registry import flow
from engine.network.kinds import Conv2D, Dense, DepthwiseConv2D, Flatten, Pool2D
from engine.scoreboard.finn_designs import cnv_w1a1, kws_w3a3
from tests.engine.flows.finn.test_flow import chain

PYNQ = board("pynq-z2")


def units(design):
    return Planner().build(design).plan.units


def engine(design, label):
    (found,) = [each for each in shared_engines(units(design)) if each.label == label]
    return found


def test_at_pe_and_simd_of_one_it_takes_the_cycles_of_all_layers():
    for design in (cnv_w1a1(PYNQ), kws_w3a3(PYNQ)):
        matrices = [unit.matrix for unit in units(design) if unit.matrix is not None]
        assert compute_cycles(units(design), Folding()) >= sum(matrix.cycles(each, Folding()) for each in matrices)


def test_kws_is_what_its_layers_take_in_turn():
    """490-256-256-256-12 at PE 32 and SIMD 10; words that no layer fills are padded."""
    shapes = [(490, 256), (256, 256), (256, 256), (256, 12)]
    words = sum(ceil(inputs / 10) * ceil(outputs / 32) for inputs, outputs in shapes)
    assert compute_cycles(units(kws_w3a3(PYNQ)), Folding(32, 10)) == words


def test_weights_that_are_loaded_take_time_instead_of_blocks():
    kws = kws_w3a3(PYNQ)
    kept = engine(kws, "PE 16 × SIMD 16 in LUT, weights on chip")
    loaded = engine(kws, "PE 16 × SIMD 16 in LUT, weights loaded")
    assert kept.loading == 0
    assert loaded.loading == sum(ceil(n * 3 / 64) for n in (490 * 256, 256 * 256, 256 * 256, 256 * 12))
    assert loaded.cost.interval.value == kept.cost.interval.value + loaded.loading
    assert loaded.cost.bram18.value < kept.cost.bram18.value


def test_its_tables_are_comparisons_products_and_one_memory_of_thresholds():
    """KWS at PE 16: seven thresholds of the widest sum, those of 768 channels in 48 rows."""
    sums = max(unit.matrix.accumulator_bits for unit in units(kws_w3a3(PYNQ)) if unit.matrix is not None)
    lean = engine(kws_w3a3(PYNQ), "PE 16 × SIMD 16 in LUT, weights loaded")
    full = engine(kws_w3a3(PYNQ), "PE 16 × SIMD 16 in LUT, weights on chip")
    assert lean.cost.lut.value == full.cost.lut.value
    both = 3 + 8
    rows = 300 + 1.1 * 16 * (16 * 3 * both + both * 31 + sums) + 16 * 7 * ceil(sums / 2)
    assert full.cost.lut.value == int(rows) + 16 * 7 * sums + 16 * 8


def test_windows_and_pools_work_beside_the_products():
    narrow = chain(Conv2D(filters=4), Pool2D(mode="average"), Flatten(), Dense(units=2))
    assert compute_cycles(units(narrow), Folding(4, 4)) < compute_cycles(units(narrow), Folding(1, 1))
    # Of one channel the window cannot go faster than its words.
    thin = chain(Conv2D(filters=1), shape=(8, 8, 1))
    (window,) = [unit for unit in units(thin) if unit.window is not None]
    assert compute_cycles(units(thin), Folding(16, 16)) >= window.window.pixels_out[0] * window.window.pixels_out[1]


def test_a_depthwise_channel_has_one_pe_to_itself():
    (only,) = [unit.matrix for unit in units(chain(DepthwiseConv2D())) if unit.matrix is not None]
    assert weight_words(only, Folding(64, 1)) == weight_words(only, Folding(1, 1)) == only.outputs * 9


@pytest.mark.parametrize("name", ["vitis", "rtl"])
def test_other_flows_have_none(name):
    design = kws_w3a3(PYNQ)
    moved = replace(design, target=replace(design.target, flow=name))
    assert flow(name).shared_engines(moved, None) == ()
