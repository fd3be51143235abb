"""The timeline of a build, as its job handed it back."""

import json
from functools import lru_cache
from typing import Any

from engine.jobs.state import JobState
from engine.jobs.view import JobView
from widgets.timeline import Activity, TimelineView


def has_timeline(view: JobView) -> bool:
    """Whether a job has ended with one."""
    return view.state is JobState.DONE and bool(timeline_of(view).rows)


def timeline_of(view: JobView) -> TimelineView:
    """The timeline of a job; empty for one that has none, or that another version wrote."""
    return _read(view.result_json)


@lru_cache(maxsize=64)
def _read(result_json: str | None) -> TimelineView:
    """Read once: menus ask again at each piece of news."""
    try:
        result = json.loads(result_json or "{}")
        found = result["timeline"]
        rows = tuple(_activity(row) for row in found["modules"])
        return TimelineView(rows, int(found["latency"]), int(found["interval"]), float(result["clock_target"]))
    except (ValueError, KeyError, TypeError):
        return TimelineView()


def _activity(row: dict[str, Any]) -> Activity:
    layers = tuple(str(layer) for layer in row["layers"])
    first = int(row["first"])
    figures = int(row.get("begins", first)), first, int(row["last"]), int(row["words"])
    return Activity(str(row["module"]), layers, *figures)
