"""When units begin and end if each starts as soon as it can: a closed form for the latency of one inference.

FINN itself adds up all cycles as if no unit overlapped another, which is the upper bound.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from engine.flows.finn.folded import Folded
from engine.flows.finn.parts import part
from engine.flows.finn.unit import MATRICES, Kind


@dataclass(frozen=True, slots=True)
class Span:
    """Cycles at which a unit gives its first and its last word."""

    first: float
    last: float


def spans(folded: Mapping[str, Folded]) -> dict[str, Span]:
    """When each unit's words come, counted from the first word offered."""
    found: dict[str, Span] = {}
    for name, each in folded.items():
        if each.unit.kind is Kind.INPUT:
            found[name] = Span(0, each.unit.pixels)
            continue
        first = max(found[source].first for source in each.unit.inputs)
        last = max(found[source].last for source in each.unit.inputs)
        cycles, head = part(each).cycles, _head(each)
        began = first + head * max(last - first, cycles)
        found[name] = Span(began, max(last + _tail(each), first + cycles))
    return found


def _head(each: Folded) -> float:
    """Share of its input that a unit needs before it gives anything."""
    unit = each.unit
    if unit.kind is Kind.WINDOW and unit.window is not None:
        return min(unit.window.reach / unit.pixels_in, 1.0)
    if unit.kind in (Kind.GLOBAL_POOL, Kind.LABEL):
        return 1.0
    if unit.kind is Kind.MAX_POOL and unit.window is not None:
        return unit.window.kernel[0] / unit.window.pixels_in[0]
    return 1 / max(unit.pixels, 1) if unit.kind in MATRICES else 0.0


def _tail(each: Folded) -> float:
    """Cycles from its last word in to its last word out."""
    unit = each.unit
    if unit.kind is Kind.GLOBAL_POOL:
        return unit.channels / each.folding.pe
    return part(each).cycles / max(unit.pixels, 1)
