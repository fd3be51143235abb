"""What the slider of reuse factors says in words."""

from widgets.inspector.model import ReuseView
from widgets.inspector.reuse_chart import curves_known
from widgets.inspector.words import grouped, plural


def explained(view: ReuseView, position: int) -> str:
    """What one legal value would give, for a tool tip; `position` counts legal values from 0."""
    parts = [f"Reuse factor {grouped(view.legal[position])}"]
    if len(view.multipliers) == len(view.legal):
        parts.append(plural(view.multipliers[position], "multiplier"))
    if curves_known(view):
        parts.append(f"interval {grouped(view.intervals[position])} cycles")
    if len(view.amounts) == len(view.legal):
        parts.append(f"{grouped(view.amounts[position])} {view.resource}")
    if view.suggestion == view.legal[position] and view.suggestion_text:
        parts.append(view.suggestion_text)
    return "<br>".join(parts)


def described(view: ReuseView) -> str:
    """Value and range of the slider, for screen readers."""
    legal = plural(len(view.legal), "legal value")
    if len(view.values) == 1:
        return f"{grouped(view.values[0].value)}; {legal} from {grouped(view.legal[0])} to {grouped(view.legal[-1])}"
    held = ", ".join(f"{grouped(each.value)} in {plural(each.layers, 'layer')}" for each in view.values)
    return f"Mixed: {held}; {legal}. Arrows move all to one value; with Shift they scale together."
