"""Integer thresholds of an activation: found by asking the very function that they replace, so they are exact."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from engine.flows.finn.streamline.grid import Array, Grid

Chain = Callable[[Array], Array]
"""What is computed of sums (…, channels) up to the activation's result, channel by channel; rises or falls in each."""


@dataclass(frozen=True, slots=True, eq=False)
class Thresholds:
    """A result is `grid.low` plus `stride` for each threshold that the sum has reached: (levels, channels).

    Of channels whose `signs` are −1 the sum is taken negative: their function falls.
    """

    values: Array
    signs: Array
    grid: Grid
    stride: int

    def __call__(self, found: Array) -> Array:
        """Whole results of whole sums (…, channels)."""
        signed = found * self.signs
        counts = np.zeros(found.shape)
        for row in self.values:
            counts += signed >= row
        return self.grid.low + self.stride * counts


def thresholds(chain: Chain, low: Array, high: Array, step: float, grid: Grid) -> Thresholds:
    """Of sums between `low` and `high`, one entry each a channel, that count `step`; `grid` is that of the results."""
    stride = grid.high - grid.low if grid.bits == 1 and grid.low < 0 else 1
    levels = np.arange(grid.low + stride, grid.high + 1, stride)

    def result(whole: Array) -> Array:
        counted: Array = np.rint(chain(whole * step) / grid.step)
        return counted

    ends = result(np.stack([low, high]))
    signs = np.where(ends[1] < ends[0], -1.0, 1.0)
    least, most = np.where(signs < 0, -high, low), np.where(signs < 0, -low, high)
    below = np.tile(least - 1, (len(levels), 1))
    reached = np.tile(most + 1, (len(levels), 1))
    # The first sum that reaches a level lies in (below, reached]; past the last sum for those never reached.
    while (reached - below > 1).any():
        middle = np.floor((below + reached) / 2)
        there = result(middle * signs) >= levels[:, None]
        wide = reached - below > 1
        reached = np.where(wide & there, middle, reached)
        below = np.where(wide & ~there, middle, below)
    return Thresholds(reached, signs, grid, stride)
