"""From the best of many beginnings, one layer after the other is changed as long as that makes the design better."""

from collections.abc import Sequence

import numpy as np

from engine.estimate import Axis, Picks, Sweep
from engine.search.goal import Goal, best, better
from engine.search.spread import beginnings, one_by_one

_STEPS = 60


def search(sweep: Sweep, axes: Sequence[Axis], goal: Goal, known: Picks) -> Picks:
    """The best setting found, never worse than any of the `known` ones, rows of candidates."""
    rows = np.unique(np.concatenate([known, beginnings(sweep, axes, goal)]), axis=0)
    keys = goal.keys(sweep.totals(rows))
    place = best(keys)
    now, key = rows[place], keys[:, place].tolist()
    for _ in range(_STEPS):
        around, _places = one_by_one(axes, now)
        keys = goal.keys(sweep.totals(around))
        place = best(keys)
        if not better(keys[:, place].tolist(), key):
            break
        now, key = around[place], keys[:, place].tolist()
    return np.asarray(now, np.intp)
