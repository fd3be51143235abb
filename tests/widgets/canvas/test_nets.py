"""Wires that share a stretch are drawn once."""

from itertools import pairwise

import pytest

from tests.widgets.canvas import networks
from widgets.canvas.layout import lay_out
from widgets.canvas.nets import join_wires
from widgets.canvas.shown import shown


def stretches(lines):
    """Unit pieces of level and upright lines."""
    pieces = []
    for points in lines:
        for (x0, y0), (x1, y1) in pairwise(points):
            if y0 == y1:
                pieces += [("level", y0, x) for x in range(int(min(x0, x1)), int(max(x0, x1)))]
            else:
                pieces += [("upright", x0, y) for y in range(int(min(y0, y1)), int(max(y0, y1)))]
    return pieces


def test_a_fork_shares_its_trunk():
    routes = {
        ("a", "b", 0): ((0, 0), (100, 0)),
        ("a", "c", 0): ((0, 0), (60, 0), (60, 50), (100, 50)),
    }
    nets = join_wires(routes, routes)
    assert nets.forks == {(60, 0)}
    assert sorted(s.points for s in nets.strokes) == [((0, 0), (60, 0), (60, 50), (100, 50)), ((60, 0), (100, 0))]
    assert all(s.arrow for s in nets.strokes)


def test_a_join_ends_in_the_wire_it_meets():
    routes = {
        ("a", "m", 0): ((0, 90), (50, 90), (50, 10)),
        ("b", "m", 1): ((20, 60), (50, 60), (50, 10)),
    }
    nets = join_wires(routes, routes)
    joined = next(s for s in nets.strokes if not s.arrow)
    assert joined.points == ((20, 60), (50, 60), (50, 52))
    assert nets.forks == frozenset()


def test_equal_wires_are_one_stroke():
    routes = {("a", "m", 0): ((0, 0), (50, 0)), ("a", "m", 1): ((0, 0), (50, 0))}
    assert len(join_wires(routes, routes).strokes) == 1


@pytest.mark.parametrize("name", sorted(networks.ALL))
def test_strokes_cover_all_wires(name):
    layout = lay_out(shown(networks.ALL[name]()), {})
    nets = join_wires(layout.routes, layout.routes)
    drawn = stretches(s.points for s in nets.strokes)
    assert set(stretches(layout.routes.values())) <= set(drawn)
    assert {key[1] for key in layout.routes} == {
        key[1]
        for key, points in layout.routes.items()
        if any(s.arrow and s.points[-1] == points[-1] for s in nets.strokes)
    }
