"""Two schedules of one network on one board: a unit for each layer, and one engine that takes them in turn."""

from collections.abc import Sequence
from dataclasses import dataclass

from engine.design import Design
from engine.estimate import QUANTITIES, RESOURCES, Totals
from engine.flows.flow import Flow
from engine.network import TensorStore
from engine.search.front import SHARE
from engine.search.goal import Goal
from engine.search.pareto import unbeaten
from engine.search.proposal import NothingToFoldError
from engine.search.spread import beginnings
from engine.search.totals import totals_of

COSTS = (SHARE, "LUT", "BRAM18", "DSP")
"""What the rate may be shown over."""


@dataclass(frozen=True, slots=True)
class Point:
    """One way to compute the network: inferences a second, and what it takes."""

    label: str
    """What it is; '' for a folding of the layers, which is many numbers."""
    rate: float
    latency_us: float
    amounts: tuple[tuple[str, float], ...]
    """Pieces by RESOURCES, and `share` of the board."""

    def cost(self, name: str) -> float:
        """One of the amounts."""
        return dict(self.amounts)[name]

    @property
    def fits(self) -> bool:
        """Whether the board has as much."""
        return self.cost(SHARE) <= 1


@dataclass(frozen=True, slots=True)
class Schedules:
    """The design as it is, and of each schedule all ways that no other one of it beats in rate over one of COSTS."""

    present: Point
    dataflow: tuple[Point, ...]
    shared: tuple[Point, ...]


def schedules(design: Design, flow: Flow, tensors: TensorStore | None) -> Schedules:
    """Both schedules of a design. Raises NothingToFoldError where there are no two."""
    estimate = flow.estimate(design, tensors)
    if estimate.refusal:
        raise NothingToFoldError(estimate.refusal)
    shared, axes = shared_points(design, flow, tensors), flow.foldings(design)
    if not shared or not axes:
        raise NothingToFoldError("One engine for all layers is a schedule of FINN's, for layers that multiply.")
    sweep = flow.sweep(design, axes, tensors)
    totals = sweep.totals(beginnings(sweep, axes, Goal(design.target.board)))
    present = _points(design, [""], totals_of([estimate.total]))[0]
    return Schedules(present, _unbeaten(_points(design, [""] * totals.value.shape[1], totals)), shared)


def shared_points(design: Design, flow: Flow, tensors: TensorStore | None) -> tuple[Point, ...]:
    """The network on one engine, in all sizes that no other one beats; empty where the flow has none."""
    engines = flow.shared_engines(design, tensors)
    if not engines:
        return ()
    return _unbeaten(_points(design, [each.label for each in engines], totals_of([each.cost for each in engines])))


def front(points: Sequence[Point], cost: str) -> tuple[Point, ...]:
    """Those that no other one beats in rate over a cost, the cheapest first; over pieces, of those that fit."""
    known = [point for point in points if point.fits or cost == SHARE]
    return tuple(known[place] for place in unbeaten([(each.cost(cost), each.rate) for each in known]))


def quickest(points: Sequence[Point]) -> Point | None:
    """The highest rate that fits the board."""
    return max((point for point in points if point.fits), key=lambda point: point.rate, default=None)


def _unbeaten(points: Sequence[Point]) -> tuple[Point, ...]:
    return tuple(dict.fromkeys(point for cost in COSTS for point in front(points, cost)))


def _points(design: Design, labels: Sequence[str], totals: Totals) -> list[Point]:
    shares = Goal(design.target.board).shares(totals).max(axis=0)
    clock = design.target.clock_ns
    return [
        Point(
            label,
            1e9 / (column[QUANTITIES.index("interval")] * clock),
            column[QUANTITIES.index("latency")] * clock / 1000,
            (*zip(RESOURCES, column, strict=False), (SHARE, share)),
        )
        for label, column, share in zip(labels, totals.value.T.tolist(), shares.tolist(), strict=True)
    ]
