"""Two schedules of a design as the plot and the table below it show them."""

from typing import Any

from engine.advice import limit
from engine.advice.words import per_second, resource_name, time_text
from engine.boards import Board
from engine.estimate import RESOURCES
from engine.search import SHARE
from engine.search.schedules import Point, front, quickest
from widgets.schedules import COSTS, ScheduleSeries, SchedulesView, Way

DATAFLOW, SHARED = "A unit for each layer", "One engine"
_SHOWN = ("LUT", "DSP", "BRAM18")
Row = tuple[str, ...]


def read_point(found: dict[str, Any]) -> Point:
    """A point as the process sends it."""
    amounts = tuple((str(name), float(amount)) for name, amount in found["amounts"])
    return Point(str(found["label"]), float(found["rate"]), float(found["latency_us"]), amounts)


def schedules_view(present: Point, dataflow: list[Point], shared: list[Point], board: Board) -> SchedulesView:
    """What the plot shows."""
    limits = {name: float(limit(board, name) or 0) for name, _ in COSTS if name != SHARE}
    return SchedulesView(
        (_series(DATAFLOW, dataflow), _series(SHARED, shared)), _way("As set", present), {**limits, SHARE: 100.0}
    )


def titles(board: Board) -> Row:
    """Of the table."""
    return ("", "Rate", "Latency", *(resource_name(name, board) for name in _SHOWN), "Of the board")


def rows(present: Point, dataflow: list[Point], shared: list[Point]) -> list[Row]:
    """The design as it is, and the quickest of each schedule that fits."""
    quick, engine = quickest(dataflow), quickest(shared)
    size = f": {engine.label}" if engine is not None else ", quickest that fits"
    return [
        _row("As set", present),
        _row(f"{DATAFLOW}, quickest that fits", quick),
        _row(f"{SHARED}{size}", engine),
    ]


def _row(title: str, point: Point | None) -> Row:
    """One of them in words; dashes where nothing fits."""
    if point is None:
        return (f"{title}: none", *["–"] * (len(_SHOWN) + 3))
    amounts = (f"{point.cost(name):,.0f}" for name in _SHOWN)
    share = f"{100 * point.cost(SHARE):.0f} %"
    return (title, per_second(point.rate), time_text(point.latency_us), *amounts, share)


def _series(title: str, points: list[Point]) -> ScheduleSeries:
    fronts = {cost: tuple(points.index(point) for point in front(points, cost)) for cost, _ in COSTS}
    return ScheduleSeries(title, tuple(_way(title, point) for point in points), fronts)


def _way(title: str, point: Point) -> Way:
    taken = ", ".join(f"{point.cost(name):,.0f} {name}" for name in RESOURCES if point.cost(name))
    name = point.label or title
    said = f"{name}: {per_second(point.rate)}, latency {time_text(point.latency_us)}; {taken}"
    costs = {cost: point.cost(cost) * (100 if cost == SHARE else 1) for cost, _ in COSTS}
    return Way(point.rate, costs, said)
