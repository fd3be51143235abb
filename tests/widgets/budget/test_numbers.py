"""Numbers read as people write them, and never say something that is not so."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from widgets.budget.numbers import bound_text, figures, in_unit, percent, signed, span, unit_for, with_unit


@pytest.mark.parametrize(
    ("share", "text"),
    [(0, "0 %"), (0.002, "<1 %"), (0.77, "77 %"), (0.9996, "99 %"), (1, "100 %"), (1.0001, "101 %"), (2.63, "263 %")],
)
def test_percent(share, text):
    assert percent(share) == text


@given(st.floats(0, 50))
def test_a_percent_never_hides_an_overrun_nor_makes_one_up(share):
    text = percent(share)
    number = float(text.removesuffix(" %").replace(",", "").replace("<1", "0.5"))
    assert (number > 100) == (share > 1)
    assert (number == 0) == (share == 0)


@pytest.mark.parametrize(
    ("value", "text"),
    [(79.1, "79.1"), (6.414, "6.41"), (99.96, "100"), (9.996, "10.0"), (20_678.3, "20,678"), (-11.53, f"{'−'}11.5")],
)
def test_three_figures(value, text):
    assert figures(value) == text


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        ("latency", 0.42, "420 ns"),
        ("latency", 79.1, "79.1 µs"),
        ("latency", 999.7, "1.00 ms"),
        ("latency", 6410, "6.41 ms"),
        ("latency", 2.5e6, "2.50 s"),
        ("interval", 4836, "4,836 cycles"),
        ("interval", 1, "1 cycle"),
        ("interval", 2.5e8, "250 M cycles"),
        ("rate", 20_678, "20,678 /s"),
        ("rate", 2e8, "200 M/s"),
        ("rate", 0.5, "0.50 /s"),
    ],
)
def test_the_unit_suits_the_value(kind, value, text):
    assert with_unit(kind, value) == text


@given(st.floats(1e-3, 1e9))
def test_a_latency_has_at_most_three_figures_before_the_unit_changes(value):
    unit = unit_for("latency", value)
    if value >= 1e-3 and unit.name != "s":
        assert float(in_unit("latency", value, unit).replace(",", "")) <= 1000


def test_an_interval_has_ends_that_differ():
    assert span("latency", 73.2, 86.1, unit_for("latency", 79.1)) == "73 to 86 µs"
    assert span("latency", 79.0, 79.4, unit_for("latency", 79.1)) == "79.0 to 79.4 µs"


def test_signs_and_requirements():
    assert signed("64", 64) == "+64"
    assert signed("11.5", -11.5) == "−11.5"
    assert bound_text("latency", 100) == "100 µs"
    assert bound_text("rate", 20_000) == "20,000 /s"
