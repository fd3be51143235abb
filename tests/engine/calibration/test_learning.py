"""What own runs teach: a bounded, shrunken factor, and an interval that tells the truth."""

from dataclasses import replace
from math import log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.calibration import own_runs, replay
from engine.calibration.apply import corrected
from engine.calibration.learn import K, correction, learn
from engine.calibration.own import Correction
from engine.estimate import Level, Quantity
from tests.engine.calibration.runs import RECORD, run

LUT = Quantity(1000, 800, 1250)
amounts = st.floats(0, 1e7)


def of(records, quantity=LUT, target="LUT"):
    return learn(records).of(target, quantity)


@st.composite
def quantities(draw):
    value = draw(amounts)
    return Quantity(value, value * draw(st.floats(0, 1)), value * draw(st.floats(1, 5)))


pairs = st.dictionaries(
    st.text("abc", min_size=1), st.lists(st.tuples(quantities(), amounts), min_size=1, max_size=4), min_size=1
)


@given(pairs)
def test_factor_and_stretch_are_bounded(networks):
    found = correction(networks)
    most = 3 ** (len(networks) / (len(networks) + K))
    assert 1 / most - 1e-9 <= found.factor <= most + 1e-9
    assert 0.1 <= found.stretch <= 20
    assert found.networks == len(networks)


@given(pairs, quantities())
def test_a_corrected_interval_holds_its_value_and_is_never_below_zero(networks, quantity):
    found = corrected(quantity, correction(networks))
    assert 0 <= found.low <= found.value * (1 + 1e-9) + 1e-9
    assert found.value <= found.high * (1 + 1e-9) + 1e-9


@given(st.integers(1, 12), st.floats(0.3, 3))
def test_the_more_networks_agree_the_further_the_factor_goes_and_never_past_them(count, ratio):
    factors = [of([run(n, 1000 * ratio) for n in range(upto)]).factor for upto in range(1, count + 1)]
    ways = [abs(log(factor)) for factor in factors]
    # One of thousand is added to both sides of a ratio.
    assert ways == sorted(ways)
    assert ways[-1] <= abs(log(ratio)) + 1e-3
    assert all((factor >= 1) == (ratio >= 1) or factor == pytest.approx(1) for factor in factors)


@given(st.lists(st.floats(100, 5000), min_size=1, max_size=6), st.floats(1, 3))
def test_higher_reports_never_lower_the_factor_of_one_network(reports, more):
    known, higher = ({"n": [(LUT, said * by) for said in reports]} for by in (1, more))
    assert correction(higher).factor >= correction(known).factor - 1e-12


def test_many_runs_of_one_network_count_as_one():
    once, often = [run(0)], [run(number, network="n0") for number in range(8)]
    assert of(often).factor == pytest.approx(of(once).factor)
    assert of(often).networks == 1
    assert of([run(0), run(1)]).factor > of(often).factor


def test_one_network_moves_the_estimate_by_a_third():
    assert of([run(0, 1200)]).factor == pytest.approx((1201 / 1001) ** (1 / (1 + K)))


def test_a_factor_that_would_not_have_helped_is_not_used():
    torn = [run(0, 500), run(1, 2000), run(2, 480), run(3, 2100)]
    assert of(torn).factor == 1
    assert of([run(number, 2000) for number in range(4)]).factor > 1.5


def test_few_networks_only_widen_the_interval():
    assert of([run(number, 1000) for number in range(8)]).stretch == 1
    missed = corrected(LUT, of([run(0, 4000)]))
    assert missed.low < LUT.value
    assert missed.high >= 4000
    assert (missed.high - missed.low) / missed.value > (LUT.high - LUT.low) / LUT.value


def test_one_wild_run_of_ten_of_a_network_widens_nothing():
    runs = [run(number, 1000, network="n0") for number in range(9)]
    assert of([*runs, run(9, 9000, network="n0")]).stretch == 1
    assert of([*runs, run(9, 9000, network="n0"), run(10, 9000, network="n0")]).stretch > 10


def test_a_network_far_out_beside_others_that_are_held_widens_nothing():
    held = [run(0, 1000), run(1, 1300)]
    assert of([*held, run(2, 9000)]).stretch == pytest.approx(of(held).stretch, rel=0.2)
    assert of([run(2, 9000)]).stretch > 2
    assert of([*held, *(run(number, 9000, network="far") for number in range(2, 6))]).stretch > 2


def test_nine_networks_may_narrow_it():
    near = [run(number, 1000 + 2 * number) for number in range(9)]
    found = corrected(LUT, of(near))
    assert found.high - found.low < (LUT.high - LUT.low) / 4
    assert of(near[:8]).stretch == 1


def test_after_narrowing_nine_of_ten_own_networks_lie_inside():
    reports = [700, 820, 900, 950, 980, 1000, 1020, 1050, 1100, 1180, 1300, 1420, 990, 1010, 1005, 996, 1030, 970, 940]
    runs = [run(number, said) for number, said in enumerate(reports)]
    found = corrected(LUT, of(runs))
    assert sum(found.low <= said <= found.high for said in reports) >= 0.9 * len(reports)


def test_what_is_exact_stays_so_until_own_runs_contradict_it():
    exact = Quantity(40, 40, 40)
    assert corrected(exact, of([run(0)], exact, "DSP")).exact
    wrong = replace(RECORD, reported=(("DSP", 50.0),))
    found = corrected(exact, of([wrong], exact, "DSP"))
    assert 40 < found.value < 50 <= found.high
    # Sums of formulas are wrong in other ways than rules.
    doubted = Quantity(40, 30, 50)
    assert of([wrong], doubted, "DSP") == Correction()


def test_levels_flows_families_and_versions_are_never_mixed():
    logic = run(1, 600, level=Level.LOGIC_SYNTHESIS, tool="Vivado 2024.1")
    old, other = run(2, 3000, tool="Vitis HLS 2020.2"), run(3, 700, flow="vivado", tool="Vivado HLS 2020.1")
    larger = run(4, 500, family="ultrascale+")
    last = run(5, 1200)
    taught = own_runs([last, logic, old, other, larger])
    (alone,) = [own_runs([last]).of("vitis", Level.C_SYNTHESIS, "7-series")]
    assert taught.of("vitis", Level.C_SYNTHESIS, "7-series") == alone
    assert alone.words == "own runs of 1 network with Vitis HLS 2024.1"
    assert taught.of("vitis", Level.LOGIC_SYNTHESIS, "7-series").of("LUT", LUT).factor < 1
    assert taught.of("vivado", Level.LOGIC_SYNTHESIS, "7-series").networks == 0
    # The version that ran last is taken to run next.
    later = replace(old, when="2027-01-01T00:00:00+00:00")
    assert own_runs([last, later]).of("vitis", Level.C_SYNTHESIS, "7-series").tool == "Vitis HLS 2020.2"


def test_each_run_is_foretold_from_those_before_it_alone():
    runs = [run(number, 1500) for number in range(4)]
    replayed = replay(reversed(runs))
    first, *others = [each.of("LUT") for each in replayed]
    assert first.own == first.shipped
    values = [each.own.value for each in others]
    assert values == sorted(values)
    assert 1000 < values[0] < values[-1] < 1500
    # What comes later changes nothing of what was foretold before.
    assert replay([*runs, run(5, 100)])[:4] == replayed
