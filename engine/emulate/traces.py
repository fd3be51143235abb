"""What an emulation found, layer by layer, as a value; and where the hardware first goes wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log10
from typing import Any

from engine.emulate.compare import Difference
from engine.precision import FixedType, Overflow, PrecisionError, parse

WRONG = 0.1
"""Relative difference from which a layer counts as wrong: a signal 20 dB above its error."""

_FIGURES = ("max_abs", "mean_abs", "lowest", "highest", "hardware_lowest", "hardware_highest", "beyond")


@dataclass(frozen=True, slots=True)
class LayerTrace:
    """One layer of the user's network: the type of its result, and how far that is from the float network's."""

    name: str
    type: str
    difference: Difference

    @property
    def relative(self) -> float:
        """The relative difference; infinite where the float network yields nothing but 0."""
        return float("inf") if self.difference.relative is None else self.difference.relative

    @property
    def decibels(self) -> float:
        """Signal over quantisation noise, dB; infinite where nothing differs."""
        return -20 * log10(self.relative) if self.relative else float("inf")

    @property
    def wraps(self) -> bool:
        """Whether values beyond the type wrap around instead of being clipped."""
        try:
            found = parse(self.type)
        except PrecisionError:
            return False
        return isinstance(found, FixedType) and found.overflow in (Overflow.WRAP, Overflow.WRAP_SM)


def layer_traces(result: Mapping[str, Any]) -> tuple[LayerTrace, ...]:
    """The layers of an emulate job's result, in network order.

    Raises ValueError for what is no such result, or one of another version.
    """
    try:
        return tuple(_trace(row) for row in result["trace"])
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("This emulation is of another version of the studio; emulate again.") from error


def first_wrong(traces: Sequence[LayerTrace]) -> LayerTrace | None:
    """The first layer in network order that is off by WRONG or more: those behind it may only inherit its error."""
    return next((trace for trace in traces if trace.relative >= WRONG), None)


def likely_cause(trace: LayerTrace) -> str:
    """What the figures of the first wrong layer say about why."""
    if trace.difference.beyond:
        verb = "wrap" if trace.wraps else "are clipped"
        return f"{share_text(trace.difference.beyond)} of its values are beyond its type and {verb}: add integer bits"
    return "no value is beyond its type: look at its sum, weights or tables, and the steps of its result"


def share_text(share: float) -> str:
    """A share of the values as `2.5 %`: never 0 when there are some, nor 100 when there are others."""
    if 0 < share < 0.001:
        return "<0.1 %"
    if 0.9995 <= share < 1:
        return ">99.9 %"
    return f"{100 * share:.3g} %" if share < 9.995 else f"{100 * share:,.0f} %"


def _trace(row: Mapping[str, Any]) -> LayerTrace:
    figures = {key: float(row[key]) for key in _FIGURES}
    relative = row["relative"]
    return LayerTrace(
        str(row["name"]),
        str(row["type"]),
        Difference(relative=None if relative is None else float(relative), **figures),
    )
