"""Weights as constants in the logic: adders and multipliers, cut into stages by the clock."""

from math import ceil, floor

from engine.estimate import Quantity, exactly
from engine.flows.hls4ml.cost.arithmetic import dsps, product_luts
from engine.flows.hls4ml.cost.digits import Digits
from engine.flows.hls4ml.cost.products import Bits, Kernel
from engine.flows.hls4ml.cost.schedule import Schedule, delays_of, schedule
from engine.flows.hls4ml.cost.site import Site
from engine.flows.hls4ml.hardware import Folded
from engine.flows.hls4ml.rules import Family, chained_cycles


def latency_kernel(folded: Folded, bits: Bits, digits: Digits, site: Site) -> Kernel:
    """Constants spread into adders and multipliers; a reuse factor shares only the multipliers."""
    reuse, single = folded.reuse_factor, dsps(bits.data, bits.weight, site)
    limit = max(ceil(digits.products / reuse) - floor(digits.zeros / reuse), 1)
    multiplied = multiplied_constants(digits, site) if single else digits.multipliers
    shared = min(multiplied, limit) if reuse > 1 else multiplied
    planned = _planned(folded, bits, digits, shared, site)
    # Where inputs come seldom, the tool takes a cycle more for what takes one at all.
    turns = ceil(digits.multipliers / limit)
    waiting = turns - 1 + _behind(bits, reuse, site, in_dsp=single > 0) if turns > 1 else 0
    cycles = max(planned.cycles + (reuse > 2 and planned.cycles > 0), waiting)
    depth = _depth(cycles, folded, "Multipliers and an adder tree, cut by the clock.")
    interval = min(reuse, depth.value + 1)
    why, sharing = _latency_reason(digits, single > 0, site), _sharing(reuse, limit, digits)
    return Kernel(
        lut=_latency_lut(bits, digits, shared, sharing, site, why),
        ff=_latency_ff(folded, bits, planned, sharing, digits, site, why),
        dsp=_latency_dsp(shared, single, folded, digits, site, why),
        bram18=exactly(0, "Weights are constants in the logic."),
        depth=depth,
        interval=Quantity(interval, 1 if reuse == 1 else min(interval, 2), max(reuse, 1), "Pipelined."),
    )


def multiplied_constants(digits: Digits, site: Site) -> float:
    """Constants that take a multiplier: elevens are built of adders, unless DSP slices were asked for."""
    return digits.multipliers - (0.0 if site.multipliers else digits.elevens)


def _behind(bits: Bits, reuse: int, site: Site, *, in_dsp: bool) -> int:
    """Cycles from the turn of the last product at a shared multiplier to the end of the sums.

    On 7 series devices 3, or 1 where the product is small, and what a DSP slice takes more there; on UltraScale+ 2
    (Vitis HLS: 1), and none at factor 2.
    """
    if not site.series7:
        return 0 if reuse == 2 else 1 if site.vitis else 2
    if in_dsp:
        return 3 + delays_of(site).waits(site.budget_ns / site.slowness)
    return 1 if bits.data * bits.weight <= _QUICK else 3


_QUICK = 36
"""Bits of one factor times bits of the other up to which a product in look-up tables leaves time for a sum."""


def _sharing(reuse: int, limit: int, digits: Digits) -> float:
    """Products that share a multiplier with others."""
    extra = max(digits.multipliers - limit, 0.0)
    return min(extra * reuse / (reuse - 1), digits.multipliers) if extra else 0.0


def _planned(folded: Folded, bits: Bits, digits: Digits, shared: float, site: Site) -> Schedule:
    in_dsp = multiplied_constants(digits, site) if dsps(bits.data, bits.weight, site) else 0.0
    # A depthwise window's products go to a sum for each channel.
    depthwise = folded.fold.family is Family.DEPTHWISE
    deepest = digits.nonzero / folded.fold.n_out if depthwise else digits.deepest
    # A recurrent cell works step by step: its operands stand still meanwhile.
    data = 0 if folded.fold.family is Family.RECURRENT else bits.data
    return schedule(in_dsp, max(digits.nonzero - in_dsp, 0.0), deepest, data, bits.sums(digits, site), site, shared)


def _latency_ff(
    folded: Folded, bits: Bits, planned: Schedule, sharing: float, digits: Digits, site: Site, why: str
) -> Quantity:
    """What the schedule holds; a new input every other cycle lets registers be shared, waiting for a shared
    multiplier takes about 0.8 of every product's bits, less where few share."""
    reuse = folded.reuse_factor
    held = planned.held_bits * (1.0 if reuse == 1 else 0.75)
    terms = {"held between cycles": held}
    if sharing:
        waiting = (1 - 1 / reuse) ** 2 * (sharing / digits.multipliers)
        terms["held for shared multipliers"] = max(0.78 * bits.accum * digits.nonzero - held, 0.0) * waiting
    if planned.cycles and site.series7:
        terms["results"] = float(bits.accum * folded.fold.n_out)
    return site.ff(terms, *_ff_doubt(digits), why)


def _depth(cycles: int, folded: Folded, why: str) -> Quantity:
    """Right within one cycle in most reports."""
    chain = chained_cycles(folded.fold)
    if chain > cycles:
        return Quantity(chain, cycles, max(folded.fold.n_in / 2, chain), why)
    return Quantity(cycles, max(cycles - 1, 0), 1.3 * cycles + 1, why)


def _latency_lut(bits: Bits, digits: Digits, shared: float, sharing: float, site: Site, why: str) -> Quantity:
    """Adders for each product, adders inside constants of two digits, and what DSPs leave over."""
    in_dsp = dsps(bits.data, bits.weight, site) > 0
    terms = _adders(bits, digits, site)
    terms["beside multipliers"] = 0.27 * bits.accum * shared
    if not in_dsp:
        terms["products in look-up tables"] = product_luts(bits.data, bits.weight) * shared
    if sharing:
        terms["operands of shared multipliers"] = 0.6 * bits.data * sharing
    return site.lut(terms, *_lut_doubt(digits, site), why)


def _lut_doubt(digits: Digits, site: Site) -> tuple[float, float]:
    """Weights that nobody knows may be pruned, or have more digits than assumed."""
    doubt = site.doubt(0.15, 0.35)
    return (doubt, doubt) if digits.known else (0.6, 1.0)


def _ff_doubt(digits: Digits) -> tuple[float, float]:
    return (0.4, 0.5) if digits.known else (0.65, 1.2)


def _adders(bits: Bits, digits: Digits, site: Site) -> dict[str, float]:
    """An adder of the accumulator's width for each product, one of the data's width for constants of two digits."""
    inside = 0.87 if site.vitis else 2.2
    adders = digits.adders
    if dsps(bits.data, bits.weight, site):
        adders += 2 * (digits.multipliers - multiplied_constants(digits, site))
    trees = 1.1 * bits.sums(digits, site) * digits.nonzero
    return {"adder trees": trees, "adders in constants": inside * bits.data * adders}


def _latency_dsp(shared: float, single: int, folded: Folded, digits: Digits, site: Site, why: str) -> Quantity:
    """One multiplier for each constant of three digits or more, within a few where weights are known."""
    value = shared * single
    if not shared:
        return exactly(0, "No constant needs a multiplier.")
    if not single:
        # Vivado HLS never did otherwise in 200 reports; what Vitis HLS does by itself was not seen.
        most = shared if site.vitis and not site.multipliers else 0
        return Quantity(0, 0, most, "Products in look-up tables." if site.multipliers else "Too small for DSPs.")
    doubt = site.doubt(0.15, 0.25) if digits.known else 0.7
    slack = doubt * value + 2
    most = max(folded.multipliers * value / max(digits.multipliers, 1), value)
    return Quantity(value, max(value - slack, 0), min(value + slack, most), why)


def _latency_reason(digits: Digits, in_dsp: bool, site: Site) -> str:
    where = "DSPs" if in_dsp else "look-up tables"
    if not digits.known:
        return f"Weights unknown: assumed normally distributed, so about {digits.multipliers:,.0f} need {where}."
    return (
        f"{digits.nonzero:,.0f} non-zero weights: {digits.multipliers:,.0f} with three digits or more need {where}, "
        f"{digits.adders:,.0f} an adder ({site.tool})."
    )


def unfolded_kernel(folded: Folded, bits: Bits, digits: Digits, site: Site) -> Kernel:
    """The Resource kernel at reuse factor 1: as Latency, but sums begin in the multipliers, whose operands are held."""
    found = latency_kernel(folded, bits, digits, site)
    in_dsp = dsps(bits.data, bits.weight, site) > 0
    terms = _adders(bits, digits, site)
    if not in_dsp:
        terms["products in look-up tables"] = product_luts(bits.data, bits.weight) * digits.multipliers
    lut = site.lut(terms, *_lut_doubt(digits, site), found.lut.reason)
    logic = max(digits.nonzero - (digits.multipliers if in_dsp else 0), 0.0)
    deepest = digits.deepest * logic / max(digits.nonzero, 1)
    planned = schedule(0, logic, deepest, bits.data, bits.sums(digits, site), site)
    held = {
        "held between cycles": planned.held_bits,
        "operands of multipliers": 0.5 * bits.data * digits.multipliers,
    }
    ff = site.ff(held, *_ff_doubt(digits), found.ff.reason)
    slow = 2 if found.depth.value else 1
    return Kernel(lut, ff, found.dsp, found.bram18, found.depth, Quantity(slow, 1, 2, "Resource at factor 1."))
