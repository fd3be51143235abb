"""Functions of one value each, in modules of their own: a word goes in and comes out some cycles later."""

from dataclasses import dataclass
from math import prod
from textwrap import indent

from engine.emulate.exact.stage import Operation
from engine.flows.rtl.block import Block
from engine.flows.rtl.site import Site
from engine.flows.rtl.verilog.cast import Function
from engine.flows.rtl.verilog.number import Number, fitted
from engine.flows.rtl.verilog.pipeline import pipeline, walked
from engine.flows.rtl.word import Stream
from engine.precision import FixedType

BITS = Number(-1, 1, 0)
"""Single bits that stand for −1 and 1."""


@dataclass(frozen=True, slots=True)
class Body:
    """What such a module does: text in front of the lanes, text of each lane, which makes `result` of `value`, and the
    registers on the way."""

    shared: str
    lane: str
    depth: int
    multipliers: int = 0


def small_function(site: Site, operation: Operation) -> Block:
    """The module of functions that cost next to nothing."""
    finish = site.finish(Number.of(site.source))
    return element_block(site, type(operation).__name__, Body(finish.text, finished(finish, "value", site.result), 1))


def element_block(site: Site, what: str, body: Body) -> Block:
    """A module that does the same to all values."""
    values = prod(site.shape)
    source = Stream(values // site.lanes, site.lanes, site.source)
    target = Stream(source.words, site.lanes, site.result)
    about = [f"{site.module}: {what}. In: {source.type}, out: {target.type}, {source.lanes} a word."]
    lane = indent(f"{lane_value('s_data', site, 'lane')}\n{body.lane}\n{lane_output(site.result)}", "  ")
    text = f"{body.shared}\n\n{for_each_lane(site.lanes, lane)}"
    return Block(
        site.unit.name,
        site.module,
        site.unit.layers,
        site.unit.sources,
        (source,),
        target,
        pipeline(site.module, about, {"s": source}, target, body.depth, text),
        (),
        walked(body.depth),
        source.words,
        body.multipliers,
    )


def source_number(site: Site) -> Number:
    """The numbers that the first input brings, as they are multiplied."""
    return BITS if getattr(site.stage.operation, "reads_bits", False) else Number.of(site.source)


def lane_value(word: str, site: Site, index: str) -> str:
    """The variable `value`: one of a word."""
    if source_number(site) is BITS:
        return f"wire signed [1:0] value = {word}[{index}] ? 2'sd1 : -2'sd1;"
    return value_of(word, site.source, index, "value")


def value_of(word: str, type_: FixedType, index: str, name: str) -> str:
    """A variable: a word's value at a place that a genvar or a constant gives."""
    width = type_.width
    part = f"{word}[{index}*{width} +: {width}]"
    return (
        f"wire signed [{Number.of(type_).bits - 1}:0] {name} = {part if type_.signed else f'{{1{chr(39)}b0, {part}}}'};"
    )


def finished(finish: Function, name: str, type_: FixedType) -> str:
    """The register `result`, that a variable becomes."""
    return f"""\
wire signed [{finish.result.bits - 1}:0] finished = {finish.name}({name});
reg [{type_.width - 1}:0] result;
always @(posedge clk) if (moves) result <= {fitted("finished", finish.result.bits, type_.width)};"""


def lane_output(type_: FixedType) -> str:
    """`result` in the word that leaves."""
    return f"assign m_data[lane*{type_.width} +: {type_.width}] = result;"


def for_each_lane(lanes: int, text: str) -> str:
    """The same for all values of a word."""
    return f"""\
genvar lane;
generate
for (lane = 0; lane < {lanes}; lane = lane + 1) begin : lanes
{text}
end
endgenerate"""
