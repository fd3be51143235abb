"""What each variant of a built layer costs, as arrays to look it up in. The estimator itself judges each variant."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.estimate import Quantity
from engine.flows.hls4ml.cost.live import Live
from engine.flows.hls4ml.cost.piece import Piece
from engine.flows.hls4ml.cost.site import Site
from engine.flows.hls4ml.cost.totals import in_steps
from engine.flows.hls4ml.estimator import built_piece
from engine.flows.hls4ml.rules import Strategy
from engine.flows.hls4ml.sweep.variants import Variants
from engine.network import TensorStore

RESOURCES = 4
"""Rows of LUT, FF, DSP and RAMB18 in each of the blocks below."""
VALUE, BELOW, ABOVE = (slice(block * RESOURCES, (block + 1) * RESOURCES) for block in range(3))
"""Values, and how far the ends of their intervals are away."""
LATENCY, INTERVAL = slice(12, 15), slice(15, 18)
"""Value, low and high, in cycles."""
FILL = 18

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """A built layer's costs: rows as named above, a column for each variant; by whether the design is one pipeline."""

    variants: Variants
    owner: int
    """Number of the user's layer that it counts to."""
    costs: dict[bool, Array]
    in_steps: NDArray[np.bool_]
    """Variants that keep the design from being one pipeline."""
    unrolled: NDArray[np.bool_]
    reuse_factor: Array

    @property
    def multiplies(self) -> bool:
        """Whether it folds products."""
        return bool(self.variants.units[0].folded)


def table_of(
    variants: Variants,
    owner: int,
    site: Site,
    tensors: TensorStore | None,
    behind: tuple[int, tuple[int, ...]],
    live: Live | None,
) -> Table:
    """Judge all variants of a built layer."""
    units = variants.units
    styles = (False,) if site.stream else (False, True)
    costs = {
        style: np.array(
            [_column(built_piece(unit, site, tensors, behind, style, live)) for unit in units], np.float64
        ).T
        for style in styles
    }
    return Table(
        variants,
        owner,
        {style: np.ascontiguousarray(columns) for style, columns in costs.items()},
        np.array([in_steps(unit) for unit in units]),
        np.array([any(each.strategy is Strategy.UNROLLED for each in unit.folded) for unit in units]),
        np.array([max((each.reuse_factor for each in unit.folded), default=1) for unit in units], np.float64),
    )


def _column(piece: Piece) -> list[float]:
    cost = piece.cost
    resources = (cost.lut, cost.ff, cost.dsp, cost.bram18)
    return [
        *(each.value for each in resources),
        *(each.value - each.low for each in resources),
        *(each.high - each.value for each in resources),
        *_ends(cost.latency),
        *_ends(cost.interval),
        piece.fill,
    ]


def _ends(quantity: Quantity) -> tuple[float, float, float]:
    return quantity.value, quantity.low, quantity.high
