"""How sure a counted share is."""

from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.emulate.confidence import wilson


def test_it_is_the_published_formula():
    low, high = wilson(0.9, 100)
    z = 1.6448536269514722
    for end in (low, high):  # Wilson: where the normal approximation just allows the share that was seen
        assert abs(0.9 - end) == pytest.approx(z * (end * (1 - end) / 100) ** 0.5)
    assert low < 0.9 < high


def test_nine_of_ten_intervals_hold():
    for truth in (0.5, 0.9, 0.97):
        inside = 0.0
        for right in range(451):
            low, high = wilson(right / 450, 450)
            inside += comb(450, right) * truth**right * (1 - truth) ** (450 - right) * (low <= truth <= high)
        assert inside == pytest.approx(0.9, abs=0.035)


@given(st.integers(1, 10_000), st.data())
def test_it_holds_the_share_and_stays_within_0_and_1(count, data):
    share = data.draw(st.integers(0, count)) / count
    low, high = wilson(share, count)
    assert 0 <= low <= share <= high <= 1 or (share in (0, 1) and abs(share - (low, high)[int(share)]) < 1e-12)
    assert low < high


def test_no_samples_no_interval():
    with pytest.raises(ValueError, match="without samples"):
        wilson(0.5, 0)
