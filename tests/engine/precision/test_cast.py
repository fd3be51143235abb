"""Casting to fixed point: AMD's tables, and what holds for every type."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.precision import FixedType, Overflow, Rounding
from engine.precision.cast import _cast_wide
from engine.precision.quantize import cast
from tests.engine.precision.strategies import NUMBERS, fixed_types

HALVES = [-1.75, -1.5, -1.25, -0.5, -0.25, 0.25, 0.5, 0.75, 1.5, 2.5]


@pytest.mark.parametrize(
    ("rounding", "expected"),
    [
        (Rounding.TRN, [-2, -2, -2, -1, -1, 0, 0, 0, 1, 2]),
        (Rounding.TRN_ZERO, [-1, -1, -1, 0, 0, 0, 0, 0, 1, 2]),
        (Rounding.RND, [-2, -1, -1, 0, 0, 0, 1, 1, 2, 3]),
        (Rounding.RND_ZERO, [-2, -1, -1, 0, 0, 0, 0, 1, 1, 2]),
        (Rounding.RND_INF, [-2, -2, -1, -1, 0, 0, 1, 1, 2, 3]),
        (Rounding.RND_MIN_INF, [-2, -2, -1, -1, 0, 0, 0, 1, 1, 2]),
        (Rounding.RND_CONV, [-2, -2, -1, 0, 0, 0, 0, 1, 2, 2]),
    ],
)
def test_each_rounding_mode(rounding, expected):
    assert cast(HALVES, FixedType(8, 8, True, rounding)).tolist() == expected


@pytest.mark.parametrize(
    ("overflow", "bits", "expected"),
    [
        (Overflow.SAT, 0, [-8, -8, -8, 7, 7, 7]),
        (Overflow.SAT_SYM, 0, [-7, -7, -7, 7, 7, 7]),
        (Overflow.SAT_ZERO, 0, [0, 0, -8, 7, 0, 0]),
        (Overflow.WRAP, 0, [-4, 7, -8, 7, -8, 3]),
        (Overflow.WRAP, 1, [-4, -1, -8, 7, 0, 3]),
        (Overflow.WRAP_SM, 0, [3, -8, -8, 7, 7, -4]),
    ],
)
def test_each_overflow_mode(overflow, bits, expected):
    values = [-20, -9, -8, 7, 8, 19]
    assert cast(values, FixedType(4, 4, True, overflow=overflow, saturation_bits=bits)).tolist() == expected


def test_shape_and_precision_of_the_result():
    result = cast(np.zeros((2, 3, 4), np.float32), FixedType(8, 3))
    assert result.shape == (2, 3, 4)
    assert result.dtype == np.float64
    assert cast(1.3, FixedType(8, 3)).shape == ()


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_what_no_type_holds_is_refused(value):
    with pytest.raises(ValueError, match="neither NaN nor infinity"):
        cast([0.0, value], FixedType(8, 3))


@given(st.lists(NUMBERS, min_size=1, max_size=20), fixed_types(60))
def test_a_cast_value_is_in_the_type_and_stays(values, kind):
    once = cast(values, kind)
    assert ((once >= kind.minimum) & (once <= kind.maximum)).all()
    assert np.array_equal(once / kind.step, np.round(once / kind.step))
    assert np.array_equal(cast(once, kind), once)


@given(st.lists(NUMBERS, min_size=1, max_size=20), fixed_types(53))
def test_the_exact_path_for_wide_types_agrees_with_the_fast_one(values, kind):
    assert np.array_equal(_cast_wide(np.array(values), kind), cast(values, kind))


@given(st.lists(st.floats(-100, 100), min_size=1), st.sampled_from(Rounding), st.integers(-4, 30))
def test_inside_the_range_the_error_is_at_most_a_step_and_half_of_one_when_rounding(values, rounding, fraction):
    kind = FixedType(8 + fraction, 8, True, rounding)
    error = np.abs(cast(values, kind) - values) / kind.step
    assert (error <= 0.5).all() if rounding.startswith("RND") else (error <= 1).all()


@given(st.lists(NUMBERS, min_size=1, max_size=10), fixed_types(20))
def test_values_are_independent_of_each_other(values, kind):
    assert cast(values, kind).tolist() == [float(cast(value, kind)) for value in values]


def test_types_wider_than_double_precision_are_exact():
    kind = FixedType(80, 40, True, Rounding.RND, Overflow.SAT)
    assert cast(2.0**-40 + 2.0**-41, kind) == 2.0**-39
    assert cast(1e30, kind) == kind.maximum
    unsigned = FixedType(70, 70, False)
    assert cast(2.0**70 + 2.0**20, unsigned) == 2.0**20
    assert cast(-(2.0**20), unsigned) == 2.0**70 - 2.0**20


def test_values_at_the_end_of_double_precision():
    assert cast(1.7e308, FixedType(16, 6)) == 0
    assert cast(1.7e308, FixedType(16, 6, overflow=Overflow.SAT)) == FixedType(16, 6).maximum
    assert cast(-5e-324, FixedType(16, 6)) == -FixedType(16, 6).step
    assert cast(-5e-324, FixedType(8, 80)) == -FixedType(8, 80).step
