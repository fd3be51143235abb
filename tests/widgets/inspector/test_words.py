"""How numbers are written."""

import pytest

from widgets.inspector.words import at_most, choice_label, extents, figure, percent, rounded


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (-4, "−4"),
        (3.96875, "3.969"),
        (0.03125, "0.03125"),
        (0, "0"),
        (-32768, "−32,768"),
        (2**-20, "2⁻²⁰"),
        (-(2.0**31), "−2³¹"),
        (0.0009765625, "0.0009766"),
    ],
)
def test_figures(value, text):
    assert figure(value) == text


def test_an_upper_limit_is_not_rounded_up_to_what_is_beyond_it():
    assert at_most(32 - 2**-10) == "31.99"
    assert at_most(3.96875) == "3.969"
    assert at_most(2047.99) == "2,047"


@pytest.mark.parametrize(
    ("share", "text"), [(0.27, "27 %"), (0.096, "9.6 %"), (0, "0 %"), (0.0001, "under 0.1 %"), (0.0996, "10 %")]
)
def test_percent(share, text):
    assert percent(share) == text


def test_other_words():
    assert rounded(9321.7) == "9,320"
    assert rounded(27.4) == "27"
    assert rounded(5_776_000) == "5.78 M"
    assert rounded(999_900) == "1 M"
    assert extents((8, 8, 1)) == "8 × 8 × 1"
    assert extents((-1, 4)) == "−1 × 4"
    assert [choice_label(each) for each in ("resource_unrolled", True, 1024, "line_buffer")] == [
        "Unrolled",
        "Yes",
        "1,024",
        "Line buffer",
    ]
