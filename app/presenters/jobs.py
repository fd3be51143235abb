"""Jobs as the panel shows them: phase or outcome, percent, time and memory."""

from engine.estimate import RESOURCES, Estimate
from engine.jobs.state import JobState
from engine.jobs.view import JobView
from widgets.panels.jobs_panel import JobRow
from widgets.panels.report_strip import Reported

_LABELS = {"BRAM18": "BRAM", "latency": "Latency", "interval": "Interval"}


def job_row(view: JobView, estimate: Estimate | None = None) -> JobRow:
    """One line of the jobs panel; `estimate` is that of the design which was run."""
    return JobRow(
        view.id,
        view.spec.title,
        str(view.state),
        _detail(view),
        _figures(view),
        view.progress,
        _report(view, estimate),
    )


def _report(view: JobView, estimate: Estimate | None) -> tuple[Reported, ...]:
    """What the job's reports said beside the estimate, where both have a figure."""
    result = view.result if view.state is JobState.DONE else None
    if estimate is None or estimate.refusal or not isinstance(result, dict):
        return ()
    cost = estimate.total
    known = {name: cost.resource(name) for name in RESOURCES} | {"latency": cost.latency, "interval": cost.interval}
    return tuple(
        Reported(_LABELS.get(name, name), value, known[name].value, known[name].low, known[name].high)
        for name, value in result.get("totals", {}).items()
        if name in known and value is not None
    )


def _detail(view: JobView) -> str:
    match view.state:
        case JobState.QUEUED:
            return "Waits for the jobs before it"
        case JobState.RUNNING:
            return view.phase or "Starting"
        case JobState.DONE:
            # A job of an earlier sitting may be another version's: no folder on disk keeps the window from opening.
            result = view.result
            return str(result.get("summary", "Done")) if isinstance(result, dict) else "Done"
        case JobState.CANCELLED:
            return "Cancelled; its folder is kept"
        case _:
            return view.reason


def _figures(view: JobView) -> str:
    parts = [] if view.progress is None or view.state.is_final else [f"{100 * view.progress:.0f} %"]
    if view.started is not None:
        parts.append(f"{spent(view.elapsed)} so far" if not view.state.is_final else f"took {spent(view.elapsed)}")
    if view.progress and not view.state.is_final and view.progress > 0.05:
        parts.append(f"about {spent(view.elapsed * (1 / view.progress - 1))} left")
    if view.peak_memory:
        parts.append(f"{view.peak_memory / 1e9:.1f} GB")
    return " · ".join(parts)


def spent(seconds: float) -> str:
    """`4 min 12 s`, `0.8 s`."""
    if seconds < 10:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
