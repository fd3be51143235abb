"""Snapshots as the window shows them, and what is known of a design when one is taken."""

from collections.abc import Iterable

from app.presenters.jobs import moment
from engine.design import Design
from engine.estimate import RESOURCES
from engine.project import Snapshot
from engine.search.pareto import unbeaten
from widgets.snapshots import COLUMNS, SnapshotRow, SnapshotsView

_COSTS = tuple(name for name, _ in COLUMNS if name != "accuracy")


def snapshots_view(snapshots: Iterable[Snapshot], now: Design) -> SnapshotsView:
    """All of them, and for each cost those that no other one beats."""
    kept = tuple(snapshots)
    rows = tuple(_row(snapshot, now) for snapshot in kept)
    return SnapshotsView(rows, {cost: _front(rows, cost) for cost in _COSTS}, _source(kept))


def _source(snapshots: tuple[Snapshot, ...]) -> str:
    """Where the figures come from: estimates of one tool's reports, or of several."""
    foretold = dict.fromkeys(snapshot.foretold for snapshot in snapshots if snapshot.foretold)
    if not foretold:
        return "Accuracy: bit-exact."
    known = ", ".join(each[:1].lower() + each[1:] for each in foretold)
    return f"Accuracy: bit-exact. Resources, latency and energy: {known}."


def _front(rows: tuple[SnapshotRow, ...], cost: str) -> tuple[int, ...]:
    known = [place for place, row in enumerate(rows) if "accuracy" in row.figures and cost in row.figures]
    points = [(rows[place].figures[cost], rows[place].figures["accuracy"]) for place in known]
    return tuple(known[place] for place in unbeaten(points))


def _row(snapshot: Snapshot, now: Design) -> SnapshotRow:
    figures = dict(snapshot.figures)
    shown = {name: figures[name] for name, _ in COLUMNS if name in figures}
    if "accuracy" in shown:
        shown["accuracy"] *= 100
    if "weight_bits" in figures:
        shown["weight_kbit"] = figures["weight_bits"] / 1000
    texts = {name: _text(name, value) for name, value in shown.items()}
    words = ", ".join(f"{title} {texts[name]}" for name, title in COLUMNS if name in texts)
    source = f" Resources and latency: {snapshot.foretold}." if snapshot.foretold else ""
    said = f"{snapshot.name}, taken {moment(snapshot.taken)}: {words}.{source}"
    return SnapshotRow(snapshot.name, shown, texts, said, snapshot.design == now)


def _text(name: str, value: float) -> str:
    if name == "accuracy":
        return f"{value:.1f}"
    return f"{value:,.0f}" if name in RESOURCES else f"{value:,.3g}"
