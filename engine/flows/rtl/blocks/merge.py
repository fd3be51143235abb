"""Two branches, value by value: sum, difference, product, mean, the larger and the smaller one."""

from math import prod
from textwrap import indent

from engine.emulate.exact.merging import Merge
from engine.flows.rtl.block import Block
from engine.flows.rtl.blocks.elementwise import finished, for_each_lane, lane_output, value_of
from engine.flows.rtl.blocks.meeting import together
from engine.flows.rtl.site import Site
from engine.flows.rtl.verilog.number import Number, fitted, raised
from engine.flows.rtl.verilog.pipeline import pipeline
from engine.flows.rtl.word import Stream

_DEPTH = 2
"""Registers: the exact value, the result."""


def merge(site: Site, operation: Merge) -> Block:
    """The module that a word of each branch enters at once."""
    values = prod(site.shape)
    if len(site.sources) != 2 or {prod(shape) for shape in site.stage.input_shapes} != {values}:
        raise site.refused("Its branches have different shapes.", "Merge two branches of the same shape.")
    reads = [Stream(values // site.lanes, site.lanes, source.result) for source in site.sources]
    target = Stream(values // site.lanes, site.lanes, site.result)
    numbers = [Number.of(stream.type) for stream in reads]
    exact, text = _exact(operation.function, *numbers)
    finish = site.finish(exact)
    lane = [
        *(value_of(f"s{port}_data", stream.type, "lane", f"x{port}") for port, stream in enumerate(reads)),
        *(_raised(port, number, max(each.fraction for each in numbers)) for port, number in enumerate(numbers)),
        f"reg signed [{exact.bits - 1}:0] exact;",
        f"always @(posedge clk) if (moves) exact <= {text};",
        finished(finish, "exact", site.result),
        lane_output(site.result),
    ]
    about = [
        f"{site.module}: {operation.function}, {target.lanes} a word.",
        f"In: {reads[0].type} and {reads[1].type}. Out: {target.type}.",
    ]
    body = f"{finish.text}\n\n{for_each_lane(site.lanes, indent(chr(10).join(lane), '  '))}"
    verilog = pipeline(site.module, about, {"s0": reads[0], "s1": reads[1]}, target, _DEPTH, body)
    return together(site, reads, target, verilog, _DEPTH, site.lanes if operation.function == "multiply" else 0)


def _exact(function: str, first: Number, second: Number) -> tuple[Number, str]:
    match function:
        case "add":
            return first + second, "raised0 + raised1"
        case "subtract":
            return first - second, "raised0 - raised1"
        case "average":
            total = first + second
            return Number(total.low, total.high, total.fraction + 1), "raised0 + raised1"
        case "multiply":
            return first * second, "x0 * x1"
    both = first | second
    sign = ">" if function == "maximum" else "<"
    parts = [
        fitted(f"raised{port}", number.bits + both.fraction - number.fraction, both.bits)
        for port, number in ((0, first), (1, second))
    ]
    return both, f"raised0 {sign} raised1 ? {parts[0]} : {parts[1]}"


def _raised(port: int, number: Number, fraction: int) -> str:
    bits = number.bits + fraction - number.fraction
    return f"wire signed [{bits - 1}:0] raised{port} = {raised(f'x{port}', number, fraction)};"
