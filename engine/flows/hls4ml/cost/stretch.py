"""Stretching stated doubt by what was learned of it."""

from dataclasses import replace
from math import exp, log

from engine.estimate import Cost, Quantity
from engine.flows.hls4ml.cost.corrections import Factors

_TARGETS = {"LUT": "lut", "FF": "ff", "DSP": "dsp", "BRAM18": "bram18", "latency": "latency", "interval": "interval"}


def stretched_cost(cost: Cost, widths: Factors) -> Cost:
    """A cost whose intervals hold as often as they say, for networks never seen."""
    if not widths:
        return cost
    return replace(
        cost, **{name: stretched(getattr(cost, name), widths.get(target, 1.0)) for target, name in _TARGETS.items()}
    )


def stretched(quantity: Quantity, stretch: float) -> Quantity:
    """The interval widened or narrowed: upwards in proportion, downwards by ratio, so that it stays above zero.

    What is exact stays so.
    """
    if quantity.exact or stretch == 1:
        return quantity
    ratio = log((max(quantity.low, 0) + 1) / (quantity.value + 1))
    low = (quantity.value + 1) * exp(stretch * ratio) - 1
    high = quantity.value + stretch * (quantity.high - quantity.value)
    return replace(quantity, low=max(min(low, quantity.value), 0.0), high=high)
