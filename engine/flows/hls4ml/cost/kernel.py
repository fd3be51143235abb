"""The matrix products themselves, as hls4ml's Latency and Resource kernels build them, without what surrounds them."""

from dataclasses import dataclass
from functools import partial
from math import ceil, floor, log2

from engine.estimate import Quantity, exactly
from engine.flows.hls4ml.cost.arithmetic import dsps, product_luts, rom_bram18, takes_dsp
from engine.flows.hls4ml.cost.digits import Digits
from engine.flows.hls4ml.cost.schedule import Schedule, delays_of, schedule
from engine.flows.hls4ml.cost.site import Site
from engine.flows.hls4ml.hardware import Folded
from engine.flows.hls4ml.rules import Family, Strategy, chained_cycles
from engine.precision import FixedType


@dataclass(frozen=True, slots=True)
class Kernel:
    """Resources of a matrix product; `depth` cycles from its inputs to its results, a new set every `interval`."""

    lut: Quantity
    ff: Quantity
    dsp: Quantity
    bram18: Quantity
    depth: Quantity
    interval: Quantity


@dataclass(frozen=True, slots=True)
class Bits:
    """Widths that a kernel works with: of the data, the weights, the accumulator, and of the largest product as it is
    added."""

    data: int
    weight: int
    accum: int
    product: int
    whole: bool = False
    """Whether the accumulator keeps every fraction bit of a product, so that nothing stands between the two."""
    signs: bool = False
    """Whether a weight chooses the value, its negative or nothing: hls4ml's binary and ternary products."""

    def sums(self, digits: Digits, site: Site) -> float:
        """Mean width of the sums in a tree; Vivado HLS keeps products by small constants narrow and sums them first."""
        unused = max(self.weight - digits.size, 0) if digits.size and not site.vitis else 0.0
        return max(min(self.accum, self.product - unused + _CARRIED), 1.0)


_CARRIED = 1.5
"""Mean bits that sums gain on the way through a tree."""


def bits_of(data: FixedType, weight: FixedType, accum: FixedType) -> Bits:
    """Widths of a product of two types that goes into an accumulator."""
    product = data.integer + weight.integer + min(data.fraction + weight.fraction, accum.fraction)
    whole = data.fraction + weight.fraction <= accum.fraction
    signs = weight.width == 1 or (weight.width, weight.integer, weight.signed) == (2, 2, True)
    return Bits(data.width, weight.width, accum.width, max(product, 1), whole, signs)


def kernel(folded: Folded, bits: Bits, digits: Digits, site: Site, *, rewinds: bool = True) -> Kernel:
    """The products of a layer as the strategy in force builds them.

    `rewinds`: whether Resource's loop over the products begins anew without a pause, for which it keeps its inputs.
    """
    if folded.strategy in (Strategy.LATENCY, Strategy.DISTRIBUTED):
        return latency_kernel(folded, bits, digits, site)
    if folded.reuse_factor == 1:
        return _unfolded(folded, bits, digits, site)
    return resource_kernel(folded, bits, site, rewinds=rewinds)


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


def _unfolded(folded: Folded, bits: Bits, digits: Digits, site: Site) -> Kernel:
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


def resource_kernel(folded: Folded, bits: Bits, site: Site, *, rewinds: bool = True) -> Kernel:
    """Weights in memory, one multiplier for every `reuse_factor` of them, and selectors before and behind it."""
    reuse, count = folded.reuse_factor, folded.multipliers
    past_inputs = reuse > folded.fold.n_in
    # Narrow products that are selected at once are ready a cycle earlier: exact on 661 reports.
    steps = reuse + (1 if past_inputs and reuse <= 2 * folded.fold.n_in and bits.weight <= _NARROW else 2)
    why = f"{folded.fold.products:,} products / reuse {reuse:,} = {count:,} multipliers"
    select = _select_results if past_inputs else partial(_select_inputs, rewinds=rewinds)
    return Kernel(
        lut=select(folded, bits, site, why),
        ff=_resource_ff(folded, bits, site, why, rewinds=rewinds),
        dsp=_resource_dsp(folded, bits, site, why),
        bram18=_weights_bram18(folded, bits),
        depth=Quantity(steps, reuse + 1, reuse + 9, "One step for each use of a multiplier, and the pipeline."),
        interval=Quantity(reuse, reuse, reuse + 1, "One step for each use of a multiplier."),
    )


_NARROW = 4
"""Bits of weights whose products are no more than selected and shifted."""


def _select_inputs(folded: Folded, bits: Bits, site: Site, why: str, *, rewinds: bool) -> Quantity:
    """Reuse up to n_in: what the loop over the products keeps, what selects its inputs, products and their sums."""
    fold, count = folded.fold, folded.multipliers
    each = min(bits.accum, bits.product + _CARRIED)
    sums = max(each, _SMALLEST_SUM) + (_WIDE_SUM if each > 16 else 0)
    terms = {
        # A sum within a DSP slice takes no logic.
        "accumulators": sums * (count - _fused(folded, bits, site)),
        "products in look-up tables": _small_products(folded, bits, site),
        "result registers": 18.0 * fold.n_out,
    }
    if site.stream:
        terms["stream control"] = 500.0
    terms["input selectors"] = _input_selectors(folded, bits, site)
    if rewinds:
        terms["input registers"] = 24.0 * fold.n_in + 15.0 * (fold.n_in - folded.reuse_factor)
    return site.lut(terms, *((0.5, 1.5) if site.stream else (0.45, 0.5)), why + ", with selectors before them.")


_SMALLEST_SUM = 15.0
"""Look-up tables that C synthesis books for a sum of up to 15 bits."""
_WIDE_SUM = 7
"""Look-up tables that it books beside one a bit for a sum of more than 16."""
_SELECTABLE = 128
"""Inputs that a selector of Vivado HLS has at most."""


def _input_selectors(folded: Folded, bits: Bits, site: Site) -> float:
    """C synthesis books a selector of up to 128 inputs with 53 look-up tables for up to 8 bits, 273 for up to 16 and
    337 for 32, however many inputs it has.

    In a stream each multiplier has one of its own over all inputs; a window of which each product takes the next value
    in order has one for all. Past 128 inputs all but the first `reuse` are chosen one by one, once for all outputs. So
    seven detailed reports of four repositories list it. In io_parallel outputs share them, by how five layers add up.
    """
    reuse, n_in = folded.reuse_factor, folded.fold.n_in
    in_order = reuse == n_in and folded.fold.family is not Family.DENSE
    selector = 53.0 if bits.data <= 8 else 273.0 if bits.data <= 16 else 337.0
    if n_in > _SELECTABLE:
        return selector + bits.data * (n_in - reuse) + 11.0 * reuse
    return selector * (folded.multipliers if site.stream and not in_order else max(n_in // reuse, 1))


def _select_results(folded: Folded, bits: Bits, site: Site, why: str) -> Quantity:
    """Reuse past n_in: each multiplier adds to one of many results, so that selectors dominate.

    4,690 + 32 n_in + 24 n_out + M·multipliers on 661 reports of 32 to 256 inputs at 16 bits; scaled elsewhere.
    """
    n_in, n_out, count = folded.fold.n_in, folded.fold.n_out, folded.multipliers
    selector = 5.4 * 2 ** ceil(log2(n_out)) if n_out > 1 else 5.4
    if folded.reuse_factor <= 2 * n_in:
        selector = min(selector, 41.0)
    if folded.fold.family is Family.RECURRENT:
        selector = min(selector, 700.0)
    share = bits.accum / 16
    terms = {
        "index and control": 4690 * min(1.0, folded.fold.products / 1024) * share,
        "result registers": 24 * n_out * share,
        "result selectors": selector * count * share,
        "input registers": 2.0 * bits.data * n_in,
        "narrow products": 5.0 * count if bits.weight <= _NARROW else 0.0,
        "products in look-up tables": _small_products(folded, bits, site) if bits.weight > _NARROW else 0.0,
    }
    seen = 32 <= n_in <= 256 and 32 <= n_out <= 256 and (bits.data, bits.accum) == (16, 16) and not site.vitis
    return site.lut(terms, 0.1 if seen else 0.45, 0.1 if seen else 0.6, why + ", each selecting its result.")


def _small_products(folded: Folded, bits: Bits, site: Site) -> float:
    """Products by weights out of a memory: Vivado HLS books 13 look-up tables for 4 × 4 bits and 40 for 8 × 8."""
    if dsps(bits.data, bits.weight, site):
        return 0.0
    vivado = 0.5625 * bits.data * bits.weight + 4
    each = product_luts(bits.data, bits.weight) if site.vitis else vivado
    return each * (folded.multipliers - _fused(folded, bits, site))


def _resource_ff(folded: Folded, bits: Bits, site: Site, why: str, *, rewinds: bool) -> Quantity:
    """A loop that keeps its inputs holds each twice, and a stream's are gathered before it."""
    n_in, n_out, count = folded.fold.n_in, folded.fold.n_out, folded.multipliers
    if folded.reuse_factor <= n_in:
        tiles = max(dsps(bits.data, bits.weight, site), 1)
        terms = {
            "control": 104.0,
            "result registers": float(bits.accum * n_out),
            "input registers": (2.0 + site.stream if rewinds else 1.5) * bits.data * n_in,
            "operands of multipliers": 1.8 * (bits.data + bits.weight) * tiles**0.75 * count,
        }
        return site.ff(terms, 0.5, 0.6, why + ", registered inputs and results.")
    each = bits.weight if folded.reuse_factor <= 2 * n_in or bits.weight <= _NARROW else bits.data
    each = 0 if bits.weight <= _NARROW and folded.reuse_factor <= 2 * n_in else each
    terms = {"control": 104.0, "selected results": float(bits.accum * n_out + each * count)}
    return site.ff(terms, 0.25, 0.5, why + ", registered results.")


def _resource_dsp(folded: Folded, bits: Bits, site: Site, why: str) -> Quantity:
    count, single = folded.multipliers, dsps(bits.data, bits.weight, site)
    if not single:
        fused = _fused(folded, bits, site)
        if not fused:
            return exactly(0, f"{bits.data} × {bits.weight} bits fit look-up tables.")
        return Quantity(fused, 0, count, f"{count:,} products, in pairs multiplied and added within a DSP.")
    # Two slices fewer where a product takes four: seven layers of one design.
    value = count * single - (2 if single >= 4 else 0)
    saved = 1 if bits.weight < 8 or single > 1 else 0
    return Quantity(value, max(value - single * saved, 0), count * single, why + ".")


def uses_dsp(bits: Bits, site: Site) -> bool:
    """Whether DSP slices work on the products of a folded layer."""
    return takes_dsp(bits.data, bits.weight, site) or _adds_in_dsp(bits, site)


def _adds_in_dsp(bits: Bits, site: Site) -> bool:
    return bits.whole and not bits.signs and not site.multipliers


def _fused(folded: Folded, bits: Bits, site: Site) -> int:
    """DSP slices that multiply small products and add them, where nothing is dropped in between.

    An output's products are summed in pairs, and of each pair one is added within its slice; a single one is paired
    with the accumulator. Exact on four layers of 4 bits; with an accumulator that drops bits eleven layers took none.
    """
    if dsps(bits.data, bits.weight, site) or not _adds_in_dsp(bits, site):
        return 0
    each = max(folded.fold.n_in // folded.reuse_factor, 1)
    return ceil(folded.multipliers / each) * ceil(each / 2)


def _weights_bram18(folded: Folded, bits: Bits) -> Quantity:
    """One memory for the weights, and one for the order of results where the reuse factor passes n_in."""
    reuse, n_in = folded.reuse_factor, folded.fold.n_in
    value = rom_bram18(folded.multipliers * bits.weight, reuse)
    if reuse > n_in and ceil(log2(reuse / n_in)) * reuse >= 1024:
        value += 1
    why = f"{reuse:,} words of {folded.multipliers * bits.weight:,} bits of weights."
    return Quantity(value, max(value - 1, 0), value + 1, why) if value else exactly(0, why)
