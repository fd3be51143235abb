"""Own runs as the page of estimates against reports shows them."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO
from itertools import accumulate
from statistics import median

from app.presenters.jobs import label, moment
from engine.boards import Family
from engine.calibration import (
    TARGETS,
    Foretold,
    Key,
    Outcome,
    Own,
    OwnRuns,
    Record,
    Replayed,
    error,
    inside,
    outcomes,
    own_runs,
)
from widgets.budget.ink import resource_token
from widgets.calibration import CalibrationView, Chart, Dot, Group, RunLine
from widgets.panels.report_strip import difference


def calibration_view(
    records: Sequence[Record], current: Sequence[Record], *, used: bool, teachable: int
) -> CalibrationView:
    """All records, those of today's estimators replayed; `teachable`: reports of the open project beside them."""
    found, taught = outcomes(current), own_runs(current)
    groups = tuple(_group(each, taught, used) for each in found)
    replayed = {run.record.id: (_id(each), run) for each in found for run in each.runs}
    outdated = len(records) - len(current)
    note = f"{_count(outdated, 'run')} of earlier estimators: kept, not used" if outdated else ""
    return CalibrationView(
        tuple((target, label(target).partition(",")[0]) for target in TARGETS),
        groups,
        tuple(_line(record, replayed.get(record.id)) for record in reversed(records)),
        used,
        note,
        teachable,
    )


def calibration_csv(records: Iterable[Record], current: Iterable[Record]) -> str:
    """One row a run: facts, and for each quantity report, estimate as shipped, with own runs, and both intervals."""
    replayed = {run.record.id: run for each in outcomes(current) for run in each.runs}
    columns = ("reported", "shipped", "shipped_low", "shipped_high", "own", "own_low", "own_high")
    text = StringIO()
    rows = csv.writer(text, lineterminator="\n")
    facts = ("when", "design", "network", "flow", "tool", "level", "family", "estimator")
    rows.writerow([*facts, *(f"{target}_{column}" for target in TARGETS for column in columns)])
    for record in records:
        run = replayed.get(record.id)
        told = (record.when, record.name, record.network[:12], record.flow, record.tool, record.level.value)
        cells = [cell for target in TARGETS for cell in _cells(record, run, target)]
        rows.writerow([*map(_harmless, told), record.family, record.estimator, *cells])
    return text.getvalue()


def _harmless(text: str) -> str:
    """Names come from files: no spreadsheet shall take one for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@") else text


def _cells(record: Record, run: Replayed | None, target: str) -> list[str]:
    pair, own = record.pairs().get(target), run.of(target) if run else None
    if pair is None:
        return [""] * 7
    numbers = [pair[1], pair[0].value, pair[0].low, pair[0].high]
    numbers += [own.own.value, own.own.low, own.own.high] if own else []
    return [f"{number:.6g}" for number in numbers] + [""] * (7 - len(numbers))


def _group(outcome: Outcome, taught: OwnRuns, used: bool) -> Group:
    key = outcome.key
    runs, networks = len(outcome.runs), outcome.networks
    title = (
        f"{key.tool} · {key.level} · {Family(key.family).label} · {_count(runs, 'run')}, {_count(networks, 'network')}"
    )
    own = taught.of(key.flow, key.level, key.family)
    charts = {
        each.target: _chart(outcome, each.target, _in_force(key, own, each.target, used)) for each in outcome.targets
    }
    return Group(_id(outcome), title, charts)


def _id(outcome: Outcome) -> str:
    return "|".join(outcome.key)


def _in_force(key: Key, own: Own, target: str, used: bool) -> str:
    """What estimates are multiplied by now, in words."""
    if not used:
        return "Not in use: switched off below."
    if own.tool != key.tool:
        return f"Not in use: {own.tool} has run since."
    factors = [own.corrections[place].factor for place in ((target, False), (target, True)) if place in own.corrections]
    moved = [f"times {factor:.3g}" for factor in factors if f"{factor:.3g}" != "1"]
    return f"In use now: {' or '.join(moved)}." if moved else "In use now: no factor."


def _chart(outcome: Outcome, target: str, in_force: str) -> Chart:
    pairs = [(run.record, foretold) for run in outcome.runs if (foretold := run.of(target))]
    return Chart(
        label(target),
        "text.primary" if target in ("latency", "interval") else resource_token(target),
        tuple(_dot(record, each) for record, each in pairs),
        _band([each for _, each in pairs]),
        _mean_so_far([error(each.shipped.value, each.said) for _, each in pairs]),
        _mean_so_far([error(each.own.value, each.said) for _, each in pairs]),
        f"{_sentence(outcome, target)} {in_force}",
    )


def _dot(record: Record, each: Foretold) -> Dot:
    held = inside(each.own, each.said)
    # Names come from files: behind the first line Qt does not take one for markup.
    words = (
        f"{each.said:,.0f} reported\n"
        f"{each.own.value:,.0f} estimated with the runs before, {each.own.low:,.0f} to {each.own.high:,.0f}\n"
        f"{each.shipped.value:,.0f} as shipped\n{record.name}, {moment(record.when)}"
    )
    return Dot(record.id, each.shipped.value, each.own.value, each.said, held, words)


def _band(foretold: list[Foretold]) -> tuple[float, float] | None:
    """The usual interval over its estimate."""
    ratios = [(each.own.low / each.own.value, each.own.high / each.own.value) for each in foretold if each.own.value]
    if not ratios:
        return None
    low, high = (median(ends) for ends in zip(*ratios, strict=True))
    return (low, high) if low < high else None


def _mean_so_far(errors: list[float]) -> tuple[float, ...]:
    return tuple(total / place for place, total in enumerate(accumulate(errors), start=1))


def _sentence(outcome: Outcome, target: str) -> str:
    each = next(each for each in outcome.targets if each.target == target)
    name = label(target).partition(",")[0]
    if each.n == 1:
        return (
            f"{name}: one report, {each.error_shipped:.0f} % from its estimate. The next run shows whether it helped."
        )
    shipped, own = f"{each.error_shipped:.1f} %", f"{each.error_own:.1f} %"
    held = round(each.inside_own * each.n / 100)
    told = f"{name}: {_count(each.n, 'report')}, on average {shipped} from the estimates as shipped"
    if shipped == own:
        verdict = "; own runs change nothing of that."
    elif each.error_own < each.error_shipped:
        verdict = f", {own} with the runs before each one."
    else:
        verdict = f", but {own} with the runs before each one: they have not helped so far."
    return f"{told}{verdict} {held} of {each.n} lie in their 90 % interval."


def _line(record: Record, replayed: tuple[str, Replayed] | None) -> RunLine:
    facts = (moment(record.when), record.name, record.tool, record.level.value, Family(record.family).label)
    group, run = replayed or ("", None)
    words = "" if run else "Of an earlier estimator: it says nothing of the errors of today's."
    return RunLine(record.id, group, facts, tuple(_figure(record, run, target) for target in TARGETS), words)


def _figure(record: Record, run: Replayed | None, target: str) -> str:
    pair, foretold = record.pairs().get(target), run.of(target) if run else None
    if pair is None:
        return ""
    before = _apart(pair[1], pair[0].value)
    after = _apart(foretold.said, foretold.own.value) if foretold else before
    return before if after == before else f"{before} → {after}"


def _apart(said: float, estimate: float) -> str:
    found = difference(said, estimate)
    return "±0 %" if found in ("+0 %", "−0 %") else found


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
