"""Snapshots as the window shows them, and what is known of a design when one is taken."""

from collections.abc import Iterable
from typing import Any

from app.presenters.jobs import moment
from engine.design import Design
from engine.estimate import RESOURCES, Estimate, energy
from engine.flows.weight_bits import weight_bits
from engine.project import Snapshot
from engine.search.pareto import unbeaten
from widgets.snapshots import COLUMNS, SnapshotRow, SnapshotsView

_COSTS = tuple(name for name, _ in COLUMNS if name != "accuracy")


def figures_now(design: Design, estimate: Estimate, accuracy: dict[str, Any] | None) -> tuple[tuple[str, float], ...]:
    """What is known of a design; `accuracy` is that of a comparison of it."""
    found: dict[str, float] = {"weight_bits": weight_bits(design)}
    if accuracy:
        found |= {
            "accuracy": accuracy["hardware"],
            "accuracy_low": accuracy["low"],
            "accuracy_high": accuracy["high"],
        }
    if not estimate.refusal:
        found |= {name: estimate.total.resource(name).value for name in RESOURCES}
        found["latency_us"] = estimate.latency_us.value
        spent = energy(estimate.latency_us, design.target.board).microjoules
        found |= {} if spent is None else {"energy_uj": spent.value}
    return tuple(found.items())


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
    return f"Accuracy: bit-exact. Resources, latency and energy: {', '.join(foretold).lower()}."


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
