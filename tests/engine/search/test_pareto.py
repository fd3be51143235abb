"""The front of points by cost and gain."""

from hypothesis import given
from hypothesis import strategies as st

from engine.search.pareto import unbeaten


def _beats(one, other):
    return one[0] <= other[0] and one[1] >= other[1] and one != other


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=12))
def test_the_front_is_what_nothing_beats_cheapest_first(points):
    front = unbeaten(points)
    assert set(front) == {n for n, point in enumerate(points) if not any(_beats(each, point) for each in points)}
    assert [points[n][0] for n in front] == sorted(points[n][0] for n in front)
