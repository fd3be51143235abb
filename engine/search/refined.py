"""The best setting by estimates, where sums of differences mislead because layers touch each other.

The sums are scaled to what an estimate says of the best of them, and the last steps are estimated one by one.
"""

from collections.abc import Callable, Iterator, Sequence

from engine.estimate import Axis, Cost, Picks
from engine.search.climb import search
from engine.search.goal import Goal, best, better
from engine.search.measured import MeasuredSweep
from engine.search.totals import totals_of

_SEARCHES, _STEPS = 5, 12
"""How often sums are searched, and steps taken, at most."""


def refined(
    sweep: MeasuredSweep, axes: Sequence[Axis], goal: Goal, known: Picks, cost: Callable[[Picks], Cost]
) -> Picks:
    """The best setting by estimates of what the sums of a sweep find, and around it."""
    found: list[Picks] = []
    costs: list[Cost] = []
    for _ in range(_SEARCHES):
        found.append(search(sweep, axes, goal, known))
        costs.append(cost(found[-1]))
        if not sweep.scale(found[-1], costs[-1]):
            break
    place = best(goal.keys(totals_of(costs)))
    return _stepped(axes, found[place], goal, costs[place], cost)


def _stepped(axes: Sequence[Axis], now: Picks, goal: Goal, its: Cost, cost: Callable[[Picks], Cost]) -> Picks:
    """From a setting on, the layer that is folded a step more or less and helps most, as long as one does."""
    key = goal.keys(totals_of([its]))[:, 0].tolist()
    for _ in range(_STEPS):
        around = list(_around(axes, now))
        keys = goal.keys(totals_of([cost(each) for each in around]))
        place = best(keys)
        if not better(keys[:, place].tolist(), key):
            break
        now, key = around[place], keys[:, place].tolist()
    return now


def _around(axes: Sequence[Axis], picks: Picks) -> Iterator[Picks]:
    for place, axis in enumerate(axes):
        for pick in (picks[place] - 1, picks[place] + 1):
            if 0 <= pick < len(axis.candidates):
                beside = picks.copy()
                beside[place] = pick
                yield beside
