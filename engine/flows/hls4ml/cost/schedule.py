"""How a product of constants is cut into clock cycles: its depth, and what waits in registers at each cut.

Products are ready after the time of a multiplier or of a constant's adders; a tree of adders then halves their number
level by level. Each clock edge that falls into this holds what is alive there. Delays in ns were fitted on 46 dense
layers (Vivado HLS on UltraScale+, Vitis HLS on 7 series).
"""

from dataclasses import dataclass
from math import floor, log2

from engine.flows.hls4ml.cost.site import Site


@dataclass(frozen=True, slots=True)
class Delays:
    """Time in ns of a product in a DSP slice, of one by a constant in look-up tables, and of an adder.

    `early` before a cycle is full the tool cuts a tree. `registered`: a DSP slice's operands and product are held in
    registers of their own.
    """

    multiplier: float
    constant: float
    adder: float
    early: float = 0.0
    registered: bool = False


SERIES_7 = Delays(multiplier=5.0, constant=2.9, adder=2.8, registered=True)
ULTRASCALE = Delays(multiplier=1.75, constant=1.1, adder=0.75, early=0.8)


@dataclass(frozen=True, slots=True)
class Schedule:
    """Cycles, and bits held in registers within them."""

    cycles: int
    held_bits: float


def schedule(
    in_dsp: float,
    in_logic: float,
    outputs: int,
    data_bits: int,
    accum_bits: float,
    site: Site,
    slices: float | None = None,
) -> Schedule:
    """The schedule of products in DSP slices and in logic that are summed up to some outputs.

    `slices` is how many multipliers there are, where products share them.
    """
    delays = SERIES_7 if site.series7 else ULTRASCALE
    products = in_dsp + in_logic
    if not products:
        return Schedule(0, 0.0)
    budget, levels = site.budget_ns / site.slowness, log2(products / max(outputs, 1) + 1)
    first = delays.multiplier if in_dsp > 0.02 * products else delays.constant
    cycles = floor((first + delays.adder * levels) / budget)
    ready = delays.constant if delays.registered else delays.multiplier
    held = sum(
        [
            count * _alive(cut * budget - delays.early - since, delays.adder, data_bits, accum_bits)
            for cut in range(1, min(cycles, _MOST_CUTS) + 1)
            for count, since in ((in_dsp, ready), (in_logic, delays.constant))
        ]
    )
    if delays.registered and cycles:
        held += (in_dsp if slices is None else slices) * (data_bits + accum_bits)
    return Schedule(cycles, held)


def _alive(since_ready: float, adder: float, data_bits: int, accum_bits: float) -> float:
    """Bits held for one product so long after it was ready."""
    if since_ready < 0:
        return min(data_bits, accum_bits)
    return float(accum_bits * 2 ** (-since_ready / adder))


_MOST_CUTS = 64
