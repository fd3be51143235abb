"""Where branches meet: element-wise operations, dot products and concatenation. No verified reports exist."""

from math import prod

from engine.estimate import Quantity
from engine.flows.hls4ml.cost.arithmetic import cast_luts, dsps, product_luts
from engine.flows.hls4ml.cost.piece import Job, Piece, piece
from engine.flows.hls4ml.cost.schedule import schedule

_CONTROL = 60.0
"""Look-up tables and flip-flops of a stream's loop around the operation."""


def merge(job: Job) -> Piece:
    """One adder, comparison or product for each value, for every input beyond the first."""
    first, second = job.unit.inputs[0].width, job.unit.inputs[-1].width
    operation = getattr(job.unit.node.layer.op, "operation", "add")
    extra = len(job.unit.inputs) - 1
    single = dsps(first, second, job.site) if operation == "multiply" else 0
    each = {"multiply": 0 if single else product_luts(first, second), "maximum": 2.0 * first, "minimum": 2.0 * first}
    adder = 1.1 * max(first, second) + 2
    why = f"{job.lanes:,} × {operation}; not measured."
    count = extra * job.lanes
    terms = {"stream control": _control(job), "element-wise operations": count * each.get(operation, adder)}
    terms["rounding and limits"] = count * cast_luts(job.unit.inputs[0], job.result)
    lut = job.site.lut(terms, 0.5, 0.8, why)
    ff = job.site.ff({"words held": _control(job) + job.lanes * job.result.width}, 0.8, 1.0, why)
    dsp = Quantity(extra * job.lanes * single, 0, extra * job.lanes * single, why)
    return piece(job, lut, ff, dsp=dsp, depth=3 if job.site.stream else 0, shallow=0, why=why)


def dot(job: Job) -> Piece:
    """As many products as a vector has values, and a tree of adders."""
    length = prod(job.unit.node.input_shapes[0])
    first, second = job.unit.inputs[0].width, job.unit.inputs[1].width
    single = dsps(first, second, job.site)
    why = f"{length:,} products and their sum; not measured."
    accum = job.unit.types["accum"].width
    planned = schedule(length if single else 0, 0 if single else length, length, first, accum, job.site)
    small = 0.0 if single else product_luts(first, second) * length
    depth = 1 + planned.cycles
    lut = job.site.lut({"adder trees": 1.1 * accum * length, "products in look-up tables": small}, 0.5, 0.8, why)
    ff = job.site.ff({"held between cycles": planned.held_bits + accum}, 0.7, 1.0, why)
    dsp = Quantity(length * single, length * single / 2, length * single, why)
    return piece(job, lut, ff, dsp=dsp, depth=depth, shallow=0, why=why)


def concatenate(job: Job) -> Piece:
    """Wires; in a stream a loop that passes words on: with Vitis HLS 47 look-up tables and 3 flip-flops, 13 layers of
    vectors, however long they are."""
    why = "Wires." if not job.site.stream else "Words passed on."
    moved = 0.0 if job.site.vitis else 0.5 * job.lanes * job.result.width
    terms = {"words moved": moved, "stream control": _control(job)} if job.site.stream else {}
    return piece(
        job,
        job.site.lut(terms, 0.6, 1.0, why),
        job.site.ff({} if job.site.vitis else terms, 0.6, 1.0, why),
        depth=3 if job.site.stream else 0,
        shallow=0,
        why=why,
    )


def _control(job: Job) -> float:
    return _CONTROL if job.site.stream else 0.0
