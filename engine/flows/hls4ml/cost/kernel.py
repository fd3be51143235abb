"""The matrix products themselves, as hls4ml's Latency and Resource kernels build them, without what surrounds them."""

from dataclasses import dataclass
from math import ceil, floor, log2

from engine.estimate import Quantity, about, exactly
from engine.flows.hls4ml.cost.arithmetic import dsps, product_luts, rom_bram18, tree_depth
from engine.flows.hls4ml.cost.digits import Digits
from engine.flows.hls4ml.cost.site import Site
from engine.flows.hls4ml.hardware import Folded
from engine.flows.hls4ml.rules import Family, Strategy


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
    """Widths that a kernel works with: of the data, the weights and the accumulator."""

    data: int
    weight: int
    accum: int


def kernel(folded: Folded, bits: Bits, digits: Digits, site: Site) -> Kernel:
    """The products of a layer as the strategy in force builds them."""
    if folded.strategy in (Strategy.LATENCY, Strategy.DISTRIBUTED):
        return latency_kernel(folded, bits, digits, site)
    if folded.reuse_factor == 1:
        return _unfolded(latency_kernel(folded, bits, digits, site), digits)
    return resource_kernel(folded, bits, site)


def latency_kernel(folded: Folded, bits: Bits, digits: Digits, site: Site) -> Kernel:
    """Constants spread into adders and multipliers; a reuse factor shares only the multipliers."""
    reuse, single = folded.reuse_factor, dsps(bits.data, bits.weight, site)
    limit = max(ceil(digits.products / reuse) - floor(digits.zeros / reuse), 1)
    shared = min(digits.multipliers, limit) if reuse > 1 else digits.multipliers
    pipeline = _pipeline_depth(folded, digits, single > 0, site)
    # Sharing took 2 to 4 cycles more on 7 series devices, none on UltraScale+.
    waiting = ceil(digits.multipliers / limit) + (3 if site.series7 else 0) if digits.multipliers > limit else 0
    depth = max(pipeline, waiting)
    interval = min(reuse, depth + 1)
    why = _latency_reason(digits, single > 0, site)
    return Kernel(
        lut=_latency_lut(folded, bits, digits, shared, site),
        ff=_latency_ff(pipeline, shared < digits.multipliers, digits, site, why),
        dsp=_latency_dsp(shared * single, folded, digits, site),
        bram18=exactly(0, "Weights are constants in the logic."),
        depth=_depth(depth, folded, "Multipliers and an adder tree, cut by the clock."),
        interval=Quantity(interval, 1 if reuse == 1 else min(interval, 2), max(reuse, 1), "Pipelined."),
    )


def _latency_ff(pipeline: int, sharing: bool, digits: Digits, site: Site, why: str) -> Quantity:
    """Registers of the pipeline; shared multipliers hold their inputs, about 12.5 flip-flops a product."""
    value = pipeline * (2.2 * digits.nonzero + (5 if site.series7 else 1.8) * digits.multipliers)
    if sharing:
        value = max(value, 12.5 * digits.nonzero)
    return about(value, 0.5, 0.7, why)


def _pipeline_depth(folded: Folded, digits: Digits, in_dsp: bool, site: Site) -> int:
    """Cycles: (multiplier + adder × levels of the tree) / period. Delays in ns, fitted on 18 + 9 layers."""
    fan_in = digits.nonzero / folded.fold.n_out
    multiplier, adder = ((9.7 if in_dsp else 3.0), 2.8) if site.series7 else (2.0, 0.85)
    return floor((multiplier + adder * tree_depth(fan_in)) / site.clock_ns)


def _depth(cycles: int, folded: Folded, why: str) -> Quantity:
    """Right within one cycle in most reports; beyond 4,096 products the tree becomes a chain."""
    chained = folded.fold.products > 4096
    return Quantity(cycles, max(cycles - 1, 0), folded.fold.n_in / 2 if chained else 1.3 * cycles + 1, why)


def _latency_lut(folded: Folded, bits: Bits, digits: Digits, shared: float, site: Site) -> Quantity:
    """Adders for each product, adders inside constants of two digits, and what DSPs leave over."""
    trees, inside, beside = (1.15, 0.87, 0.13) if site.vitis else (1.08, 2.2, 0.27)
    value = bits.accum * (trees * digits.nonzero + beside * digits.multipliers) + inside * bits.data * digits.adders
    if not dsps(bits.data, bits.weight, site):
        value += product_luts(bits.data, bits.weight) * shared
    if folded.reuse_factor > 1:
        value += 0.51 * bits.data * digits.multipliers
    doubt = site.doubt(0.15, 0.35) if digits.known else 0.6
    return about(value, doubt, doubt, _latency_reason(digits, dsps(bits.data, bits.weight, site) > 0, site))


def _latency_dsp(value: float, folded: Folded, digits: Digits, site: Site) -> Quantity:
    if not value:
        return exactly(0, "Products this small take no DSP.")
    below, above = (site.doubt(0.15, 0.25), site.doubt(0.15, 0.3)) if digits.known else (0.5, 0.9)
    most = folded.multipliers * value / max(digits.multipliers, 1)
    found = about(value, below, above, _latency_reason(digits, True, site))
    return Quantity(value, found.low, max(min(found.high, max(most, value)), value), found.reason)


def _latency_reason(digits: Digits, in_dsp: bool, site: Site) -> str:
    where = "DSPs" if in_dsp else "look-up tables"
    if not digits.known:
        return f"Weights unknown: assumed normally distributed, so about {digits.multipliers:,.0f} need {where}."
    return (
        f"{digits.nonzero:,.0f} non-zero weights: {digits.multipliers:,.0f} with three digits or more need {where}, "
        f"{digits.adders:,.0f} an adder ({site.tool})."
    )


def _unfolded(found: Kernel, digits: Digits) -> Kernel:
    """The Resource kernel at reuse factor 1: logic as with Latency, more registers, a new input every second cycle."""
    ff = about(found.ff.value + 8 * digits.multipliers, 0.5, 0.7, found.ff.reason)
    slow = 2 if found.depth.value else 1
    return Kernel(found.lut, ff, found.dsp, found.bram18, found.depth, Quantity(slow, 1, 2, "Resource at factor 1."))


def resource_kernel(folded: Folded, bits: Bits, site: Site) -> Kernel:
    """Weights in memory, one multiplier for every `reuse_factor` of them, and selectors before and behind it."""
    reuse, count = folded.reuse_factor, folded.multipliers
    past_inputs = reuse > folded.fold.n_in
    why = f"{folded.fold.products:,} products / reuse {reuse:,} = {count:,} multipliers"
    return Kernel(
        lut=_select_results(folded, bits, site, why) if past_inputs else _select_inputs(folded, bits, site, why),
        ff=_resource_ff(folded, bits, site, why),
        dsp=_resource_dsp(count, bits, site, why),
        bram18=_weights_bram18(folded, bits),
        depth=Quantity(reuse + 2, reuse + 1, reuse + 9, "One step for each use of a multiplier, and the pipeline."),
        interval=Quantity(reuse, reuse, reuse + 1, "One step for each use of a multiplier."),
    )


def _select_inputs(folded: Folded, bits: Bits, site: Site, why: str) -> Quantity:
    """Reuse up to n_in: input registers, one selector for each n_in / RF, and an adder for each multiplier."""
    reuse, n_in = folded.reuse_factor, folded.fold.n_in
    value = 2 * bits.data * n_in + (270 + bits.data * reuse) * n_in / reuse
    value += 1.2 * bits.accum * folded.multipliers + _small_products(folded.multipliers, bits, site)
    conv = folded.fold.family is not Family.DENSE
    # Where the tool fails to see the selector of a convolution's window, it takes up to six times as much.
    return about(value, 0.45, 1.5 if conv else 0.5, why + ", each with its selector.")


def _select_results(folded: Folded, bits: Bits, site: Site, why: str) -> Quantity:
    """Reuse past n_in: each multiplier adds to one of many results, so that selectors dominate.

    4,690 + 32 n_in + 24 n_out + M·multipliers on 661 reports of 32 to 256 inputs at 16 bits; scaled elsewhere.
    """
    n_in, n_out = folded.fold.n_in, folded.fold.n_out
    fixed = 4690 * min(1.0, folded.fold.products / 1024)
    selector = 5.4 * 2 ** ceil(log2(n_out)) if n_out > 1 else 5.4
    if folded.reuse_factor <= 2 * n_in:
        selector = min(selector, 41.0)
    narrow = 5 * folded.multipliers if bits.weight <= 4 else 0
    value = (fixed + 24 * n_out + selector * folded.multipliers) * bits.accum / 16 + 2 * bits.data * n_in + narrow
    value += _small_products(folded.multipliers, bits, site) if bits.weight > 4 else 0
    seen = 32 <= n_in <= 256 and 32 <= n_out <= 256 and (bits.data, bits.accum) == (16, 16) and not site.vitis
    return about(value, 0.1 if seen else 0.45, 0.1 if seen else 0.6, why + ", each selecting its result.")


def _small_products(count: int, bits: Bits, site: Site) -> float:
    return 0.0 if dsps(bits.data, bits.weight, site) else product_luts(bits.data, bits.weight) * count


def _resource_ff(folded: Folded, bits: Bits, site: Site, why: str) -> Quantity:
    n_in, n_out = folded.fold.n_in, folded.fold.n_out
    if folded.reuse_factor <= n_in:
        tiles = max(dsps(bits.data, bits.weight, site), 1)
        value = 104 + bits.accum * n_out + bits.data * n_in + 45.0 * tiles * folded.multipliers
        return about(value, 0.5, 0.6, why + ", registered inputs and results.")
    each = bits.weight if folded.reuse_factor <= 2 * n_in or bits.weight <= 4 else bits.data
    each = 0 if bits.weight <= 4 and folded.reuse_factor <= 2 * n_in else each
    return about(104 + bits.accum * n_out + each * folded.multipliers, 0.25, 0.5, why + ", registered results.")


def _resource_dsp(count: int, bits: Bits, site: Site, why: str) -> Quantity:
    single = dsps(bits.data, bits.weight, site)
    if not single:
        most = count if site.stream else 0
        return Quantity(0, 0, most, f"{bits.data} × {bits.weight} bits fit look-up tables.")
    value = count * single
    saved = 1 if bits.weight < 8 or single > 1 else 0
    return Quantity(value, max(value - single * saved, 0), value, why + ".")


def _weights_bram18(folded: Folded, bits: Bits) -> Quantity:
    """One memory for the weights, and one for the order of results where the reuse factor passes n_in."""
    reuse, n_in = folded.reuse_factor, folded.fold.n_in
    value = rom_bram18(folded.multipliers * bits.weight, reuse)
    if reuse > n_in and ceil(log2(reuse / n_in)) * reuse >= 1024:
        value += 1
    why = f"{reuse:,} words of {folded.multipliers * bits.weight:,} bits of weights."
    return Quantity(value, max(value - 1, 0), value + 1, why) if value else exactly(0, why)
