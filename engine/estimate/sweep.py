"""Many settings of one network at once: which layers vary, and the totals of each setting as arrays."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from engine.design import Design, Settings, set_on_layers
from engine.estimate.quantity import RESOURCES

QUANTITIES = (*RESOURCES, "latency", "interval")
"""Rows of the arrays in `Totals`; latency and interval in clock cycles."""

Picks = NDArray[np.intp]
"""Settings as numbers of candidates: one row a setting, one column an axis."""


class SweepError(ValueError):
    """What cannot be evaluated at once; the message says why."""


@dataclass(frozen=True, slots=True)
class Axis:
    """A layer that varies; each candidate is what is set on it, beside what is set already."""

    layer: str
    candidates: tuple[Settings, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Totals:
    """What designs cost in total: arrays of shape (len(QUANTITIES), settings), with the ends of the intervals."""

    value: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]

    def of(self, quantity: str) -> NDArray[np.float64]:
        """Values of one of QUANTITIES, one for each setting."""
        found: NDArray[np.float64] = self.value[QUANTITIES.index(quantity)]
        return found


class Sweep(Protocol):
    """A network prepared for the evaluation of settings; equal to estimates one by one, to float rounding."""

    def totals(self, picks: Picks) -> Totals:
        """Totals of settings."""
        ...


def combinations(axes: Sequence[Axis]) -> int:
    """How many settings there are."""
    return prod(len(axis.candidates) for axis in axes)


def picks_of(axes: Sequence[Axis], numbers: NDArray[np.intp]) -> Picks:
    """The settings of these numbers, of all combinations in order; the last axis varies first."""
    if not axes:
        return np.zeros((len(numbers), 0), np.intp)
    return np.stack(np.unravel_index(numbers, [len(axis.candidates) for axis in axes]), axis=1)


def picked(design: Design, axes: Sequence[Axis], picks: Sequence[int]) -> Design:
    """A design with one candidate of each axis."""
    for axis, pick in zip(axes, picks, strict=True):
        for key, value in axis.candidates[pick].items:
            design = set_on_layers(design, (axis.layer,), key, value)
    return design
