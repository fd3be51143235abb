"""Exact numbers against Python's own integers and fractions."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.emulate.exact.numbers import Exact, cast, divided, held, truncated, typed, whole
from engine.emulate.exact.sums import carried, channel_sums, dense_sums, reach_of, reuse_order
from engine.precision import FixedType, Overflow, Rounding
from engine.precision.cast import cast as cast_floats
from engine.precision.cast import limits

MODES = st.builds(
    lambda width, integer, signed, rounding, overflow, bits: FixedType(
        width, integer, signed, rounding, overflow, min(bits, width) if overflow is Overflow.WRAP else 0
    ),
    st.integers(1, 20),
    st.integers(-3, 14),
    st.booleans(),
    st.sampled_from(list(Rounding)),
    st.sampled_from([Overflow.WRAP, Overflow.SAT, Overflow.SAT_SYM, Overflow.SAT_ZERO]),
    st.sampled_from([0, 0, 1, 3]),
)
CODES = st.lists(st.integers(-(2**30), 2**30), min_size=1, max_size=20)
MANY = settings(max_examples=300, deadline=None)


def numbers(codes, fraction, bits=31):
    return Exact(np.array(codes, np.int64), fraction, bits)


def fractions(exact):
    return [Fraction(int(code)) / Fraction(2) ** exact.fraction for code in exact.codes.ravel()]


@given(CODES, st.integers(-4, 24), MODES)
@MANY
def test_a_cast_holds_what_ap_fixed_holds(codes, fraction, target):
    found = cast(numbers(codes, fraction), target)
    expected = cast_floats(np.ldexp(np.array(codes, np.float64), -fraction), target)
    np.testing.assert_array_equal(found.floats(), expected)


@given(CODES, st.integers(-4, 24), MODES, st.integers(40, 200))
@MANY
def test_wide_numbers_are_cast_alike(codes, fraction, target, zeros):
    wide = Exact(np.array([code << zeros for code in codes], dtype=object), fraction + zeros, 31 + zeros)
    np.testing.assert_array_equal(cast(wide, target).floats(), cast(numbers(codes, fraction), target).floats())


@given(CODES, st.integers(0, 40), st.integers(0, 90))
@MANY
def test_sums_and_products_are_exact(codes, first_fraction, second_fraction):
    first, second = numbers(codes, first_fraction), numbers(codes[::-1], second_fraction)
    pairs = list(zip(fractions(first), fractions(second), strict=True))
    assert fractions(first + second) == [a + b for a, b in pairs]
    assert fractions(first - second) == [a - b for a, b in pairs]
    assert fractions(first * second) == [a * b for a, b in pairs]
    assert list(first.above(second)) == [a > b for a, b in pairs]


@given(CODES, st.integers(0, 70), st.sampled_from([3, 7, 16, -8]))
@MANY
def test_division_and_int_drop_towards_zero(codes, fraction, divisor):
    exact = numbers(codes, fraction)
    step = Fraction(1, 2**fraction)
    assert fractions(divided(exact, divisor)) == [int(value / divisor / step) * step for value in fractions(exact)]
    assert list(truncated(exact)) == [int(value) for value in fractions(exact)]


def test_an_int_has_32_bits():
    assert list(truncated(numbers([5 << 30, -(5 << 30)], 0, 34))) == [1 << 30, -(1 << 30)]


@pytest.mark.parametrize("width", [50, 60, 80])
def test_floats_are_held_by_types_of_any_width(width):
    values = [0.0, 1.5, -0.3, 3e-20, 1e5 + 2**-30]
    type_ = FixedType(width, 20, True, Rounding.RND)
    np.testing.assert_array_equal(held(values, type_).floats(), cast_floats(values, type_))


def test_the_order_of_a_folded_kernel():
    assert reuse_order(6, 1) == (0, 1, 2, 3, 4, 5)
    assert reuse_order(6, 2) == (0, 2, 4, 1, 3, 5)
    assert reuse_order(6, 12) == (0, 1, 2, 3, 4, 5)


def joined(blocks):
    return np.concatenate([block.floats() for block in blocks])


ACCUMS = st.builds(
    FixedType,
    width=st.integers(3, 14),
    integer=st.integers(0, 8),
    signed=st.booleans(),
    rounding=st.sampled_from(list(Rounding)),
    overflow=st.sampled_from([Overflow.WRAP, Overflow.SAT, Overflow.SAT_SYM, Overflow.SAT_ZERO]),
)


def _one(value, accum):
    return Fraction(float(cast_floats([float(value)], accum)[0]))


@given(st.integers(0, 2**32), ACCUMS, st.sampled_from([1, 2, 3, 6]))
@MANY
def test_sums_are_those_of_one_addition_after_the_other(seed, accum, reuse_factor):
    random = np.random.default_rng(seed)
    x, weights = (typed(random.integers(-32, 32, shape), FixedType(6, 2)) for shape in ((4, 6), (6, 3)))
    bias = typed(random.integers(-32, 32, 3), FixedType(6, 3))
    order = reuse_order(6, reuse_factor)
    expected = np.zeros((4, 3))
    for row, column in np.ndindex(4, 3):
        total = _one(fractions(bias)[column], accum)
        for index in order:
            product = fractions(x)[row * 6 + index] * fractions(weights)[index * 3 + column]
            total = _one(total + _one(product, accum), accum)
        expected[row, column] = total
    np.testing.assert_array_equal(joined(dense_sums(x, weights, bias, accum, order, reach_of(x, weights))), expected)
    floating = carried(x, reach_of(x, weights))
    found = joined(dense_sums(floating, weights, bias, accum, order, reach_of(x, weights)))
    np.testing.assert_array_equal(found, expected)
    alone = [
        joined(channel_sums(x[:, :, None], weights[:, [place]], bias[[place]], accum, order)) for place in range(3)
    ]
    np.testing.assert_array_equal(np.concatenate(alone, axis=1), expected)


def test_sums_beyond_int64_are_exact():
    wide = FixedType(60, 30)
    x = typed(np.full((2, 5), limits(wide)[1]), wide)
    weights = typed(np.full((5, 1), limits(wide)[0]), wide)
    accum = FixedType(130, 70)
    (found,) = dense_sums(x, weights, whole(0), accum, range(5), reach_of(x, weights))
    assert [int(code) for code in found.codes.ravel()] == [5 * limits(wide)[1] * limits(wide)[0]] * 2
