"""Estimates made one by one, as the numbers that a search compares."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from engine.estimate import RESOURCES, Cost, Totals

Array = NDArray[np.float64]


def numbers(cost: Cost) -> Array:
    """Its values in the order of QUANTITIES."""
    values = [*(cost.resource(name).value for name in RESOURCES), cost.latency.value, cost.interval.value]
    return np.array(values, float)


def totals_of(costs: Sequence[Cost]) -> Totals:
    """Several of them, without their intervals."""
    found = np.array([numbers(each) for each in costs]).T
    return Totals(found, found, found)
