"""When the words of one frame move through each module of a design."""

from widgets.timeline.table import TimelineTable
from widgets.timeline.view import Activity, TimelineView

__all__ = ["Activity", "TimelineTable", "TimelineView"]
