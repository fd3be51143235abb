"""Types suggested by what was measured, the figures of a type, and findings that mend with one edit."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.design import set_on_layers
from engine.emulate.data import Samples, random_samples
from engine.emulate.stored import DataError
from engine.flows.registry import flow
from engine.precision import FixedType, Overflow, parse
from engine.precision.cast import cast
from engine.ranges import Method, Ranges, Spread, measure, noise_db, suggested_types
from engine.ranges.findings import range_findings
from engine.ranges.over_samples import measured
from engine.ranges.spread import ranges_from_json
from engine.ranges.suggest import apply_types, exact_type, suggested_type
from tests.engine.flows.finn.test_flow import for_finn
from tests.samples import jet_tagger

FLOW = flow("vitis")


def spread(values, role="result", layer="fc1"):
    values = np.asarray(values, np.float64)
    return Spread(layer, role, measure(values), values.min(), values.max(), tuple(values[:1024]))


def last(parts):
    return [*parts][-1]


@pytest.fixture
def tagger(store):
    design = jet_tagger(store)
    samples = random_samples(design.network, {}, 40)
    return design, last(measured(design.network, store, samples, "made up"))


def test_each_bit_is_worth_six_decibels():
    """The law of uniform noise: 6.02 dB a bit."""
    values = np.random.default_rng(1).uniform(-1, 1, 100_000)
    ratios = [noise_db(values, FixedType(bits, 1)) for bits in range(4, 17)]
    slope = np.polyfit(range(4, 17), ratios, 1)[0]
    assert slope == pytest.approx(6.02, abs=0.3)


numbers = st.lists(st.floats(-1e4, 1e4).filter(lambda value: value == 0 or abs(value) > 1e-3), min_size=1, max_size=40)


@given(numbers, st.integers(2, 24), st.booleans())
def test_min_max_holds_all_that_was_seen_with_the_bits_there_are(values, width, signed):
    found = suggested_type(spread(values), FixedType(width, 3, signed), Method.MIN_MAX)
    assert found.width == width
    assert max(values) <= found.maximum + found.step
    assert min(values) >= found.minimum


@given(numbers, st.integers(4, 16))
def test_trim_keeps_the_step_and_every_number(values, width):
    now = FixedType(width, 3)
    found = suggested_type(spread(values), now, Method.TRIM)
    wide = FixedType(now.fraction + 20, 20)
    if found.width > 2:
        assert found.fraction == now.fraction
        np.testing.assert_array_equal(cast(values, found), cast(values, wide))


def test_percentile_clips_one_in_a_thousand_and_mse_is_the_best():
    values = np.append(np.random.default_rng(2).normal(0, 0.2, 5000), [30.0])
    now = FixedType(8, 6)
    by_range, by_share, by_error = (
        suggested_type(spread(values), now, method) for method in (Method.MIN_MAX, Method.PERCENTILE, Method.MSE)
    )
    assert by_range.integer == 6
    assert by_share.integer == 1
    assert by_share.overflow is Overflow.SAT
    seen = np.asarray(spread(values).sample)
    errors = {
        integer: np.square(cast(seen, by_error.changed(integer=integer)) - seen).mean() for integer in range(-2, 7)
    }
    assert errors[by_error.integer] == min(errors.values())


def test_what_a_type_makes_of_numbers():
    fit = spread([0.0, 0.01, 0.5, 3.0]).fit(parse("ap_fixed<8,2>"))
    assert (fit.overflow, fit.underflow, fit.wasted) == (0.25, 0.25, 0)
    assert spread([0.5, 0.25]).fit(parse("ap_fixed<8,4>")).wasted == 3


def test_every_layer_is_measured_and_survives_json(tagger):
    design, ranges = tagger
    assert {each.layer for each in ranges.spreads} == {*design.network.order}
    assert ranges.of("fc1", "accum").histogram == ranges.of("fc1", "result").histogram
    assert ranges.of("relu1", "result").lowest == 0
    assert ranges.of("fc1", "weight").histogram.total == 16 * 64
    assert ranges_from_json(ranges.to_json()) == ranges


def test_ranges_stream_and_grow(store):
    design = jet_tagger(store)
    parts = [*measured(design.network, store, random_samples(design.network, {}, 25), "made up")]
    assert [part.samples for part in parts] == [10, 20, 25]
    totals = [part.of("relu1", "result").histogram.total for part in parts]
    assert totals == [640, 1280, 1600]


def test_numbers_beyond_floating_point_are_refused_with_their_layer(store):
    design = jet_tagger(store)
    samples = Samples({"features": np.full((1, 16), 1e308)})
    with np.errstate(all="ignore"), pytest.raises(DataError, match="no finite number"):
        last(measured(design.network, store, samples, "huge"))


def test_suggestions_are_one_edit_for_one_layer_or_all(tagger, store):
    design, ranges = tagger
    one = suggested_types(design, ranges, FLOW, store, Method.MIN_MAX, ("fc2",))
    assert {layer for layer, _ in one} == {"fc2"}
    everything = suggested_types(design, ranges, FLOW, store, Method.MIN_MAX)
    after = apply_types(design, everything)
    assert suggested_types(after, ranges, FLOW, store, Method.MIN_MAX) == {}
    assert not [*range_findings(after, ranges, FLOW)]


def test_exact_sums_follow_from_the_weights(tagger, store):
    design, _ = tagger
    types = suggested_types(design, Ranges(), FLOW, store, Method.EXACT)
    assert {role for _, role in types} == {"accum"}
    assert {layer for layer, _ in types} == {"fc1", "fc2", "fc3", "fc4"}
    exact = exact_type(design, FLOW, store, "fc1")
    kernel = design.network["fc1"].weight("kernel")
    assert exact.integer <= 1 + 6 + int(np.ceil(np.log2(kernel.shape[0] + 1)))


def test_sums_that_wrap_are_found_and_mended_by_one_edit(tagger):
    design, ranges = tagger
    narrow = set_on_layers(design, ("fc3",), "accum", parse("ap_fixed<8,1>"))
    found = next(each for each in range_findings(narrow, ranges, FLOW) if each.layers == ("fc3",))
    assert "of its sums wrap" in found.title
    mended = found.fix.edit(narrow)
    assert not [each for each in range_findings(mended, ranges, FLOW) if "fc3: " in each.title and "sums" in each.title]


def test_the_bits_between_finns_units_are_no_types_that_numbers_overflow(tagger):
    design, ranges = tagger
    finn = flow("finn")
    narrow = for_finn(design, parse("ap_ufixed<3,3>"))
    assert finn.resolve(narrow, "fc1", "result").value.width == 3
    found = [*range_findings(narrow, ranges, finn)]
    assert found
    assert all(each.fix for each in found)


@pytest.mark.parametrize("method", [each for each in Method if each is not Method.EXACT])
def test_nothing_but_zeros_suggests_nothing(method):
    zeros = Spread("fc", "bias", measure(np.zeros(4)), 0.0, 0.0, (0.0,) * 4)
    assert suggested_type(zeros, FixedType(16, 6), method) == FixedType(16, 6)
