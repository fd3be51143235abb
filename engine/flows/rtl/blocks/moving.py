"""Layers that only move values: zeros around a picture, up-sampling, transposition."""

from collections.abc import Callable
from dataclasses import replace
from math import gcd, prod

import numpy as np
from numpy.typing import NDArray

from engine.emulate.exact.stage import Gather
from engine.flows.rtl.block import Block, Times
from engine.flows.rtl.blocks.lines import Lines
from engine.flows.rtl.blocks.nest import Nest
from engine.flows.rtl.blocks.places import reads_of, zeros_around
from engine.flows.rtl.blocks.sliding import Edges
from engine.flows.rtl.blocks.windowed import interval
from engine.flows.rtl.pace import lanes
from engine.flows.rtl.site import Site
from engine.flows.rtl.verilog.cast import Function
from engine.flows.rtl.verilog.counter import counter_register
from engine.flows.rtl.verilog.module import counter_bits, module
from engine.flows.rtl.verilog.number import Number, fitted
from engine.flows.rtl.word import Stream

Flags = NDArray[np.bool_]


def moved(site: Site, operation: Gather) -> Block:
    """The module that brings values to other places."""
    edges = zeros_around(site.stage)
    if edges is not None:
        return _padding(site, edges)
    nest = reads_of(operation, site.shape, site.stage.shape)
    if nest is None:
        raise site.refused("The open flow cannot move values in this order yet.", "Use hls4ml for this network.")
    return _reading(site, nest)


def _reading(site: Site, nest: Nest) -> Block:
    """A memory, written as words come and read in another order."""
    together = _together(nest)
    at_once = lanes(together, max(site.cycles // (prod(site.stage.shape) // together), 1))
    words = _in_words(nest, at_once)
    lines = Lines(words, Stream(words.words, at_once, site.source))
    target = Stream(len(words.addresses.ravel()), at_once, site.result)
    finish = site.finish(Number.of(site.source))
    body = f"""\
reg read_valid, valid;
assign m_valid = valid;
wire moves = ~valid | m_ready;  // all wait while a word waits
wire there;
wire takes = moves & there;
always @(posedge clk)
  if (rst) begin
    read_valid <= 1'b0;
    valid <= 1'b0;
  end else if (moves) begin
    read_valid <= takes;
    valid <= read_valid;
  end

{lines.verilog()}

{_lanes(site, finish, at_once, "word")}"""
    about = f"{site.module}: values in another order, out of a memory of {lines.depth} words."

    def times(arrivals: Times) -> Times:
        return lines.ends(arrivals) + 2

    return _block(site, about, lines.source, target, body, times, lines.takes, lines.needs)


def _together(nest: Nest) -> int:
    """How many values stay side by side."""
    inner = nest.loops[-1] if nest.loops else None
    if inner is None or inner.address != 1:
        return 1
    return gcd(inner.count, nest.place, nest.places, *(loop.address for loop in nest.loops[:-1]))


def _in_words(nest: Nest, at_once: int) -> Nest:
    """The same in words of some values."""
    outer = [replace(loop, address=loop.address // at_once, place=loop.place // at_once) for loop in nest.loops[:-1]]
    inner = [replace(loop, count=loop.count // at_once) for loop in nest.loops[-1:]]
    return replace(nest, loops=(*outer, *inner), places=nest.places // at_once, place=nest.place // at_once)


def _padding(site: Site, edges: Edges) -> Block:
    """Zeros around a picture, put in as its words go by."""
    *_, channels = site.shape
    *_, lines, columns, _ = (1, *site.stage.shape)
    at_once = lanes(channels, max(site.cycles // (lines * columns), 1))
    words = channels // at_once
    source = Stream(prod(site.shape) // at_once, at_once, site.source)
    target = Stream(lines * columns * words, at_once, site.result)
    real = np.repeat(np.outer(_real(lines, edges[0]), _real(columns, edges[1])).ravel(), words)
    body = f"""\
{counter_register("channel", words)}
{counter_register("line", lines)}
{counter_register("column", columns)}
wire is_real = {_condition("line", lines, edges[0])} & {_condition("column", columns, edges[1])};
reg valid;
reg begun;  // the first word of the picture is taken; zeros in front of it wait until it is there
assign m_valid = valid;
wire moves = ~valid | m_ready;  // all wait while a word waits
wire takes = moves & (s_valid | (begun & ~is_real));
assign s_ready = moves & is_real;
always @(posedge clk)
  if (rst) begin
    channel <= 0;
    line <= 0;
    column <= 0;
    valid <= 1'b0;
    begun <= 1'b0;
  end else if (moves) begin
    valid <= takes;
    if (takes) begun <= (begun | is_real) & ~(channel_is_last & column_is_last & line_is_last);
    if (takes) channel <= channel_is_last ? {counter_bits(words)}'d0 : channel + 1'b1;
    if (takes & channel_is_last) column <= column_is_last ? {counter_bits(columns)}'d0 : column + 1'b1;
    if (takes & channel_is_last & column_is_last) line <= line_is_last ? {counter_bits(lines)}'d0 : line + 1'b1;
  end
wire [{source.bits - 1}:0] word = is_real ? s_data : {source.bits}'d0;

{_lanes(site, site.finish(Number.of(site.source)), at_once, "word")}"""
    (top, bottom), (left, right) = edges
    about = f"{site.module}: zeros around a picture, {top} above, {bottom} below, {left} left, {right} right of it."

    def takes(arrivals: Times) -> Times:
        return _passed(arrivals, real).reshape(-1, len(real))[:, real].ravel()

    return _block(site, about, source, target, body, lambda arrivals: _passed(arrivals, real) + 1, takes, takes)


def _real(extent: int, edge: tuple[int, int]) -> Flags:
    places = np.arange(extent)
    return (places >= edge[0]) & (places < extent - edge[1])


def _condition(name: str, extent: int, edge: tuple[int, int]) -> str:
    bits = counter_bits(extent)
    bounds = [f"({name} >= {bits}'d{edge[0]})"] if edge[0] else []
    bounds += [f"({name} < {bits}'d{extent - edge[1]})"] if edge[1] else []
    return " & ".join(bounds) or "1'b1"


def _passed(arrivals: Times, real: Flags) -> Times:
    """When words go by: zeros as soon as the picture begins, the others when they are there."""
    frames = arrivals.reshape(-1, int(real.sum()))
    ready = np.repeat(frames[:, :1], len(real), axis=1)
    ready[:, real] = frames
    turns = np.arange(ready.size)
    return np.asarray(np.maximum.accumulate(ready.ravel() - turns) + turns)


def _lanes(site: Site, finish: Function, count: int, word: str) -> str:
    """The register of the word that leaves."""
    source, width = site.source, site.result.width
    part = f"{word}[lane*{source.width} +: {source.width}]"
    return f"""\
{finish.text}

genvar lane;
generate
for (lane = 0; lane < {count}; lane = lane + 1) begin : lanes
  wire signed [{Number.of(source).bits - 1}:0] value = {part if source.signed else f"{{1'b0, {part}}}"};
  wire signed [{finish.result.bits - 1}:0] finished = {finish.name}(value);
  reg [{width - 1}:0] result;
  always @(posedge clk) if (moves) result <= {fitted("finished", finish.result.bits, width)};
  assign m_data[lane*{width} +: {width}] = result;
end
endgenerate"""


def _block(
    site: Site,
    about: str,
    source: Stream,
    target: Stream,
    body: str,
    times: Callable[[Times], Times],
    takes: Callable[[Times], Times],
    needs: Callable[[Times], Times],
) -> Block:
    ports = f"In: {source.type}, out: {target.type}, {source.lanes} a word."
    return Block(
        site.unit.name,
        site.module,
        site.unit.layers,
        site.unit.sources,
        (source,),
        target,
        module(site.module, [about, ports], {"s": source}, target, body),
        (),
        lambda arrivals: times(arrivals[0]),
        interval(times, source.words),
        meets=lambda arrivals: [takes(arrivals[0])],
        needs=lambda arrivals: [needs(arrivals[0])],
    )
