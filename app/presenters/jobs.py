"""Jobs as the panel shows them: phase or outcome, percent, time and memory."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

from app.presenters.traces import goes_wrong, is_comparison
from engine.estimate import Tier
from engine.jobs.state import JobState
from engine.jobs.view import JobView
from engine.project import Figures, Run
from engine.training.unfinished import is_cut_short
from widgets.panels.jobs_panel import JobRow
from widgets.panels.report_strip import Reported

_LABELS = {"BRAM18": "BRAM", "latency": "Latency", "interval": "Interval"}
_UNITS = {"latency": "cycles", "interval": "cycles"}


def job_row(view: JobView, estimated: Figures = ()) -> JobRow:
    """One line of the jobs panel; `estimated` is what was estimated for the design which was run."""
    return JobRow(
        view.id,
        view.spec.title,
        str(view.state),
        _detail(view),
        _figures(view),
        view.progress,
        _report(view, estimated),
        layered=is_comparison(view),
        doubtful=goes_wrong(view) or not fits(view),
    )


def fits(view: JobView) -> bool:
    """Whether no tool found that what a finished job has built has no room on its board."""
    return view.state is not JobState.DONE or not _outcome(view.result_json).misfit


def run_row(run: Run, row_id: str) -> JobRow:
    """A run of the ledger that no job of this computer stands for, such as a report found in a folder."""
    title = f"{Tier(run.tier).label}, {run.tool}" if run.tool else Tier(run.tier).label
    detail = f"Report of {moment(run.started)}"
    return JobRow(row_id, title, run.state, detail, report=reported(run.totals, run.estimated), logged=False)


def label(name: str) -> str:
    """A quantity's name with its unit, where it is not counted in pieces: `BRAM`, `Latency, cycles`."""
    plain = _LABELS.get(name, name)
    return f"{plain}, {_UNITS[name]}" if name in _UNITS else plain


def moment(started: str) -> str:
    """`27 Nov 2026, 14:05`, in this computer's time; what is no time stays as it is."""
    try:
        local = datetime.fromisoformat(started).astimezone()
    except (ValueError, OverflowError, OSError):
        return started
    return f"{local.day} {local:%b %Y, %H:%M}"


def reported(
    totals: Iterable[tuple[str, float]], estimated: Figures, names: Mapping[str, str] = _LABELS
) -> tuple[Reported, ...]:
    """What a report said beside the estimate, where both have a figure and one of them is not zero.

    `names` are what to call what is counted.
    """
    known = dict(estimated)
    return tuple(
        Reported(names.get(name, name), value, *known[name])
        for name, value in totals
        if name in known and (value or known[name][0])
    )


def _report(view: JobView, estimated: Figures) -> tuple[Reported, ...]:
    if view.state is not JobState.DONE:
        return ()
    outcome = _outcome(view.result_json)
    return reported(outcome.totals, estimated, {**_LABELS, **outcome.names})


@dataclass(frozen=True, slots=True)
class _Outcome:
    summary: str
    totals: tuple[tuple[str, float], ...] = ()
    misfit: str = ""
    names: Mapping[str, str] = field(default_factory=dict)
    """What its board calls what is counted, where that is not as others do."""


@lru_cache(maxsize=256)
def _outcome(result_json: str | None) -> _Outcome:
    """What a finished job said of itself. Read once: rows are made anew at each piece of news.

    A job of an earlier sitting may be another version's: no folder on disk keeps the window from opening.
    """
    result = json.loads(result_json or "null")
    if not isinstance(result, dict):
        return _Outcome("Done")
    totals = result.get("totals", {})
    figures = totals.items() if isinstance(totals, dict) else ()
    known = tuple((name, value) for name, value in figures if value is not None)
    names = result.get("names", {})
    called = {str(name): str(word) for name, word in names.items()} if isinstance(names, dict) else {}
    return _Outcome(str(result.get("summary", "Done")), known, str(result.get("misfit", "")), called)


def _detail(view: JobView) -> str:
    ended = _ended(view)
    return f"{ended} · Train… can go on with it" if is_cut_short(view) else ended


def _ended(view: JobView) -> str:
    match view.state:
        case JobState.QUEUED:
            return "Waits for the jobs before it"
        case JobState.RUNNING:
            return view.phase or "Starting"
        case JobState.DONE:
            return _outcome(view.result_json).summary
        case JobState.CANCELLED:
            return "Cancelled; its folder is kept"
        case _:
            return view.reason


def _figures(view: JobView) -> str:
    # Long steps at the beginning tell nothing of how far they are: "0 %" for minutes looks as if nothing went on.
    parts = [] if not view.progress or view.state.is_final else [f"{100 * view.progress:.0f} %"]
    if view.started is not None:
        parts.append(f"{spent(view.elapsed)} so far" if not view.state.is_final else f"took {spent(view.elapsed)}")
    if view.progress and not view.state.is_final and view.progress > 0.05:
        parts.append(f"about {_rounded(view.elapsed * (1 / view.progress - 1))} left")
    if view.peak_memory:
        parts.append(f"{view.peak_memory / 1e9:.1f} GB")
    return " · ".join(parts)


def _rounded(seconds: float) -> str:
    """What a forecast can know: `3 min`, `20 s`."""
    if seconds < 55:
        return f"{max(5, 5 * round(seconds / 5))} s"
    hours, minutes = divmod(round(seconds / 60), 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min"


def spent(seconds: float) -> str:
    """`4 min 12 s`, `0.8 s`."""
    if seconds < 10:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
