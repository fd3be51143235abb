"""Settings to begin with: for every pace that some candidate sets, each layer's cheapest candidate that keeps it.

What a candidate takes is measured with all other layers at their fastest, so that its own pace shows. How dear one
resource is beside another is not known beforehand, so many prices are tried.
"""

from collections.abc import Sequence

import numpy as np

from engine.estimate import RESOURCES, Axis, Picks, Sweep
from engine.search.goal import LATENCY, Array, Goal

_PACES = 400
"""Paces tried; of more, so many evenly."""
_MIXED = 10
"""Prices drawn beside those of each resource alone and of all alike."""
_ROUNDS = 3


def beginnings(sweep: Sweep, axes: Sequence[Axis], goal: Goal) -> Picks:
    """Settings, one row each."""
    fastest = _fastest(sweep, axes, goal)
    shares, paces, latencies = _measured(sweep, axes, goal, fastest)
    prices = _prices()
    floor = max((float(each.min()) for each in paces), default=0.0)
    tried = np.unique(np.concatenate(paces)) if paces else np.zeros(1)
    tried = tried[tried >= floor] if goal.cycles is None else np.array([max(goal.cycles, floor)])
    if len(tried) > _PACES:
        tried = tried[np.linspace(0, len(tried) - 1, _PACES).round().astype(int)]
    columns = [_cheapest(*each, prices, tried) for each in zip(shares, paces, strict=True)]
    rows = [np.stack([column.ravel() for column in columns], axis=1), fastest[None, :]]
    if goal.cycles is None and goal.speed == LATENCY:
        rows.append(_weighed(shares, latencies, prices))
    return np.unique(np.concatenate(rows), axis=0)


def _fastest(sweep: Sweep, axes: Sequence[Axis], goal: Goal) -> Picks:
    """Each layer's candidate with which the whole is fastest; of equal ones the dearest, which hides no other layer."""
    fastest = np.zeros(len(axes), np.intp)
    for _ in range(_ROUNDS):
        before = fastest.copy()
        rows, places = one_by_one(axes, fastest)
        totals = sweep.totals(rows)
        keys = np.stack([totals.of("interval"), totals.of("latency"), -goal.shares(totals).sum(axis=0)])
        for place in range(len(axes)):
            mine = np.flatnonzero(places == place)
            fastest[place] = rows[mine[np.lexsort(keys[::-1, mine])[0]], place]
        if (fastest == before).all():
            break
    return fastest


def one_by_one(axes: Sequence[Axis], base: Picks) -> tuple[Picks, Picks]:
    """A setting with every candidate of every axis in turn, and which axis that is."""
    sizes = [len(axis.candidates) for axis in axes]
    places = np.repeat(np.arange(len(axes)), sizes)
    rows = np.tile(base, (len(places), 1))
    rows[np.arange(len(places)), places] = np.concatenate([np.arange(size) for size in sizes])
    return rows, places


def _measured(
    sweep: Sweep, axes: Sequence[Axis], goal: Goal, fastest: Picks
) -> tuple[list[Array], list[Array], list[Array]]:
    """Shares (resources, candidates), interval and latency of each axis's candidates."""
    rows, places = one_by_one(axes, fastest)
    totals = sweep.totals(rows)
    shares = goal.shares(totals)
    each = [np.flatnonzero(places == place) for place in range(len(axes))]
    paces = [totals.of("interval")[mine] for mine in each]
    return [shares[:, mine] for mine in each], paces, [totals.of("latency")[mine] for mine in each]


def _prices() -> Array:
    """Rows of prices of the resources."""
    count = len(RESOURCES)
    mixed = np.random.default_rng(1).dirichlet(np.full(count, 0.5), _MIXED)
    return np.concatenate([np.eye(count) + 1e-3, np.full((1, count), 1 / count), mixed])


def _cheapest(shares: Array, paces: Array, prices: Array, tried: Array) -> Picks:
    """For each price and pace the cheapest candidate that keeps it: (prices, paces)."""
    order = np.argsort(paces, kind="stable")
    costs = (prices @ shares)[:, order]
    within = np.searchsorted(paces[order], tried * (1 + 1e-12), side="right")
    found = np.zeros((len(prices), len(tried)), np.intp)
    for row, cost in enumerate(costs):
        lowest = np.minimum.accumulate(cost)
        # Of equally cheap ones the first, which is the quickest of them.
        place = np.maximum.accumulate(np.where(np.append(True, cost[1:] < lowest[:-1]), np.arange(len(cost)), 0))
        found[row] = order[place[np.maximum(within - 1, 0)]]
    return found


def _weighed(shares: list[Array], latencies: list[Array], prices: Array) -> Picks:
    """For each price, and each weight of hardware beside latency, the layers' best candidates."""
    whole = max(float(latencies[0].min()) if latencies else 1.0, 1.0)
    weights = np.logspace(-4, 4, 60)[:, None, None]
    rows = [
        np.argmin(latency / whole + weights * (prices @ each)[None], axis=2).ravel()
        for each, latency in zip(shares, latencies, strict=True)
    ]
    return np.stack(rows, axis=1)
