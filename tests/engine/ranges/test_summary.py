"""What a measurement says of itself."""

from engine.emulate.data import MADE_UP
from engine.ranges import Ranges
from engine.ranges.job import summary


def test_made_up_samples_are_told_from_data():
    assert summary(Ranges(samples=200, source="/home/ada/jets.npz")).endswith("200 samples of jets.npz.")
    assert "Choose a data set first." in summary(Ranges(samples=200, source=MADE_UP))
