"""The scalar product of two vectors, with one multiplier."""

from math import prod

from engine.emulate.exact.merging import Dot
from engine.flows.rtl.block import Block, Times
from engine.flows.rtl.blocks.elementwise import finished, value_of
from engine.flows.rtl.blocks.meeting import meeting
from engine.flows.rtl.site import Site
from engine.flows.rtl.verilog.cast import cast_function
from engine.flows.rtl.verilog.counter import counter
from engine.flows.rtl.verilog.module import module
from engine.flows.rtl.verilog.number import Number, fitted
from engine.flows.rtl.verilog.pipeline import taken
from engine.flows.rtl.word import Stream

_DEPTH = 3
"""Registers: the product, the sum, the result."""


def dot(site: Site, operation: Dot) -> Block:
    """Products are added in the order and the type that hls4ml adds them in, so any accumulator will do."""
    count = prod(site.shape)
    reads = [Stream(count, 1, source.result) for source in site.sources]
    target = Stream(1, 1, site.result)
    about = [
        f"{site.module}: scalar product of {count} values, one a cycle, added up in {operation.accum}.",
        f"In: {reads[0].type} and {reads[1].type}. Out: {target.type}.",
    ]
    verilog = module(site.module, about, {"s0": reads[0], "s1": reads[1]}, target, _body(site, operation, count))
    return meeting(site, reads, target, verilog, _times, lambda arrivals: [taken(arrivals)] * 2, 1)


def _times(arrivals: list[Times]) -> Times:
    return taken(arrivals)[-1:] + _DEPTH


def _body(site: Site, operation: Dot, count: int) -> str:
    accum = operation.accum
    first, second = (Number.of(source.result) for source in site.sources)
    product, total = first * second, Number.of(accum)
    rounds = cast_function("to_accumulator", product, accum)
    keep = cast_function("keep", total + rounds.result, accum)
    finish = site.finish(total)
    return f"""\
reg valid;
assign m_valid = valid;
wire moves = ~m_valid | m_ready;  // all wait while the result waits
wire takes = s0_valid & s1_valid & moves;
assign s0_ready = moves & s1_valid;
assign s1_ready = moves & s0_valid;
{counter("place", count, "takes")}
{value_of("s0_data", site.sources[0].result, "0", "x0")}
{value_of("s1_data", site.sources[1].result, "0", "x1")}
reg signed [{product.bits - 1}:0] product;
reg multiplied, is_first, is_last, done;
always @(posedge clk)
  if (rst) begin
    multiplied <= 1'b0;
    done <= 1'b0;
    valid <= 1'b0;
  end else if (moves) begin
    multiplied <= takes;
    done <= multiplied & is_last;
    valid <= done;
  end
always @(posedge clk)
  if (moves) begin
    product <= x0 * x1;
    is_first <= place == 0;
    is_last <= place_is_last;
  end
{rounds.text}
{keep.text}
wire signed [{rounds.result.bits - 1}:0] term = to_accumulator(product);
reg signed [{total.bits - 1}:0] total;
wire signed [{keep.result.bits - 1}:0] next_total = keep((is_first ? {total.bits}'sd0 : total) + term);
always @(posedge clk) if (moves & multiplied) total <= {fitted("next_total", keep.result.bits, total.bits)};
{finish.text}
{finished(finish, "total", site.result)}
assign m_data = result;"""
