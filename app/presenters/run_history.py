"""The history of runs as it is shown, and what two runs said side by side."""

from collections.abc import Callable, Sequence
from math import inf

from app.presenters.jobs import label, moment, spent
from engine.estimate import RESOURCES, Tier
from engine.flows.registry import flow
from engine.project import Run
from widgets.panels.report_strip import difference
from widgets.runs import Comparison, ComparisonRow, Figure, HistoryView, RunRow

_ACTIONS = {"found": "Found"}
_SHOWN = (*RESOURCES, "latency", "interval")
_SPARSE = ("URAM",)
"""Quantities that get a column only where a report counts some."""


def history_view(runs: Sequence[Run], edits_since: Callable[[str, str], int | None]) -> HistoryView:
    """All runs, the newest first; `edits_since` tells the age of a design's digest, for an action."""
    names = tuple(name for name in _SHOWN if _has(runs, name))
    ages = {key: edits_since(*key) for key in {(run.design, run.action) for run in runs}}
    rows = [_row(str(place), run, ages[run.design, run.action], names) for place, run in enumerate(runs)]
    return HistoryView(tuple(label(name) for name in names), tuple(reversed(rows)))


def beside_estimate(run: Run) -> Comparison:
    """What a run's report said beside what was estimated for its design."""
    estimated = {name: value for name, (value, _, _) in run.estimated}
    layers = [(title, _layer_rows(name, None, run)) for title, name in _layer_pages(run)]
    rows = _rows(estimated, dict(run.totals))
    return Comparison("Estimated", f"Reported by {_origin(run)}", "", (("Total", rows), *layers))


def side_by_side(left: Run, right: Run) -> Comparison:
    """Two runs; says where they are not of the same design."""
    pages = [(title, _layer_rows(name, left, right)) for title, name in _layer_pages(left, right)]
    warning = "" if left.design == right.design else "The two runs are of different versions of the design."
    if left.flow != right.flow:
        warning = "The two runs are of different flows: LUTs and flip-flops of one say nothing of the other's."
    rows = _rows(dict(left.totals), dict(right.totals))
    heads = [f"{_origin(run)}, {moment(run.started)}" for run in (left, right)]
    return Comparison(heads[0], heads[1], warning, (("Total", rows), *pages))


def _has(runs: Sequence[Run], name: str) -> bool:
    values = [value for run in runs for each, value in run.totals if each == name]
    return any(values) if name in _SPARSE else bool(values)


def _row(row_id: str, run: Run, edits: int | None, names: Sequence[str]) -> RunRow:
    found = run.action in _ACTIONS
    return RunRow(
        id=row_id,
        started=moment(run.started),
        order=run.started,
        action=_ACTIONS.get(run.action, run.action.capitalize()),
        tool=run.tool or _flow(run.flow),
        tier=_tier(run),
        tier_rank=run.tier,
        state=run.state,
        seconds=None if found else run.seconds,
        took="" if found else spent(run.seconds),
        version=_version(edits),
        edits=inf if edits is None else edits,
        detail="\n".join(text for text in (run.reason, run.folder) if text),
        folder=run.folder,
        figures=tuple(_figure(run, name) for name in names),
    )


def _flow(flow_id: str) -> str:
    """A flow's name; a project of a later version may know others."""
    try:
        return flow(flow_id).label
    except ValueError:
        return flow_id


def _tier(run: Run) -> str:
    return Tier(run.tier).label if run.tier in {int(tier) for tier in Tier} else ""


def _version(edits: int | None) -> str:
    if edits is None:
        return "Another version"
    if edits == 0:
        return "This version"
    count = abs(edits)
    return f"{count} edit{'' if count == 1 else 's'} {'old' if edits > 0 else 'ahead'}"


def _figure(run: Run, name: str) -> Figure | None:
    value = dict(run.totals).get(name)
    if value is None:
        return None
    estimated = dict(run.estimated).get(name)
    if estimated is None:
        return Figure(value)
    middle, low, high = estimated
    return Figure(value, middle, difference(value, middle), low <= value <= high)


def _origin(run: Run) -> str:
    return " · ".join(text for text in (_tier(run), run.tool) if text) or run.action.capitalize()


def _rows(left: dict[str, float], right: dict[str, float]) -> tuple[ComparisonRow, ...]:
    """Quantities of either side, the usual ones first."""
    others = [name for name in (*right, *left) if name not in _SHOWN]
    names = [name for name in dict.fromkeys((*_SHOWN, *others)) if left.get(name) or right.get(name)]
    return tuple(_compared(label(name), left.get(name), right.get(name)) for name in names)


def _layer_pages(*runs: Run) -> list[tuple[str, str]]:
    there = {name for run in runs for _, row in run.layers for name, value in row if value}
    return [(label(name), name) for name in _SHOWN if name in there]


def _layer_rows(name: str, left: Run | None, right: Run) -> tuple[ComparisonRow, ...]:
    sides = [{} if run is None else {layer: dict(row).get(name) for layer, row in run.layers} for run in (left, right)]
    return tuple(
        _compared(layer, sides[0].get(layer), sides[1].get(layer)) for layer in dict.fromkeys((*sides[0], *sides[1]))
    )


def _compared(name: str, left: float | None, right: float | None) -> ComparisonRow:
    change = "" if left is None or right is None else difference(right, left)
    return ComparisonRow(name, _text(left), _text(right), change)


def _text(value: float | None) -> str:
    return "" if value is None else f"{value:,.0f}"
