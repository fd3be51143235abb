"""Numbers along an axis are written as everywhere else."""

import pytest

from widgets.plots.still import grouped


@pytest.mark.parametrize(
    ("text", "written"),
    [("14600", "14,600"), ("-0.5", "−0.5"), ("1e+06", "1e+06"), ("-2500.25", "−2,500.25"), ("0", "0")],
)
def test_numbers_are_grouped(text, written):
    assert grouped(text) == written
