"""The pieces that costs are made of: products, memories, FIFOs, casts, and the digits of constants."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.estimate import Quantity
from engine.flows.hls4ml.cost.arithmetic import cast_luts, dsps, fifo_bram18, joined, rom_bram18
from engine.flows.hls4ml.cost.digits import MOST_PRODUCTS, assumed_digits, count_digits
from engine.flows.hls4ml.cost.fifo import fifos
from engine.flows.hls4ml.cost.products import bits_of
from engine.flows.hls4ml.cost.resource_kernel import resource_kernel
from engine.flows.hls4ml.cost.site import Site, slowness_of
from engine.flows.hls4ml.hardware import Folded
from engine.flows.hls4ml.rules import Family, Fold, Strategy
from engine.precision import FixedType, Overflow, Rounding

SERIES_7 = Site(vitis=False, series7=True, clock_ns=5.0, stream=True)
ULTRASCALE = Site(vitis=False, series7=False, clock_ns=5.0, stream=True)
VITIS = Site(vitis=True, series7=False, clock_ns=5.0, stream=True)


@pytest.mark.parametrize(
    ("first", "second", "series7", "ultrascale"),
    [
        (8, 8, 0, 0),
        (10, 8, 0, 0),
        (16, 4, 0, 0),
        (16, 6, 1, 1),
        (18, 25, 1, 1),
        (18, 26, 2, 1),
        (32, 32, 4, 4),
        (40, 16, 2, 2),
    ],
)
def test_dsps_of_a_product(first, second, series7, ultrascale):
    assert dsps(first, second, SERIES_7) == dsps(second, first, SERIES_7) == series7
    assert dsps(first, second, ULTRASCALE) == ultrascale


@pytest.mark.parametrize(
    ("width", "depth", "blocks"),
    [(8, 100, 0), (36, 512, 1), (38, 512, 1), (39, 512, 2), (512, 16, 15), (18, 1024, 1), (9, 2048, 1), (8, 16384, 8)],
)
def test_blocks_of_a_read_only_memory(width, depth, blocks):
    assert rom_bram18(width, depth) == blocks


@pytest.mark.parametrize(
    ("width", "depth", "blocks"), [(16, 32, 0), (16, 41, 1), (18, 1024, 1), (19, 1024, 2), (16, 2048, 2), (16, 4096, 4)]
)
def test_blocks_of_a_fifo(width, depth, blocks):
    assert fifo_bram18(width, depth) == blocks


@pytest.mark.parametrize(
    ("part", "slowness"),
    [
        ("xc7z020clg400-1", 1.15),
        ("xc7z020-clg400-2", 1.0),
        ("xcu250-figd2104-2L-e", 1.0),
        ("xc7vx690t-ffg1761-2", 0.65),
        ("xc7z100-ffg900-2", 0.65),
        ("xcvu13p-fhga2104-3-e", 0.87),
    ],
)
def test_delays_follow_the_speed_grade_and_the_larger_7_series_parts(part, slowness):
    assert slowness_of(part) == pytest.approx(slowness)


def test_vivado_builds_a_fifo_for_each_channel_and_vitis_one_for_all():
    assert fifos(16, 8, 256, 1, ULTRASCALE)[2].value == 8
    assert "8 FIFOs of 256 × 16 bits" in fifos(16, 8, 256, 1, ULTRASCALE)[0].reason
    assert "1 FIFOs of 256 × 128 bits" in fifos(16, 8, 256, 1, VITIS)[0].reason


def test_the_packed_fifos_of_a_public_report_take_its_blocks_and_few_look_up_tables():
    """An autoencoder in one dimension, Vitis HLS: 332 blocks; 729 look-up tables and 2,205 flip-flops beside layers."""
    words = {(16, 1): 82, (27, 32): 80, (22, 32): 40, (22, 64): 40, (23, 32): 80, (20, 1): 80}
    repeated = [((6, 32), depth) for depth in (80, 82, 40, 42, 80)] + [((6, 64), depth) for depth in (40, 80, 82)]
    found = [fifos(*tensor, depth, 1, VITIS) for tensor, depth in [*words.items(), *repeated]]
    luts, ffs, blocks = (sum(each[place].value for each in found) for place in range(3))
    assert blocks == 332
    assert luts == pytest.approx(729, rel=0.3)
    assert ffs == pytest.approx(2205, rel=0.1)


def test_a_cast_that_drops_bits_is_free():
    wide = FixedType(16, 6)
    assert cast_luts(wide, FixedType(8, 2)) == 0
    assert cast_luts(wide, FixedType(8, 2, True, Rounding.RND)) > 0
    assert cast_luts(wide, FixedType(8, 2, True, Rounding.TRN, Overflow.SAT)) > 0
    assert cast_luts(FixedType(8, 2), FixedType(16, 6, True, Rounding.RND, Overflow.SAT)) == 0


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=5))
def test_errors_of_one_layer_go_together(values):
    parts = [Quantity(value, value / 2, 2 * value, "why") for value in values]
    found = joined(*parts)
    assert found.low == pytest.approx(found.value / 2)
    assert found.high == pytest.approx(found.value * 2)


def digits_of(*numbers):
    """Digits of whole numbers, each an input of its own."""
    return count_digits(np.array([numbers], float).T, FixedType(12, 12))


def test_digits_decide_between_wires_adders_and_multipliers():
    """8 is a wire, 7 = 8 − 1 and 10 = 8 + 2 an adder each, 11 = 8 + 2 + 1 and 43 a multiplier each."""
    found = digits_of(0, 8, -4, 7, 10, 11, 43)
    assert (found.products, found.nonzero, found.adders, found.multipliers) == (7, 6, 2, 2)
    assert found.zeros == 1


def test_elevens_and_what_was_zero_before_storing_are_counted_apart():
    found = count_digits(np.array([[11.0, -11.0, 13.0, 0.0, 0.01]]), FixedType(8, 8))
    assert (found.multipliers, found.elevens, found.zeros, found.nonzero) == (3, 2, 1, 3)
    assert found.size == pytest.approx(4)


def test_equal_products_of_one_input_are_built_once():
    matrix = np.array([[11.0, 11.0, -11.0, 7.0, 7.0], [11.0, 0.0, 0.0, 0.0, 0.0]])
    found = count_digits(matrix, FixedType(8, 8))
    assert (found.multipliers, found.adders, found.nonzero) == (3, 1, 6)


def test_values_below_the_step_become_zeros():
    found = count_digits(np.array([[0.2], [0.3], [1.0]]), FixedType(4, 3))
    assert found.nonzero == 1


def test_large_matrices_are_judged_by_even_rows():
    matrix = np.full((4096, 64), 11.0)
    found = count_digits(matrix, FixedType(8, 8))
    assert found.products == matrix.size > MOST_PRODUCTS
    assert found.multipliers == 4096


def test_unknown_weights_are_marked_as_such_and_cover_the_whole_matrix():
    found = assumed_digits(3000, 100, FixedType(8, 1))
    assert not found.known
    assert found.products == pytest.approx(300_000)
    assert 0 < found.multipliers < found.nonzero < found.products


def test_more_bits_leave_fewer_zeros():
    zeros = [assumed_digits(64, 64, FixedType(bits, 1)).zeros for bits in (3, 6, 12)]
    assert zeros == sorted(zeros, reverse=True)


@pytest.mark.parametrize(
    ("family", "n_in", "n_out", "reuse", "width", "accum", "stream", "reported"),
    [
        (Family.DENSE, 800, 32, 50, 4, 19, True, 42_488),
        (Family.CONV, 72, 10, 8, 8, 16, True, 12_699),
        (Family.DENSE, 64, 1, 8, 16, 16, True, 5_425),
        (Family.DENSE, 50, 10, 25, 16, 16, False, 2_807),
    ],
)
def test_folded_layers_take_what_their_loop_keeps_and_what_selects_inputs(
    family, n_in, n_out, reuse, width, accum, stream, reported
):
    folded = Folded(Fold(family, n_in, n_out), Strategy.RESOURCE, reuse)
    data, sums = FixedType(width, width // 4), FixedType(accum, accum - (7 if width == 4 else 10))
    site = Site(vitis=False, series7=True, clock_ns=5.0, stream=stream)
    lut = resource_kernel(folded, bits_of(data, data, sums), site).lut.value
    assert lut == pytest.approx(reported, rel=0.1)
