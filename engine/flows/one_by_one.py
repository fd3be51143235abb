"""Many settings of one design: each is estimated by itself, a few hundred a second."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from math import inf

import numpy as np

from engine.design import Design
from engine.estimate import RESOURCES, Axis, Estimate, Picks, Quantity, Totals, picked

MOST = 5_000
"""Settings that take no longer than half a minute."""

_NEVER = Quantity(inf, inf, inf)


@dataclass(frozen=True, slots=True, eq=False)
class OneByOne:
    """A sweep; what was estimated once is kept."""

    design: Design
    axes: Sequence[Axis]
    estimate: Callable[[Design], Estimate]
    _known: dict[tuple[int, ...], tuple[Quantity, ...]] = field(default_factory=dict)

    def totals(self, picks: Picks) -> Totals:
        """Totals of settings; those that cannot be built fit nowhere."""
        found = [self._of(tuple(row)) for row in picks.tolist()]
        ends = np.array([[(each.value, each.low, each.high) for each in row] for row in found], float)
        value, low, high = ends.T
        return Totals(value, low, high)

    def _of(self, picks: tuple[int, ...]) -> tuple[Quantity, ...]:
        known = self._known.get(picks)
        if known is None:
            estimate = self.estimate(picked(self.design, self.axes, picks))
            total = estimate.total
            numbers = (*(total.resource(name) for name in RESOURCES), total.latency, total.interval)
            known = self._known[picks] = (_NEVER,) * len(numbers) if estimate.refusal else numbers
        return known
