"""Numbers along an axis are written as everywhere else."""

import pytest

from widgets.plots.still import StillPlot, grouped


@pytest.mark.parametrize(
    ("text", "written"),
    [("14600", "14,600"), ("-0.5", "−0.5"), ("1e+06", "1e+06"), ("-2500.25", "−2,500.25"), ("0", "0")],
)
def test_numbers_are_grouped(text, written):
    assert grouped(text) == written


def test_small_numbers_are_not_counted_in_thousandths(qtbot):
    plot = StillPlot(150)
    qtbot.addWidget(plot)
    plot.show()
    for _ in range(2):  # once more when the theme changes
        plot.dress("Mean error", "LUT")
        plot.plot([1, 2], [0.1, 0.3])
        plot.getViewBox().updateAutoRange()
    assert plot.getAxis("left").autoSIPrefixScale == 1
