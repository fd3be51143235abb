"""Snapshots as the window shows them, and what is known of a design when one is taken."""

from collections.abc import Iterable

from app.figures import QUALITIES, quality_of
from app.presenters.jobs import moment
from engine.design import Design
from engine.emulate.score import AUC, ERROR
from engine.estimate import RESOURCES
from engine.project import Snapshot
from engine.scan.figure import ACCURACY
from engine.search.pareto import unbeaten
from widgets.snapshots import COLUMNS, QUALITY, SnapshotRow, SnapshotsView

_COSTS = tuple(name for name, _ in COLUMNS if name != QUALITY)
_TITLES = {ACCURACY: "Accuracy, %", AUC: "AUC", ERROR: "Mean error"}


def snapshots_view(snapshots: Iterable[Snapshot], now: Design) -> SnapshotsView:
    """All of them, and for each cost those that no other one beats."""
    kept = tuple(snapshots)
    known = {quality_of(snapshot) for snapshot in kept}
    quality = next((kind for kind in QUALITIES if kind in known), ACCURACY)
    rows = tuple(_row(snapshot, now, quality) for snapshot in kept)
    fronts = {cost: _front(rows, cost, quality) for cost in _COSTS}
    return SnapshotsView(rows, fronts, _source(kept, quality), _TITLES[quality])


def _source(snapshots: tuple[Snapshot, ...], quality: str) -> str:
    """Where the figures come from: estimates of one tool's reports, or of several."""
    foretold = dict.fromkeys(snapshot.foretold for snapshot in snapshots if snapshot.foretold)
    if not foretold:
        return f"{_word(quality)}: bit-exact."
    known = ", ".join(each[:1].lower() + each[1:] for each in foretold)
    return f"{_word(quality)}: bit-exact. Resources, latency and energy: {known}."


def _word(quality: str) -> str:
    return _TITLES[quality].partition(",")[0]


def _front(rows: tuple[SnapshotRow, ...], cost: str, quality: str) -> tuple[int, ...]:
    known = [place for place, row in enumerate(rows) if QUALITY in row.figures and cost in row.figures]
    # Of errors the smaller one is the better.
    sign = -1 if quality == ERROR else 1
    points = [(rows[place].figures[cost], sign * rows[place].figures[QUALITY]) for place in known]
    return tuple(known[place] for place in unbeaten(points))


def _row(snapshot: Snapshot, now: Design, quality: str) -> SnapshotRow:
    figures = dict(snapshot.figures)
    shown = {name: figures[name] for name, _ in COLUMNS if name in figures}
    if quality in figures:
        shown[QUALITY] = figures[quality] * (100 if quality == ACCURACY else 1)
    if "weight_bits" in figures:
        shown["weight_kbit"] = figures["weight_bits"] / 1000
    texts = {name: _text(name, value, quality) for name, value in shown.items()}
    titles = dict(COLUMNS) | {QUALITY: _TITLES[quality]}
    words = ", ".join(f"{title} {texts[name]}" for name, title in titles.items() if name in texts)
    source = f" Resources and latency: {snapshot.foretold}." if snapshot.foretold else ""
    said = f"{snapshot.name}, taken {moment(snapshot.taken)}: {words}.{source}"
    return SnapshotRow(snapshot.name, shown, texts, said, snapshot.design == now)


def _text(name: str, value: float, quality: str) -> str:
    if name == QUALITY and quality == ACCURACY:
        return f"{value:.1f}"
    return f"{value:,.0f}" if name in RESOURCES else f"{value:,.3g}"
