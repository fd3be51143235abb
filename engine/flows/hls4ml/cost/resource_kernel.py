"""Weights in memory: a loop over the products that shares its multipliers."""

from functools import partial
from math import ceil, log2

from engine.estimate import Quantity, exactly
from engine.flows.hls4ml.cost.arithmetic import dsps, product_luts, rom_bram18, takes_dsp
from engine.flows.hls4ml.cost.products import CARRIED, Bits, Kernel
from engine.flows.hls4ml.cost.site import Site
from engine.flows.hls4ml.hardware import Folded
from engine.flows.hls4ml.rules import Family


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
    each = min(bits.accum, bits.product + CARRIED)
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
