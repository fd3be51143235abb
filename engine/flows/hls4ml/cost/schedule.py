"""How a product of constants is cut into clock cycles: its depth, and what waits in registers at each cut.

Products are ready after the time of a multiplier or of a constant's adders; a tree of adders then halves their number
level by level; the largest sum sets the depth. Each clock edge that falls into this holds what is alive there. Delays
in ns were fitted on 46 dense layers (Vivado HLS on UltraScale+, Vitis HLS on 7 series).
"""

from dataclasses import dataclass
from math import floor, log2

from engine.flows.hls4ml.cost.site import Site


@dataclass(frozen=True, slots=True)
class Delays:
    """Time in ns of a product in a DSP slice, of one by a constant in look-up tables, and of an adder.

    `early` before a cycle is full the tool cuts a tree. `slow`: adders take so long that only whole ones share a
    cycle, and a product in a DSP slice, whose operands and product have registers of their own, takes two cycles more
    where it does not fit one.
    """

    multiplier: float
    constant: float
    adder: float
    early: float = 0.0
    slow: bool = False

    def tree(self, budget: float) -> float:
        """Time of an adder in a tree: its share of a cycle where only whole ones fit."""
        return budget / max(floor(budget / self.adder), 1) if self.slow else self.adder

    def waits(self, budget: float) -> int:
        """Cycles more of a product in a DSP slice, in its registers."""
        return 2 if self.slow and self.multiplier > budget else 0


SERIES_7 = Delays(multiplier=3.5, constant=1.5, adder=2.8, slow=True)
ULTRASCALE = Delays(multiplier=1.75, constant=1.0, adder=0.75, early=0.8)


def delays_of(site: Site) -> Delays:
    """Those of the parts of a site."""
    return SERIES_7 if site.series7 else ULTRASCALE


@dataclass(frozen=True, slots=True)
class Schedule:
    """Cycles, and bits held in registers within them."""

    cycles: int
    held_bits: float


def schedule(
    in_dsp: float,
    in_logic: float,
    deepest: float,
    data_bits: int,
    accum_bits: float,
    site: Site,
    slices: float | None = None,
) -> Schedule:
    """The schedule of products in DSP slices and in logic; the largest sum has `deepest` of them.

    `slices` is how many multipliers there are, where products share them.
    """
    delays = delays_of(site)
    products = in_dsp + in_logic
    if not products:
        return Schedule(0, 0.0)
    budget = site.budget_ns / site.slowness
    adder, sliced = delays.tree(budget), in_dsp > 0.02 * products
    first = delays.multiplier if sliced and not delays.slow else delays.constant
    cycles = floor((first + adder * log2(deepest + 1)) / budget) + sliced * delays.waits(budget)
    ready = delays.constant if delays.slow else delays.multiplier
    held = sum(
        [
            count * _alive(cut * budget - delays.early - since, adder, data_bits, accum_bits)
            for cut in range(1, min(cycles, _MOST_CUTS) + 1)
            for count, since in ((in_dsp, ready), (in_logic, delays.constant))
        ]
    )
    if delays.slow and cycles:
        held += (in_dsp if slices is None else slices) * (data_bits + accum_bits)
    return Schedule(cycles, held)


def _alive(since_ready: float, adder: float, data_bits: int, accum_bits: float) -> float:
    """Bits held for one product so long after it was ready."""
    if since_ready < 0:
        return min(data_bits, accum_bits)
    return float(accum_bits * 2 ** (-since_ready / adder))


_MOST_CUTS = 64
