"""Where the parts of a reuse slider lie, from top to bottom: chart, groove, ticks, labels."""

from widgets import theme
from widgets.inspector.drawn import scaled
from widgets.inspector.model import ReuseView

CHART, CURVE_TOP, CURVE_BOTTOM = 72, 18, 65
THUMB = 8.0
TICK_TOP, TICK = 8, 5
_RAIL_ROOM = 16


def chart_shown(view: ReuseView, mixed: bool) -> bool:
    """Whether there is a chart above the slider; its room is kept while curves are worked out, so nothing jumps."""
    return not mixed and len(view.legal) > 1


def track_height(view: ReuseView, mixed: bool) -> int:
    """Height of chart, slider, ticks and labels."""
    return round(rail_y(view, mixed)) + TICK_TOP + TICK + 2 + theme.current().line("dense")


def rail_y(view: ReuseView, mixed: bool) -> float:
    """Where the slider's groove lies."""
    if mixed:
        return theme.current().line("dense") + THUMB + 2
    return (scaled(CHART) if chart_shown(view, mixed) else 0) + _RAIL_ROOM
