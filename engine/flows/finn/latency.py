"""When units begin and end if each starts as soon as it can: a closed form for the latency of one inference.

FINN itself adds up all cycles as if no unit overlapped another, which is the upper bound.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from engine.flows.finn.unit import MATRICES, Kind, Unit


def ends(units: Sequence[Unit], cycles: Mapping[str, Any]) -> Any:
    """Cycle of the last word out, counted from the first word offered; arrays of cycles give an array."""
    first: dict[str, Any] = {}
    last: dict[str, Any] = {}
    end: Any = 0
    for unit in units:
        if unit.kind is Kind.INPUT:
            first[unit.name], last[unit.name] = 0, unit.pixels
            continue
        begins, stops, busy = 0, 0, cycles[unit.name]
        for source in unit.inputs:
            begins, stops = _larger(begins, first[source]), _larger(stops, last[source])
        first[unit.name] = begins + _head(unit) * _larger(stops - begins, busy)
        last[unit.name] = _larger(stops + _tail(unit) * busy, begins + busy)
        end = _larger(end, last[unit.name])
    return end


def _larger(one: Any, other: Any) -> Any:
    if isinstance(one, np.ndarray) or isinstance(other, np.ndarray):
        return np.maximum(one, other)
    return one if one > other else other


def _head(unit: Unit) -> float:
    """Share of its input that a unit needs before it gives anything."""
    if unit.kind is Kind.WINDOW and unit.window is not None:
        return min(unit.window.reach / unit.pixels_in, 1.0)
    if unit.kind in (Kind.GLOBAL_POOL, Kind.LABEL):
        return 1.0
    if unit.kind is Kind.MAX_POOL and unit.window is not None:
        return unit.window.kernel[0] / unit.window.pixels_in[0]
    return 1 / max(unit.pixels, 1) if unit.kind in MATRICES else 0.0


def _tail(unit: Unit) -> float:
    """Share of its cycles from its last word in to its last word out."""
    if unit.kind is Kind.GLOBAL_POOL:
        return 1 / (unit.pixels_in + 1)
    return 1 / max(unit.pixels, 1)
