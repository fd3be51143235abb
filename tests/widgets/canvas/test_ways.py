"""Wires find gaps between nodes, and keep apart from each other."""

from hypothesis import given
from hypothesis import strategies as st

from widgets.canvas.metrics import CLEAR
from widgets.canvas.ways import Gaps, spread, weave


def gaps(*tracks):
    """Tracks as lists of (from, to) where nodes lie."""
    return Gaps({10 * t + k: (t, span) for t, spans in enumerate(tracks) for k, span in enumerate(spans)})


def test_a_wire_goes_straight_through_where_nothing_is_in_its_way():
    assert gaps([], [(0, 100), (128, 200)], []).cross(1, 7, at=114, goal=150) == 114


def test_a_wire_goes_round_a_node_with_the_least_detour():
    assert gaps([], [(0, 100), (128, 200)]).cross(1, 7, at=90, goal=300) == 100 + CLEAR
    assert gaps([], [(0, 100), (108, 200)]).cross(1, 7, at=90, goal=300) == 200 + CLEAR


def test_wires_of_different_outputs_pass_a_gap_side_by_side_and_those_of_one_together():
    track = gaps([], [(0, 100), (128, 200)])
    assert track.cross(1, 7, at=114, goal=114) == 114
    assert track.cross(1, 7, at=114, goal=300) == 114
    assert abs(track.cross(1, 8, at=114, goal=114) - 114) >= 6


def test_legs_lead_from_track_to_track_in_both_directions():
    tracks = gaps([], [(0, 100)], [(90, 200)], [])
    down = weave(tracks, 1, (0, 3), 50, 400)
    assert [leg.track for leg in down] == [1, 2, 3]
    assert [leg.end for leg in down] == [105, 205, 400]
    assert down[0].start == 50
    up = weave(gaps([], [(0, 100)], [(90, 200)], []), 1, (3, 0), 50, 400)
    assert [leg.track for leg in up] == [2, 1]
    assert up[-1].end == 400


spans = st.tuples(st.integers(0, 6), st.integers(1, 3)).map(lambda pair: (pair[0], pair[0] + pair[1]))


@given(st.dictionaries(st.integers(0, 9), spans, max_size=3))
def test_forks_at_one_place_are_spread_where_they_would_cover_each_other(reach):
    places = spread(dict.fromkeys(range(10), 100.0), reach)
    for a in reach:
        for b in reach:
            overlap = reach[a][0] < reach[b][1] and reach[b][0] < reach[a][1]
            assert a == b or not overlap or abs(places[a] - places[b]) >= 5
    assert all(90 <= place <= 100 for place in places.values())
