"""Parts that paint only what has changed show what a full painting shows."""

import numpy as np
import pytest

from engine.precision import FixedType, Overflow, Rounding
from engine.ranges.histogram import measure
from tests.painted import assert_whole
from widgets.inspector.bit_canvas import BitCanvas
from widgets.inspector.model import Fact
from widgets.inspector.readings import Readings

NUMBERS = measure(np.random.default_rng(5).normal(0, 0.3, 500))
TYPES = (
    *(FixedType(8, 2), FixedType(7, 2), FixedType(4, 2), FixedType(9, 3), FixedType(6, 0), FixedType(4, -1)),
    *(FixedType(4, -1, rounding=Rounding.RND), FixedType(6, 4, signed=False), FixedType(3, 8), FixedType(20, 8)),
    *(FixedType(20, 8, overflow=Overflow.SAT), FixedType(7, 2)),
)


@pytest.mark.parametrize("width", [312, 97], ids=["roomy", "narrow"])
@pytest.mark.parametrize("histogram", [NUMBERS, None], ids=["numbers", "none"])
def test_the_bits_on_the_screen_are_those_of_the_type(qtbot, histogram, width):
    canvas = BitCanvas()
    qtbot.addWidget(canvas)
    canvas.resize(width, canvas.sizeHint().height())
    canvas.show()
    qtbot.waitExposed(canvas)
    for running in (False, True):
        if running:
            canvas.gesture.begin()
        for type_ in TYPES:
            canvas.show_type(type_, histogram, "accent", "conv2", empty_text="not known")
            assert_whole(canvas)
    canvas.let_go()
    assert_whole(canvas)


def test_readings_on_the_screen_are_the_facts(qtbot):
    readings = Readings(2)
    qtbot.addWidget(readings)
    readings.resize(330, 44)
    readings.set_facts((Fact("Range", "−4 to 3.97"), Fact("Step", "0.0312"), Fact("Overflow", "none")))
    readings.show()
    qtbot.waitExposed(readings)
    readings.set_facts((Fact("Range", "−4 to 3.97"), Fact("Step", "1"), Fact("Overflow", "none")))
    assert_whole(readings)
    readings.set_facts((Fact("Overflow", "2 %"), Fact("Step", "1"), Fact("Range", "–"), Fact("Noise", "30 dB")))
    assert_whole(readings)
