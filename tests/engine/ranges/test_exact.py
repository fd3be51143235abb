"""Exact sums: never too narrow, whatever the inputs and the order of additions; and never wider than needed."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from engine.precision import FixedType
from engine.precision.cast import cast
from engine.ranges import exact_sum


@st.composite
def types(draw):
    width = draw(st.integers(2, 12))
    return FixedType(width, draw(st.integers(-2, width + 2)), draw(st.booleans()))


@st.composite
def layers(draw):
    random = np.random.default_rng(draw(st.integers(0, 999)))
    inputs, outputs = draw(st.integers(1, 20)), draw(st.integers(1, 4))
    kernel = random.normal(0, draw(st.sampled_from((0.1, 1, 30))), (inputs, outputs))
    return kernel, random.normal(0, 1, outputs), draw(types()), draw(types()), draw(types()), random


@given(layers())
def test_no_extreme_vector_overflows_in_any_order_and_one_bit_less_would(layer):
    kernel, bias, weight, offset, arriving, random = layer
    found = exact_sum(kernel, bias, weight, offset, arriving, kernel.shape[1])
    held, added = cast(kernel, weight), cast(bias, offset)
    reached = []
    for output in range(kernel.shape[1]):
        for worst in (held[:, output] > 0, held[:, output] < 0):
            x = np.where(worst, arriving.maximum, arriving.minimum)
            terms = np.append(x * held[:, output], added[output])
            orders = (np.argsort(terms), np.argsort(-terms), random.permutation(len(terms)))
            reached += [np.cumsum(terms[order]) for order in orders]
    sums = np.concatenate(reached)
    np.testing.assert_array_equal(cast(sums, found), sums)
    if found.width > 1 + found.signed and np.abs(sums).max() > 0:
        narrower = found.changed(width=found.width - 1, integer=found.integer - 1)
        assert (cast(sums, narrower) != sums).any()


def test_it_is_known_by_hand():
    kernel = np.array([[0.5], [-0.25]])
    found = exact_sum(kernel, None, FixedType(4, 1), None, FixedType(8, 4, signed=False), 1)
    # 0.5 × 15.9375 at most, −0.25 × 15.9375 at least, in steps of 2⁻³ × 2⁻⁴.
    assert found == FixedType(11, 4)


def test_sums_wider_than_any_type_have_none():
    wide = FixedType(60, 20)
    assert exact_sum(np.ones((4, 1)), None, wide, None, FixedType(1000, 900), 1) is None
