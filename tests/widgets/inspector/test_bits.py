"""Bits as columns, and how numbers spread over them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.precision import FixedType, Overflow, Rounding, parse
from engine.precision.cast import cast
from widgets.inspector import measure, merge, noise_db
from widgets.inspector.bits import (
    BitScale,
    BitWindow,
    bit_name,
    grown_left,
    grown_right,
    keep_or_choose,
    low_bit,
    top_bit,
    window_for,
)

WIDTHS = st.integers(1, 1024)
TYPES = st.builds(
    lambda width, integer, signed: FixedType(width, integer, signed), WIDTHS, st.integers(-40, 60), st.booleans()
)
NUMBERS = st.lists(st.floats(-100, 100, allow_subnormal=False), min_size=1, max_size=60)


def test_the_bits_of_the_picture():
    type_ = parse("ap_fixed<8,3>")
    names = "".join(bit_name(type_, exponent) for exponent in range(top_bit(type_), low_bit(type_) - 1, -1))
    assert names == "SIIFFFFF"
    window = window_for(type_, None)
    assert (window.high, window.count) == (3, 13)
    assert BitScale(window, 320).column == 24


@given(TYPES, st.integers(-1100, 1100))
def test_growing_left_keeps_the_step_and_growing_right_the_range(type_, bits):
    left, right = grown_left(type_, bits), grown_right(type_, bits)
    assert left.fraction == type_.fraction
    assert right.integer == type_.integer
    assert 1 <= left.width <= 1024
    assert 1 <= right.width <= 1024
    if 1 <= type_.width + bits <= 900:
        assert left.width == right.width == type_.width + bits


def test_dropping_bits_drops_saturation_bits_with_them():
    type_ = FixedType(8, 3, saturation_bits=8, overflow=Overflow.SAT)
    assert grown_right(type_, -5).saturation_bits == 3


@given(TYPES, NUMBERS)
def test_a_window_shows_the_whole_type_at_any_width(type_, numbers):
    window = window_for(type_, measure(numbers))
    assert window.holds(type_)
    scale = BitScale(window, 320)
    assert scale.left >= -0.001
    assert scale.right <= 320.001
    exponent = top_bit(type_)
    assert scale.exponent_at(scale.x(exponent) + scale.column / 2) == exponent


def test_a_window_stays_while_it_serves():
    window = window_for(FixedType(8, 3), None)
    assert keep_or_choose(window, FixedType(7, 2), None) is window
    assert keep_or_choose(window, FixedType(20, 9), None) != window
    wide = window_for(FixedType(64, 20), None)
    assert keep_or_choose(wide, FixedType(8, 3), None).count == 13


def test_a_window_follows_the_end_that_is_dragged_beyond_it():
    window = BitWindow(3, -9)
    assert window.follow(FixedType(12, 7), left=True) == BitWindow(6, -6)
    assert window.follow(FixedType(16, 3), left=False) == BitWindow(-1, -13)
    assert window.follow(FixedType(8, 3), left=True) == window


def test_a_histogram_counts_leading_bits():
    histogram = measure([0.5, 0.75, -0.25, -0.3, 0.0, 3.0])
    assert histogram.highest == 1
    assert histogram.counts == (1, 0, 2, 2)
    assert histogram.negatives == (0, 0, 0, 2)
    assert histogram.edges == (0, 0, 0, 1)
    assert (histogram.zeros, histogram.total) == (1, 6)


def test_minus_a_power_of_two_needs_no_bit_of_its_own():
    histogram = measure([-4.0, 1.5])
    assert histogram.share_beyond(FixedType(8, 3)) == 0
    assert histogram.share_beyond(FixedType(8, 2)) == 0.5
    assert measure([-0.03125]).share_lost(FixedType(8, 3)) == 0
    assert measure([-1.0]).unused(FixedType(8, 2)) == 1


@given(NUMBERS, TYPES.filter(lambda t: t.width <= 40 and t.rounding is Rounding.TRN))
def test_what_is_beyond_a_type_is_what_it_cannot_hold(numbers, type_):
    beyond = sum(not type_.minimum <= number < type_.maximum + type_.step for number in numbers)
    assert measure(numbers).share_beyond(type_) == pytest.approx(beyond / len(numbers))


@given(NUMBERS, TYPES.filter(lambda t: t.width <= 40))
def test_what_is_lost_is_smaller_than_the_step(numbers, type_):
    histogram = measure(numbers)
    lost = sum(0 < abs(number) < type_.step for number in numbers)
    assert histogram.share_lost(type_) == pytest.approx(lost / len(numbers))


@given(NUMBERS, st.integers(2, 30), st.integers(-5, 20))
def test_unused_bits_can_be_dropped_without_a_change(numbers, width, integer):
    type_ = FixedType(width, integer)
    histogram = measure(numbers)
    spare = histogram.unused(type_)
    if spare and histogram.share_beyond(type_) == 0 and spare < width - 1:
        np.testing.assert_array_equal(cast(numbers, grown_left(type_, -spare)), cast(numbers, type_))


@given(NUMBERS, NUMBERS)
def test_histograms_merge_as_if_measured_together(first, second):
    merged, together = merge([measure(first), measure(second)]), measure(first + second)
    assert merged is not None
    assert (merged.total, merged.zeros) == (together.total, together.zeros)
    assert (merged.counts, merged.negatives, merged.edges) == (together.counts, together.negatives, together.edges)


def test_each_bit_less_costs_six_decibel():
    weights = np.random.default_rng(1).uniform(-1, 1, 20_000)
    fine, coarse = noise_db(weights, FixedType(12, 1)), noise_db(weights, FixedType(11, 1))
    assert fine - coarse == pytest.approx(6.02, abs=0.1)
    assert noise_db([0.5, 0.25], FixedType(8, 1)) is None
