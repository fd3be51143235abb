"""Activations: comparisons, tables, hard functions and softmax."""

from math import ceil, floor, log2

from engine.estimate import ZERO, Cost, Quantity, exactly
from engine.flows.hls4ml.choices import IMPLEMENTATION, TABLE_SIZE
from engine.flows.hls4ml.class_names import step_levels
from engine.flows.hls4ml.cost.arithmetic import cast_luts, comparison_luts, dsps, product_luts, rom_bram18
from engine.flows.hls4ml.cost.piece import Job, Piece, piece
from engine.flows.hls4ml.cost.site import Site
from engine.flows.hls4ml.hardware import Unit
from engine.precision import Overflow

TABLE_FUNCTIONS = ("sigmoid", "tanh", "softplus", "softsign", "selu", "elu", "swish")
_HARD = ("hard_sigmoid", "hard_tanh")


def activation(job: Job) -> Piece:
    """By the function of the layer."""
    layer = job.unit.node.layer
    function = getattr(layer.op, "function", "relu")
    if function in TABLE_FUNCTIONS and "table" in job.unit.types and not step_levels(layer):
        return _table(job, job.unit.types["table"].width)
    if job.unit.node.kind == "HardActivation" or function in _HARD:
        return _hard(job)
    return _comparison(job, moves_only=function == "linear")


def _comparison(job: Job, *, moves_only: bool) -> Piece:
    """ReLU and its kin: a comparison and a selection for each value, then what the cast takes.

    Exact on 60 layers of Vivado HLS without a cast; in a stream a loop and two more selections a channel, which
    Vitis HLS does without: within 6 % on 60 layers without a cast, 10 % on six with one.
    """
    bits, kept = job.source.width, min(job.source.width, job.result.width)
    # Vitis HLS takes less than half of what Vivado HLS takes to round and limit: 20 layers of each; not in a stream.
    cast = cast_luts(job.source, job.result) * (0.35 if job.site.vitis and not job.site.stream else 1.0)
    each = 0.0 if moves_only else comparison_luts(bits, job.site) + max(kept - 1, 1)
    why = f"{job.lanes:,} comparisons of {bits} bits" + (", rounded or limited." if cast else ".")
    terms = {"comparisons": job.lanes * each, "rounding and limits": job.lanes * cast}
    if job.site.stream:
        held = 0.0 if job.site.vitis else 13.0 if moves_only else 18.0
        terms |= {"stream control": 115.0, "words held": job.lanes * held}
        lut = job.site.lut(terms, 0.3, 0.35, why)
        each = 0.1 if moves_only else 0.9 if job.site.vitis else 1.4
        ff = job.site.ff({"words held": 20 + each * bits * job.lanes}, 0.5, 1.0, why)
        return piece(job, lut, ff, depth=2 if moves_only else 4, shallow=1)
    busy = job.site.series7 and job.site.clock_ns < 4 and cast > 0
    ff = job.site.ff({"held between cycles": 2.0 * bits * job.lanes if busy else 0.0}, 1.0, 0.2, why)
    return piece(job, job.site.lut(terms, 0.3, 0.35, why), ff, depth=1 if busy else 0, shallow=0, why=why)


def _table(job: Job, bits: int) -> Piece:
    """A table look-up for each value; one memory serves two values with Vivado HLS, one with Vitis HLS."""
    size = job.unit.choice.number(TABLE_SIZE, 1024)
    bram = _copies(job.lanes, job.site) * rom_bram18(bits, size)
    why = f"{job.lanes:,} look-ups in tables of {size:,} words."
    in_luts = 0 if rom_bram18(bits, size) else ceil(size / 64) * bits
    lut = job.site.lut({"table addresses": 147.0 * job.lanes, "tables in logic": in_luts * job.lanes}, 0.3, 0.5, why)
    ff = job.site.ff({"table addresses": (49.0 if job.site.stream else 10.0) * job.lanes}, 0.7, 3.0, why)
    blocks = Quantity(bram, bram / 2, 2 * bram, why)
    return piece(job, lut, ff, bram18=blocks, depth=4 if job.site.stream else 1, shallow=1, why=why)


def _copies(lanes: int, site: Site) -> int:
    return lanes if site.vitis else ceil(lanes / 2)


def _hard(job: Job) -> Piece:
    """A product with the slope, a sum and limits. QKeras's slope of one half is a shift; not measured."""
    shifted = job.unit.node.layer.quantizer("result") is not None
    single = 0 if shifted else dsps(job.source.width, 16, job.site)
    why = "Clipped line; not measured." if shifted else "Clipped line with a product by the slope; not measured."
    terms = {"comparisons": 4.0 * job.source.width * job.lanes}
    terms["rounding and limits"] = cast_luts(job.source, job.result) * job.lanes
    lut = job.site.lut(terms, 0.6, 1.0, why)
    ff = job.site.ff({"words held": float(job.lanes * job.source.width)}, 1.0, 2.0, why)
    return piece(job, lut, ff, dsp=Quantity(job.lanes * single, 0, job.lanes * single, why), depth=2, shallow=0)


def parametrised(job: Job) -> Piece:
    """LeakyReLU, ThresholdedReLU and PReLU; ELU is a table. 104 + 47 LUT and a DSP a channel at 16 bits."""
    function = getattr(job.unit.node.layer.op, "function", "leaky_relu")
    if function == "elu":
        return _table(job, job.unit.types["table"].width)
    bits, slope = job.source.width, job.unit.types["param"]
    multiplies = function != "thresholded_relu"
    single = dsps(bits, slope.width, job.site) if multiplies else 0
    why = f"{job.lanes:,} comparisons" + (f", each with a product by {slope.short}." if multiplies else ".")
    small = product_luts(bits, slope.width) / 2 if multiplies and not single else 0
    terms = {"comparisons": 2.9 * bits * job.lanes, "products in look-up tables": small * job.lanes}
    terms["stream control"] = 104.0 if job.site.stream else 0.0
    lut = job.site.lut(terms, 0.35, 0.6, why)
    ff = job.site.ff({"words held": 1.5 * bits * job.lanes}, 0.7, 1.0, why)
    dsp = Quantity(job.lanes * single, 0, job.lanes * single, why)
    return piece(job, lut, ff, dsp=dsp, depth=4 if job.site.stream else 1, shallow=0, why=why)


def softmax(job: Job) -> Piece:
    """Exponentials from a table, their sum, its inverse from a table, and a product for each class."""
    classes = job.unit.node.shape[-1]
    implementation = job.unit.choice.word(IMPLEMENTATION, "stable")
    copies = 1 if job.site.stream else max(job.values // classes, 1)
    if implementation == "argmax":
        return _argmax(job, classes, copies)
    at_once = ceil(classes / job.reuse_factor) if job.site.stream else classes
    tables = _softmax_tables(job, classes, at_once, implementation)
    why = f"{classes} classes: exponentials, one inverse, {at_once} products at once ({implementation})."
    widths = job.unit.types["exp_table"].width, job.unit.types["inv_table"].width
    single = dsps(*widths, job.site)
    depth = _softmax_depth(job, classes, in_dsp=single > 0)
    terms = {"softmax": float(copies * (12 + (144 if job.site.vitis else 130) * classes))}
    terms["products in look-up tables"] = 0.0 if single else product_luts(*widths) * copies * at_once
    lut = job.site.lut(terms, 0.4, 0.8, why)
    ff = job.site.ff({"softmax": 12.0 * copies * classes * max(depth, 1)}, 0.5, 0.8, why)
    most = copies * at_once * single
    dsp = Quantity(most, 0 if classes < 3 else most * 0.5, most, why)
    bram = Quantity(copies * tables, copies * tables * 0.5, copies * (tables + 2), why)
    step = max(classes // at_once, 1)
    # Streamed, exponentials and products are loops of as many steps: 5, 9 and 17 cycles in reports of 8 classes.
    cycles = {"depth": depth, "shallow": max(depth - 3, 1), "step": step, "alone": step + max(depth - 3, 1)}
    return piece(job, lut, ff, dsp=dsp, bram18=bram, why=why, **cycles)


def _softmax_tables(job: Job, classes: int, at_once: int, implementation: str) -> int:
    """RAMB18: one for two classes at once and one for the inverse with Vivado HLS, one a class with Vitis HLS."""
    size = softmax_table_size(job.unit)
    one = rom_bram18(job.unit.types["exp_table"].width, size)
    if implementation == "legacy":
        return one * classes * classes
    return one * (at_once if job.site.vitis else ceil(at_once / 2) + 1)


def softmax_table_size(unit: Unit) -> int:
    """hls4ml shortens tables that the widths of input and inverse cannot address (`fix_softmax_table_size`)."""
    addressed = 1 << min(unit.inputs[0].width, unit.types["inv_table"].width)
    return min(unit.choice.number(TABLE_SIZE, 1024), addressed)


def _softmax_depth(job: Job, classes: int, *, in_dsp: bool) -> int:
    """Cycles of the largest input (unless `latency`), the exponentials' sum, two tables that are read at a clock edge,
    and a product, which waits in its registers on 7 series devices if it is in a DSP slice; delays in ns.

    Exact on 9 reports for UltraScale+ and 19 for 7 series, within one cycle on 6. Sums that saturate are no tree.
    """
    site, levels = job.site, ceil(log2(max(classes, 2)))
    stable = job.unit.choice.word(IMPLEMENTATION, "stable") != "latency"
    budget = site.budget_ns / site.slowness
    if site.series7:
        logic = floor((9.2 + (10.4 if stable else 4.0) * levels) / budget)
        return logic + (ceil(8.5 / budget) if in_dsp else 0)
    saturates = job.unit.types["exp_table"].overflow is not Overflow.WRAP
    largest = floor((1.2 + 1.1 * levels) / budget) if stable else 0
    return largest + floor((1.5 if saturates else 0.8) * levels / budget) + 2


def _argmax(job: Job, classes: int, copies: int) -> Piece:
    why = f"The largest of {classes}, one comparison a cycle; not measured."
    lut = job.site.lut({"comparisons": float(copies * (2 * job.source.width + 8 * classes + 30))}, 0.5, 1.0, why)
    ff = job.site.ff({"words held": float(copies * (2 * job.source.width + classes))}, 0.5, 1.0, why)
    busy = Quantity(classes + 1, classes - 1, 2 * classes + 4, why).scaled(job.tokens if job.site.stream else 1)
    return Piece(Cost(lut, ff, exactly(0), ZERO, ZERO, busy, busy), busy.value)
