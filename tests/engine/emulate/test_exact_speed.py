"""The fast paths (small integers, floats that hold whole numbers, portions side by side) against Python's integers."""

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from engine.emulate.exact.activations import Clip
from engine.emulate.exact.evaluate import Kept, run
from engine.emulate.exact.numbers import Exact, cast, typed
from engine.emulate.exact.products import Sum, Window
from engine.emulate.exact.stage import Cast, Entry, Gather, Specification, Stage
from engine.emulate.exact.sums import dense_sums, reuse_order
from engine.precision import FixedType, Overflow, Rounding
from engine.precision.cast import limits

MANY = settings(max_examples=300, deadline=None)
TYPES = st.builds(
    lambda width, integer, signed, rounding, overflow, bits: FixedType(
        width, integer, signed, rounding, overflow, min(bits, width) if overflow is Overflow.WRAP else 0
    ),
    st.integers(1, 40),
    st.integers(-6, 30),
    st.booleans(),
    st.sampled_from(list(Rounding)),
    st.sampled_from([Overflow.WRAP, Overflow.SAT, Overflow.SAT_SYM, Overflow.SAT_ZERO]),
    st.sampled_from([0, 0, 1, 3]),
)
SMALL = st.builds(FixedType, width=st.integers(1, 30), integer=st.integers(-3, 16), signed=st.booleans())


def drawn(type_, shape, seed):
    """Codes of a type in as few bytes as it needs, both ends of its range among them."""
    lowest, highest = limits(type_)
    codes = np.random.default_rng(seed).integers(lowest, highest + 1, shape)
    codes.flat[:2] = lowest, highest
    size = next(each for each in (np.int8, np.int16, np.int32) if highest <= np.iinfo(each).max)
    return codes.astype(size)


def as_kept(codes, type_):
    """As stages that take small codes get them."""
    return Exact(codes, type_.fraction, type_.width)


def slow(codes, type_):
    """The same as Python's integers, whatever is computed of them."""
    return Exact(codes.astype(object), type_.fraction, 63 + type_.width)


@given(SMALL, TYPES, st.integers(0, 2**32))
@example(FixedType(8, 4), FixedType(36, 20, False), 0)
@example(FixedType(8, 4), FixedType(36, 20, False, overflow=Overflow.WRAP, saturation_bits=1), 0)
@MANY
def test_small_codes_are_cast_as_large_ones(source, target, seed):
    codes = drawn(source, (12,), seed)
    np.testing.assert_array_equal(
        cast(as_kept(codes, source), target).codes.astype(object), cast(slow(codes, source), target).codes
    )


@given(SMALL, TYPES, st.booleans(), st.integers(0, 2**32))
@MANY
def test_small_codes_go_through_operations_as_large_ones(source, result, six, seed):
    codes = drawn(source, (3, 4), seed)
    for operation in (Clip(six), Cast(), Gather(np.array([2, -1, 0, 0, 3]))):
        quick = operation.apply([as_kept(codes, source)], result).codes
        np.testing.assert_array_equal(quick.astype(object), operation.apply([slow(codes, source)], result).codes)


@given(SMALL, st.integers(2, 20), TYPES, TYPES, st.sampled_from([1, 3, 6]), st.integers(0, 2**32))
@MANY
def test_sums_in_floats_are_those_of_integers(source, bits, accum, result, reuse_factor, seed):
    """Of windows, so that codes are repeated; the weights decide whether float32, float64 or integers carry them."""
    weight = FixedType(bits, 2)
    weights = typed(drawn(weight, (6, 3), seed).astype(np.int64), weight)
    bias = typed(drawn(FixedType(9, 3), (3,), seed).astype(np.int64), FixedType(9, 3))
    codes = drawn(source, (2, 3, 4, 1), seed)
    window = Window((2, 3), (1, 1))
    operation = Sum(weights, weight, bias, FixedType(9, 3), accum, reuse_factor, window)
    quick = operation.apply([as_kept(codes, source)], result).codes
    rows, order = window.patches(slow(codes, source)).reshape(-1, 6), reuse_order(6, reuse_factor)
    sums = dense_sums(rows, weights, bias, accum, order, 1 << 80)
    expected = np.concatenate([cast(each, result).codes for each in sums])
    np.testing.assert_array_equal(quick.astype(object), expected.astype(object))


@pytest.mark.parametrize("bits", [1, 2])
def test_sums_of_the_largest_magnitudes_that_a_float_holds_are_exact(bits):
    """255 · 255 · 255 stays below 2^24, 511 · 255 · 255 does not."""
    source = FixedType(8 + bits, 8 + bits)
    weights = typed(np.full((255, 1), 255), FixedType(9, 9))
    operation = Sum(weights, FixedType(9, 9), typed(np.array([1]), FixedType(2, 2)), FixedType(2, 2), FixedType(40, 40))
    highest = limits(source)[1]
    found = operation.apply([as_kept(np.full((3, 255), highest, np.int16), source)], FixedType(40, 40))
    assert found.codes.ravel().tolist() == [255 * 255 * highest + 1] * 3


@given(st.integers(0, 2**32), st.sampled_from([1, 2, 3, 4, 6, 12]))
@MANY
def test_each_channel_adds_its_taps_in_the_order_of_the_folded_kernel(seed, reuse_factor):
    """4 taps of 3 channels lie side by side; in each step those that lie a reuse factor apart are added."""
    source, accum = FixedType(6, 2), FixedType(7, 2, True, Rounding.TRN, Overflow.SAT)
    codes, weights = (np.random.default_rng((seed, part)).integers(-32, 32, (4, 3)) for part in (0, 1))
    bias = typed(np.zeros(3, np.int64), source)
    operation = Sum(typed(weights, source), source, bias, source, accum, reuse_factor, None, each_channel=True)
    found = operation.apply([as_kept(codes[None], source)], accum).codes.ravel()
    lowest, highest = limits(accum)
    expected = [0, 0, 0]
    for step in range(reuse_factor):
        for place in range(step, 12, reuse_factor):
            tap, channel = divmod(place, 3)
            product = min(max(int(codes[tap, channel]) * int(weights[tap, channel]) >> 3, lowest), highest)
            expected[channel] = min(max(expected[channel] + product, lowest), highest)
    assert found.tolist() == expected


def test_portions_come_together_in_order():
    type_ = FixedType(20, 12)
    values = np.arange(90_000.0).reshape(-1, 3) / 64
    stages = (
        Stage("x", ("x",), (), (), (3,), type_, Entry(), "x"),
        Stage("y", ("y",), ("x",), ((3,),), (3,), type_, Gather(np.array([2, 1, 0])), "y"),
    )
    kept = Kept()
    found = run(Specification(stages, {"x": "x"}, {"y": "y"}), {"x": values}, ["y"], kept)["y"]
    expected = cast(Exact((values * 256).astype(np.int64), 8, 62), type_).floats()[:, ::-1]
    np.testing.assert_array_equal(found, expected)
