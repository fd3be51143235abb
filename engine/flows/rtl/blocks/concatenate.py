"""Branches side by side: the words of one after those of the other, or all of a row in one word."""

from math import gcd, prod
from textwrap import indent

import numpy as np
from numpy.typing import NDArray

from engine.emulate.exact.merging import Concatenate
from engine.flows.rtl.block import Block, Times
from engine.flows.rtl.blocks.elementwise import value_of
from engine.flows.rtl.blocks.meeting import meeting, together
from engine.flows.rtl.site import Site
from engine.flows.rtl.verilog.counter import counter
from engine.flows.rtl.verilog.module import counter_bits, module
from engine.flows.rtl.verilog.number import Number, fitted
from engine.flows.rtl.verilog.pipeline import pipeline, taken
from engine.flows.rtl.word import Stream

Turns = NDArray[np.int64]
"""Ports, in the order in which their words are taken."""


def concatenate(site: Site, operation: Concatenate) -> Block:
    """One after the other where that keeps the design's pace, else side by side."""
    parts = [prod(shape[operation.axis :]) for shape in operation.shapes]
    rows = prod(operation.shapes[0][: operation.axis])
    lanes = [count for count in range(site.lanes, gcd(*parts) + 1) if gcd(*parts) % count == 0]
    return _in_turn(site, parts, rows, lanes[0]) if lanes else _in_one(site, parts, rows)


def _in_one(site: Site, parts: list[int], rows: int) -> Block:
    reads = [Stream(rows, part, source.result) for part, source in zip(parts, site.sources, strict=True)]
    target = Stream(rows, sum(parts), site.result)
    ports = [_lanes(site, port, stream) for port, stream in enumerate(reads)]
    width, words = site.result.width, ", ".join(f"part{port}" for port in reversed(range(len(reads))))
    body = "\n".join(
        [*ports, f"reg [{target.bits - 1}:0] word;", f"always @(posedge clk) if (moves) word <= {{{words}}};"]
    )
    about = [f"{site.module}: branches of {parts} values side by side in one word of {target.type}, {width} bits each."]
    inputs = {f"s{port}": stream for port, stream in enumerate(reads)}
    verilog = pipeline(site.module, about, inputs, target, 1, f"{body}\nassign m_data = word;")
    return together(site, reads, target, verilog, 1)


def _in_turn(site: Site, parts: list[int], rows: int, lanes: int) -> Block:
    reads = [
        Stream(rows * part // lanes, lanes, source.result) for part, source in zip(parts, site.sources, strict=True)
    ]
    target = Stream(rows * sum(parts) // lanes, lanes, site.result)
    words = [part // lanes for part in parts]
    turns = np.repeat(np.arange(len(parts)), words)
    about = [f"{site.module}: branches of {parts} values one after the other. Out: {target.type}, {lanes} a word."]
    inputs = {f"s{port}": stream for port, stream in enumerate(reads)}
    verilog = module(site.module, about, inputs, target, _turns(site, reads, words, target))

    def meets(arrivals: list[Times]) -> list[Times]:
        when, turn = _taken_in_turn(arrivals, turns)
        return [when[turn == port] for port in range(len(arrivals))]

    return meeting(site, reads, target, verilog, lambda arrivals: _taken_in_turn(arrivals, turns)[0] + 1, meets)


def _taken_in_turn(arrivals: list[Times], turns: Turns) -> tuple[Times, Turns]:
    """When words are taken and of which port, in order; `turns` are those of a row."""
    turn = np.tile(turns, sum(map(len, arrivals)) // len(turns))
    come = np.empty(len(turn), np.int64)
    for port, times in enumerate(arrivals):
        come[turn == port] = times
    return taken([come]), turn


def _turns(site: Site, reads: list[Stream], words: list[int], target: Stream) -> str:
    bits, ends = counter_bits(sum(words)), np.cumsum(words).tolist()
    lines = [
        "reg valid;",
        "assign m_valid = valid;",
        "wire moves = ~m_valid | m_ready;  // all wait while a result waits",
        "wire takes;",
        counter("place", sum(words), "takes"),
    ]
    for port, end in enumerate(ends):
        conditions = [f"place >= {bits}'d{ends[port - 1]}"] * (port > 0) + [f"place < {bits}'d{end}"] * (end < ends[-1])
        lines.append(f"wire turn{port} = {' && '.join(conditions)};")
        lines.append(f"assign s{port}_ready = moves & turn{port};")
        lines.append(_lanes(site, port, reads[port]))
    there = " | ".join(f"turn{port} & s{port}_valid" for port in range(len(reads)))
    chosen = f"part{len(reads) - 1}"
    for port in reversed(range(len(reads) - 1)):
        chosen = f"turn{port} ? part{port} : {chosen}"
    return "\n".join(
        [
            *lines,
            f"assign takes = moves & ({there});",
            f"reg [{target.bits - 1}:0] word;",
            f"always @(posedge clk) if (moves) word <= {chosen};",
            "always @(posedge clk)\n  if (rst) valid <= 1'b0;\n  else if (moves) valid <= takes;",
            "assign m_data = word;",
        ]
    )


def _lanes(site: Site, port: int, stream: Stream) -> str:
    """The values of an input as those of the result: the wires `part0`, `part1` ..."""
    finish = site.finish(Number.of(stream.type), f"_{port}")
    width = site.result.width
    lane = f"""\
{value_of(f"s{port}_data", stream.type, f"lane{port}", "x")}
wire signed [{finish.result.bits - 1}:0] finished = {finish.name}(x);
assign part{port}[lane{port}*{width} +: {width}] = {fitted("finished", finish.result.bits, width)};"""
    return f"""\
{finish.text}
wire [{stream.lanes * width - 1}:0] part{port};
genvar lane{port};
generate
for (lane{port} = 0; lane{port} < {stream.lanes}; lane{port} = lane{port} + 1) begin : lanes{port}
{indent(lane, "  ")}
end
endgenerate"""
